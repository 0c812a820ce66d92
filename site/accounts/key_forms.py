"""The forms for passkeys and security keys, with a label that can be translated."""

from typing import Any

from allauth.mfa.webauthn import forms
from django.utils.translation import gettext_lazy as _


class _Named:
    """allauth leaves the name without a label of its own."""

    fields: dict[str, Any]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Name of the key")


class AddKeyForm(_Named, forms.AddWebAuthnForm):
    pass


class EditKeyForm(_Named, forms.EditWebAuthnForm):
    pass
