"""People who are given an account: they choose their own password through a link sent to them."""

from allauth.account.adapter import get_adapter
from allauth.account.app_settings import PASSWORD_RESET_TOKEN_GENERATOR
from allauth.account.models import EmailAddress
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.utils import translation

from accounts.models import User

SECONDS_A_DAY = 86_400


@transaction.atomic
def invite(*, request: HttpRequest, user: User) -> None:
    """Let the person sign in with the address and send the link by which the password is set."""
    set_address(user)
    token = PASSWORD_RESET_TOKEN_GENERATOR().make_token(user)
    adapter = get_adapter(request)
    context = {
        "user": user,
        "password_reset_url": adapter.get_reset_password_from_key_url(f"{user_pk_to_url_str(user)}-{token}"),
        "days": settings.PASSWORD_RESET_TIMEOUT // SECONDS_A_DAY,
        "SITE_NAME": settings.SITE_NAME,
        "SITE_URL": settings.SITE_URL,
    }
    with translation.override(user.language):
        adapter.send_mail("account/email/invitation", user.email, context)


@transaction.atomic
def set_address(user: User) -> None:
    """Make the user's e-mail the one address that signs in. An administrator's word replaces the verification."""
    EmailAddress.objects.filter(user=user).exclude(email__iexact=user.email).delete()
    EmailAddress.objects.update_or_create(
        user=user, email=user.email.lower(), defaults={"verified": True, "primary": True}
    )
