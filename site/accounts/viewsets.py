"""Users in the admin: made by e-mail address, without anyone knowing another's password."""

from typing import TYPE_CHECKING, Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.users import forms as wagtail_forms
from wagtail.users.views import users as wagtail_views

from accounts.invitations import invite, set_address
from accounts.models import User

if TYPE_CHECKING:
    UserModelForm = forms.ModelForm[User]
else:
    UserModelForm = forms.ModelForm

FIELDS = {"email", "first_name", "last_name", "organisation", "actor_group", "language", "groups"}


class AddressMixin(UserModelForm):
    """One account an address, whatever its case. Roles are groups; superusers are made on the command line."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("is_superuser", None)
        # What is not chosen is the language of the site.
        self.fields["language"].required = False

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"].strip().lower()
        others = User.objects.exclude(pk=self.instance.pk).filter(email__iexact=email)
        addresses = EmailAddress.objects.exclude(user=self.instance.pk).filter(email__iexact=email)
        if others.exists() or addresses.exists():
            raise ValidationError(_("Another account has this e-mail address."))
        return email


class UserCreationForm(AddressMixin, wagtail_forms.UserCreationForm):
    class Meta(wagtail_forms.UserCreationForm.Meta):
        fields = FIELDS

    def save(self, commit: bool = True) -> User:
        self.instance.set_unusable_password()
        user: User = super().save(commit=commit)
        return user


class UserEditForm(AddressMixin, wagtail_forms.UserEditForm):
    class Meta(wagtail_forms.UserEditForm.Meta):
        fields = FIELDS | {"is_active"}

    def __init__(self, *args: Any, editing_self: bool = False, **kwargs: Any) -> None:
        # Wagtail's form takes out the field for superusers itself, and fails where it is missing.
        super().__init__(*args, editing_self=False, **kwargs)
        if editing_self:
            del self.fields["is_active"]

    def save(self, commit: bool = True) -> User:
        user: User = super().save(commit=commit)
        if commit and "email" in self.changed_data:
            set_address(user)
        return user


class IndexView(wagtail_views.IndexView):
    @cached_property
    def columns(self) -> list[Column]:
        kept = [column for column in super().columns if column.name not in {User.USERNAME_FIELD, "is_superuser"}]
        ours = [
            Column("email", label=_("E-mail address"), sort_key="email"),
            Column("roles", label=_("Roles"), accessor=_roles),
            BooleanColumn("second_factor", label=_("Two-step sign-in")),
        ]
        boxes, name, *rest = kept
        name.width = "30%"
        return [boxes, name, *ours, *rest]

    def get_base_queryset(self) -> "QuerySet[User]":
        factors = Authenticator.objects.filter(user=OuterRef("pk")).exclude(type=Authenticator.Type.RECOVERY_CODES)
        users: QuerySet[User] = super().get_base_queryset()
        return users.prefetch_related("groups").annotate(second_factor=Exists(factors))


def _roles(user: User) -> str:
    return ", ".join(group.name for group in user.groups.all())


class CreateView(wagtail_views.CreateView):
    success_message = _("User '%(object)s' created. A link for choosing a password was sent by e-mail.")

    def save_instance(self) -> User:
        user: User = super().save_instance()
        invite(request=self.request, user=user)
        return user


class LeavesSuperusers:
    """Only a superuser touches a superuser's account: a changed address would be a way into it."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)  # type: ignore[misc]
        target: User = self.get_object()  # type: ignore[attr-defined]
        if request.user.is_authenticated and target.is_superuser and not request.user.is_superuser:
            raise PermissionDenied


class EditView(LeavesSuperusers, wagtail_views.EditView):
    pass


class UserFilterSet(wagtail_views.UserFilterSet):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.filters["is_superuser"]

    class Meta(wagtail_views.UserFilterSet.Meta):
        pass


class UserViewSet(wagtail_views.UserViewSet):
    index_view_class = IndexView
    add_view_class = CreateView
    edit_view_class = EditView
    filterset_class = UserFilterSet
    copy_view_enabled = False

    def get_form_class(self, for_update: bool = False) -> type[UserModelForm]:
        return UserEditForm if for_update else UserCreationForm
