"""What the sign-up form asks besides an address and a password."""

from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from common import languages
from common.lines import LineField


class SignupForm(forms.Form):
    """Little is collected: a name for others to see, and nothing that is not needed."""

    first_name = LineField(
        label=_("First name"), max_length=150, widget=forms.TextInput(attrs={"autocomplete": "given-name"})
    )
    last_name = LineField(
        label=_("Last name"), max_length=150, widget=forms.TextInput(attrs={"autocomplete": "family-name"})
    )

    field_order = ["email", "first_name", "last_name", "password1", "password2"]

    def signup(self, request: HttpRequest, user: User) -> None:
        """Called by allauth with the account it has just made; names were saved by its adapter."""
        # Letters come in the language of the page on which the account was made.
        user.language = languages.current()
        user.save(update_fields=["language"])


class NameForm(forms.ModelForm[User]):
    """The name by which others know the person. Both parts are asked, as when the account was made."""

    class Meta:
        model = User
        fields = ["first_name", "last_name"]
        field_classes = {"first_name": LineField, "last_name": LineField}
        labels = {"first_name": _("First name"), "last_name": _("Last name")}
        widgets = {
            "first_name": forms.TextInput(attrs={"autocomplete": "given-name"}),
            "last_name": forms.TextInput(attrs={"autocomplete": "family-name"}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.required = True
