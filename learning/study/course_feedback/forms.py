"""The form of the feedback, and that of telling what it changed."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from common.personal_data.forms import AsksAboutPersonalData
from learning.study.course_feedback.questions import (
    CANNOT_SAY,
    CANNOT_SAY_WORDS,
    GROUPS,
    LONGEST_TEXT,
    TEXTS,
    VALUES,
    Question,
)


class FeedbackForm(AsksAboutPersonalData, forms.Form):
    """The questions that fit the run; everything but the free texts is answered."""

    free_texts = tuple(TEXTS)
    group = forms.ChoiceField(
        label=_("Which of these are you on this course?"),
        choices=list(GROUPS.items()),
        widget=forms.RadioSelect,
        help_text=_("Asked so that a group can be heard. A group of fewer than five is never shown by itself."),
    )
    keep = forms.CharField(
        label=TEXTS["keep"],
        max_length=LONGEST_TEXT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off"}),
    )
    change = forms.CharField(
        label=TEXTS["change"],
        max_length=LONGEST_TEXT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, questions: tuple[Question, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions = questions
        for each in questions:
            words = [(value, each.words[value - 1]) for value in VALUES]
            self.fields[each.code] = forms.TypedChoiceField(
                label=each.text,
                choices=[*words, (CANNOT_SAY, CANNOT_SAY_WORDS)],
                coerce=int,
                empty_value=None,
                widget=forms.RadioSelect,
            )
        self.order_fields([each.code for each in questions])

    @property
    def scales(self) -> list[forms.BoundField]:
        return [self[each.code] for each in self.questions]

    @property
    def answer(self) -> dict[str, Any]:
        """What the service takes of a valid form."""
        given = self.cleaned_data
        return {
            "values": {each.code: given[each.code] for each in self.questions},
            "group": given["group"],
            "texts": {code: given[code].strip() for code in TEXTS},
        }


class ChangeForm(AsksAboutPersonalData, forms.Form):
    free_texts = ("text",)
    text = forms.CharField(
        label=_("What changes because of this feedback"),
        max_length=1_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("In one or two sentences. The learners of the runs that follow read it; do not name anybody."),
    )
