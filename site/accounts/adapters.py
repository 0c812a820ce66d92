"""What allauth asks of us: who may sign in, and how second-factor secrets are kept."""

import base64
import hashlib
from typing import Any
from urllib.parse import urlencode

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.utils import get_next_redirect_url
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import DEMO_DOMAIN, User

WANTED = "accounts.wanted"


class AccountAdapter(DefaultAccountAdapter):
    """Demonstration addresses never sign in or sign up where DEMO is off.

    Who makes an account to do something, comes to it after confirming the address in the same browser.
    """

    def save_user(self, request: HttpRequest, user: User, form: Any, commit: bool = True) -> User:
        wanted = get_next_redirect_url(request)
        if wanted:
            request.session[WANTED] = wanted
        saved: User = super().save_user(request, user, form, commit)
        return saved

    def get_email_verification_redirect_url(self, email_address: Any) -> str:
        wanted = self.request.session.pop(WANTED, "")
        if wanted and not self.request.user.is_authenticated:
            return f"{reverse('account_login')}?{urlencode({'next': wanted})}"
        url: str = super().get_email_verification_redirect_url(email_address)
        return url

    def clean_email(self, email: str) -> str:
        cleaned: str = super().clean_email(email)
        if not settings.DEMO and cleaned.lower().endswith(f"@{DEMO_DOMAIN}"):
            raise ValidationError(_("This address cannot be used here."))
        return cleaned

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        super().pre_authenticate(request, **credentials)
        email = str(credentials.get("email") or "").lower()
        if not settings.DEMO and email.endswith(f"@{DEMO_DOMAIN}"):
            raise ValidationError(self.error_messages["email_password_mismatch"])

    def pre_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse | None:
        # A passkey or a link signs in without the address being typed. Not saved: the account may be wanted again.
        if user.is_demo and not settings.DEMO:
            user.is_active = False
        refusal: HttpResponse | None = super().pre_login(request, user, **kwargs)
        return refusal


def _cipher() -> Fernet:
    key = hashlib.blake2b(settings.SECRET_KEY.encode(), digest_size=32, person=b"mfa-secrets").digest()
    return Fernet(base64.urlsafe_b64encode(key))


class MFAAdapter(DefaultMFAAdapter):
    """Second-factor secrets are encrypted at rest with a key derived from SECRET_KEY."""

    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _cipher().decrypt(encrypted_text.encode()).decode()
