"""Who is asking."""

import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

# Addresses of the demonstration accounts; none of them can sign in where DEMO is off.
DEMO_DOMAIN = "demo.example"


class UserManager(BaseUserManager["User"]):
    """Makes users by e-mail address, since there is no username."""

    use_in_migrations = True

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=self.normalize_email(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, **{**fields, "is_staff": True, "is_superuser": True})

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


class User(AbstractUser):
    """A person, known by an e-mail address. Addresses of personal pages use the random public id."""

    username = None  # type: ignore[assignment]  # the e-mail address is the name
    email = models.EmailField(_("e-mail address"), unique=True)
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(
        "organisations.Organisation",
        verbose_name=_("organisation"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="people",
    )
    actor_group = models.ForeignKey(
        "vocabulary.ActorGroup",
        verbose_name=_("role in the field"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )

    # The language of letters to the person: that of the page on which the account was made, until they choose another.
    language = models.CharField(
        _("language of letters"), max_length=2, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE
    )

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects: ClassVar[UserManager] = UserManager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        constraints = [models.UniqueConstraint(Lower("email"), name="one_account_per_email")]

    def __str__(self) -> str:
        return self.get_full_name() or self.email

    @property
    def is_demo(self) -> bool:
        return self.email.lower().endswith(f"@{DEMO_DOMAIN}")

    def has_required_second_factor(self) -> bool:
        """Whether the person has the second factor, or none is required of staff here."""
        # allauth's models need this one, so they cannot be imported before it.
        from allauth.mfa.utils import is_mfa_enabled

        return not settings.REQUIRE_STAFF_MFA or bool(is_mfa_enabled(self))
