"""The forms of peer review. Every free text of learners and teachers is asked about."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from common.personal_data.forms import AsksAboutPersonalData
from learning.courses.models import Assignment
from learning.study.criteria import CriteriaFields, Kept, snapshot
from learning.study.models import PeerReview

LONGEST_ANSWER = 3_000
LONGEST_WORDS = 6_000
NO_CLIENT = gettext_lazy("Write so that no client can be known: no names, and no combination of facts that tells who.")


class SampleForm(CriteriaFields, forms.Form):
    """The levels of the sample, and why."""

    use_required_attribute = False

    def __init__(self, data: Any, *, assignment: Assignment, **kwargs: Any) -> None:
        super().__init__(data, criteria=snapshot(assignment), is_graded=assignment.is_graded, **kwargs)


class ReviewForm(CriteriaFields, forms.Form):
    """The criteria, an answer to each question to reviewers, and words of one's own."""

    use_required_attribute = False
    free_texts = ("words",)

    words = forms.CharField(
        label=gettext_lazy("In your own words"),
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=gettext_lazy("What is good in the work, and what would make it better? Speak of the work."),
    )
    # Which version was read. Not a part of the text: no draft keeps it.
    version = forms.IntegerField(widget=forms.HiddenInput(attrs={"data-draft-skip": ""}), min_value=1, max_value=10_000)

    def __init__(self, data: Any, *, assignment: Assignment, review: PeerReview | None = None, **kwargs: Any) -> None:
        begun = review if review is not None and review.done_at else None
        self.questions = list(assignment.peer_questions.all())
        if begun is not None:
            kwargs["initial"] = {"words": begun.words, **_answered(begun), **kwargs.get("initial", {})}
        criteria = begun.criteria if begun is not None and begun.criteria else snapshot(assignment)
        super().__init__(data, criteria=criteria, is_graded=assignment.is_graded, **kwargs)
        for question in self.questions:
            self.fields[name_of(question.pk)] = forms.CharField(
                label=question.text,
                max_length=LONGEST_ANSWER,
                widget=forms.Textarea(attrs={"rows": 4, "data-personal-data": ""}),
            )
        names = tuple(name_of(question.pk) for question in self.questions)
        self.__dict__["free_texts"] = (*self.free_texts, *names)
        # As they stand on the page, so that what is missing is told in that order.
        self.order_fields([name for name in self.fields if name not in {"words", *names}] + [*names, "words"])

    @property
    def answer_fields(self) -> list[forms.BoundField]:
        return [self[name_of(question.pk)] for question in self.questions]

    def answers(self) -> list[dict[str, Any]]:
        """The questions with what a valid form answers to them."""
        data = self.cleaned_data
        return [
            {"id": question.pk, "question": question.text, "answer": data[name_of(question.pk)]}
            for question in self.questions
        ]

    @property
    def written(self) -> dict[str, Any]:
        """What the services take."""
        criteria: Kept = self.chosen()
        data = self.cleaned_data
        return {"version": data["version"], "criteria": criteria, "answers": self.answers(), "words": data["words"]}


def name_of(question_id: int) -> str:
    return f"answer-{question_id}"


def _answered(review: PeerReview) -> dict[str, str]:
    return {name_of(row["id"]): row["answer"] for row in review.answers if "id" in row}


class AppealForm(AsksAboutPersonalData, forms.Form):
    use_required_attribute = False
    free_texts = ("text",)
    text = forms.CharField(
        label=gettext_lazy("What is wrong in the review?"),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy("The teachers of the run read this. The reviewer does not."),
    )


class ReasonForm(AsksAboutPersonalData, forms.Form):
    use_required_attribute = False
    free_texts = ("reason",)
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2, "class": "input--short"}),
    )


class AnswerForm(AsksAboutPersonalData, forms.Form):
    use_required_attribute = False
    free_texts = ("answer",)
    is_upheld = forms.TypedChoiceField(
        label=gettext_lazy("The review"),
        choices=[
            ("no", pgettext_lazy("a review", "stays")),
            ("yes", pgettext_lazy("a review", "is taken out of sight")),
        ],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    answer = forms.CharField(
        label=gettext_lazy("Answer"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Both are told: the reviewed and the reviewer. Name nobody."),
    )


class AnotherForm(forms.Form):
    """Another learner who could review the work."""

    use_required_attribute = False
    enrolment = forms.ChoiceField(label=gettext_lazy("Learner"))

    def __init__(self, data: Any, *, people: Sequence[Any], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        field: Any = self.fields["enrolment"]
        field.choices = [("", _("Choose")), *((str(each.public_id), str(each.learner)) for each in people)]
