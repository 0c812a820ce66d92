"""The editor's form of a question."""

from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

Row = dict[str, Any]


class QuestionForm(WagtailAdminModelForm):
    """Refuses questions that nobody could answer right."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        options = self.formsets.get("options")
        if options is not None and options.is_valid() and "kind" in cleaned:
            refuse_unanswerable(cleaned["kind"], options.cleaned_data)
        return cleaned


def refuse_unanswerable(kind: str, rows: Iterable[Row]) -> None:
    """Raise ValidationError with the sentence to show when the options do not make a question of the kind."""
    options = [row for row in rows if row.get("text") and not row.get("DELETE")]
    right = [row for row in options if row.get("correct")]
    if kind in {"single", "truefalse"} and len(right) != 1:
        raise ValidationError(_("Mark exactly one option as right."))
    if kind == "truefalse" and len(options) != 2:
        raise ValidationError(_("A true or false question has two options."))
    if kind in {"multiple", "fill", "number"} and not right:
        raise ValidationError(_("Mark at least one option as right."))
    if kind in {"single", "multiple", "match", "order"} and len(options) < 2:
        raise ValidationError(_("Give at least two options."))
    if kind == "match" and not all(row.get("match") for row in options):
        raise ValidationError(_("Give every option its pair."))
    if kind == "number" and not all(is_number(row["text"]) for row in options):
        raise ValidationError(_("Every option must be a number, for example 2.5."))


def is_number(text: str) -> bool:
    try:
        return Decimal(text.strip().replace(",", ".")).is_finite()
    except InvalidOperation:
        return False
