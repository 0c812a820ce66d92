"""Naming a person in a form of the desk or the administration."""

from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from common.lines import one_line

LONGEST_NAME = 300


class PersonField(forms.CharField):
    """A person by e-mail address or full name. Nobody has to be shown a list of everybody to name one."""

    widget = forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"})
    default_error_messages = {
        "unknown": _("Nobody here has this e-mail address or name: %(typed)s. People make their own accounts."),
        "several": _("Several people are called %(typed)s: give the e-mail address."),
        "too_long": _("This is longer than any name: %(length)d characters, at most %(most)d are taken."),
    }

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, int):
            return getattr(get_user_model().objects.filter(pk=value).first(), "email", "")
        return getattr(value, "email", value)

    def to_python(self, value: Any) -> Any:
        typed = one_line(str(super().to_python(value)))
        if typed in self.empty_values:
            return None
        if len(typed) > LONGEST_NAME:
            told = {"length": len(typed), "most": LONGEST_NAME}
            raise ValidationError(self.error_messages["too_long"], "too_long", told)
        return self._by_email(typed) if "@" in typed else self._by_name(typed)

    def _by_email(self, typed: str) -> Any:
        person = get_user_model().objects.filter(email__iexact=typed, is_active=True).first()
        if person is None:
            raise ValidationError(self.error_messages["unknown"], "unknown", {"typed": typed})
        return person

    def _by_name(self, typed: str) -> Any:
        first, _space, last = typed.rpartition(" ")
        called = get_user_model().objects.filter(first_name__iexact=first, last_name__iexact=last, is_active=True)
        found = list(called[:2]) if first else []
        if len(found) != 1:
            code = "several" if found else "unknown"
            raise ValidationError(self.error_messages[code], code, {"typed": typed})
        return found[0]

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(str(self.prepare_value(initial) or "").casefold() != str(data or "").strip().casefold())
