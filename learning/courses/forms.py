"""The editor's form of a question."""

import json
from collections.abc import Iterable
from typing import Any

from django import forms
from wagtail.admin.forms import WagtailAdminModelForm

from learning.courses import kinds
from learning.courses.kinds.base import Row


class KindSelect(forms.Select):
    """The choice of a kind, which tells the page the fields that each kind asks for."""

    class Media:
        js = [forms.Script("js/question-form.js", type="module")]

    def __init__(self, attrs: dict[str, Any] | None = None, **kwargs: Any) -> None:
        uses = json.dumps({kind.code: sorted(kind.uses) for kind in kinds.KINDS})
        super().__init__({"data-question-kinds": uses} | (attrs or {}), **kwargs)


class QuestionForm(WagtailAdminModelForm):
    """Refuses questions that nobody could answer right."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        rows = {name: formset.cleaned_data for name, formset in self.formsets.items() if formset.is_valid()}
        if "options" in rows and "steps" in rows and "kind" in cleaned:
            refuse_unanswerable(cleaned["kind"], rows["options"], cleaned | {"steps": rows["steps"]})
        return cleaned


def refuse_unanswerable(kind: str, rows: Iterable[Row], question: Row) -> None:
    """Raise ValidationError with the sentence to show when the options do not make a question of the kind."""
    options = [row for row in rows if row.get("text") and not row.get("DELETE")]
    steps = [row for row in question.get("steps", ()) if row.get("name") and not row.get("DELETE")]
    kinds.kind_of(kind).refuse(options, question | {"steps": steps})
