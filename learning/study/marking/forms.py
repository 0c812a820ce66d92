"""The forms of the marking page."""

import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from common.dates import HELSINKI
from common.personal_data.forms import AsksAboutPersonalData
from learning.courses.models import Assignment
from learning.study.criteria import CriteriaFields, Kept, snapshot
from learning.study.marking.again import days_possible, end_of, usual_day
from learning.study.models import Mark, ReusableComment

GRADES = [(str(grade), str(grade)) for grade in range(1, 6)]


def day_input() -> forms.DateInput:
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "input--day"})


class MarkForm(CriteriaFields, forms.Form):
    """What a teacher gives. Changing what was given asks why as well."""

    free_texts = ("words", "note")

    outcome = forms.ChoiceField(
        label=pgettext_lazy("assessment", "Outcome"),
        choices=Mark.Outcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose accepted, to be completed or rejected.")},
    )
    grade = forms.TypedChoiceField(
        label=_("Grade"), choices=GRADES, coerce=int, empty_value=None, required=False, widget=forms.RadioSelect
    )
    again_until = forms.DateField(label=_("To be completed by"), required=False, widget=day_input())
    words = forms.CharField(
        label=_("Feedback to the learner"),
        max_length=10_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 7}),
    )
    note = forms.CharField(
        label=_("Note to the other teachers"),
        max_length=2_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("The learner does not see it."),
    )
    reason = forms.CharField(
        label=_("Why it is changed"),
        max_length=500,
        help_text=_("Kept on record with your name for the teachers of the run."),
    )

    def __init__(self, *args: Any, assignment: Assignment, begins: Mark | None, may_ask_again: bool, **kwargs: Any):
        """`begins`: what was given, where that is changed."""
        super().__init__(
            *args,
            criteria=begun_with(assignment, begins),
            is_graded=assignment.is_graded,
            asks_for_all=False,
            auto_id="id_%s",
            **kwargs,
        )
        fields: dict[str, Any] = self.fields
        first, last = days_possible()
        until = (begins and begins.again_until) or usual_day(assignment)
        usual = min(max(until.astimezone(HELSINKI).date(), first), last)
        fields["again_until"].initial = usual
        fields["again_until"].widget.attrs |= {"min": first.isoformat(), "max": last.isoformat()}
        if not assignment.is_graded:
            del fields["grade"]
        if not may_ask_again:
            fields["outcome"].choices = [each for each in Mark.Outcome.choices if each[0] != Mark.Outcome.AGAIN]
        if begins is None:
            del fields["reason"]
            return
        for name in ("outcome", "grade", "words", "note"):
            if name in fields:
                fields[name].initial = getattr(begins, name)

    def given(self) -> dict[str, Any]:
        """What the services take."""
        data = self.cleaned_data
        day: datetime.date | None = data.get("again_until")
        return {
            "outcome": data["outcome"],
            "grade": data.get("grade"),
            "criteria": self.chosen(),
            "words": data["words"],
            "note": data["note"],
            "again_until": end_of(day) if day else None,
        }


def begun_with(assignment: Assignment, mark: Mark | None) -> Kept:
    """The criteria as they are now, with what the assessment said of them."""
    said = {row["id"]: row for row in mark.criteria} if mark else {}
    kept = ("value", "words")
    return [row | {name: said.get(row["id"], row)[name] for name in kept} for row in snapshot(assignment)]


class CommentForm(AsksAboutPersonalData, forms.Form):
    """A comment on words of the work."""

    free_texts = ("comment_text",)

    comment_text = forms.CharField(label=_("Comment"), max_length=4_000, required=False)


class ReusableForm(AsksAboutPersonalData, forms.ModelForm):  # type: ignore[type-arg]
    free_texts = ("text",)

    class Meta:
        model = ReusableComment
        fields = ("title", "text", "is_shared")
        widgets = {"text": forms.Textarea(attrs={"rows": 4})}
        help_texts = {"title": _("Short: it is what you choose by.")}
