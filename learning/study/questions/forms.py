"""The forms of questions and answers, and the drafts that they are kept as while they are written."""

import uuid
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from common.lines import LineField
from common.personal_data.forms import AsksAboutPersonalData
from drafts import forms as draft_forms
from learning.courses.models import CourseRun
from learning.study.models import RunAnswer, RunQuestion
from learning.study.outline import contents_of
from learning.study.querysets import run_of
from learning.study.questions.members import member_of

QUESTION, ANSWER = "study.question", "study.answer"
LONGEST = 6_000
NO_CLIENT = gettext_lazy("Write so that no client can be known: no names, and no combination of facts that tells who.")
# Not a part of the text: neither the device nor the server keeps it.
NOT_KEPT = {"data-draft-skip": ""}


class _Post(AsksAboutPersonalData, forms.Form):
    use_required_attribute = False

    shows_name = forms.BooleanField(
        label=gettext_lazy("Show my name to the other learners"),
        required=False,
        help_text=gettext_lazy("Without this they see “Learner”. The teachers of the run see your name in any case."),
    )
    # The same form sent twice writes once.
    key = forms.UUIDField(widget=forms.HiddenInput(attrs=NOT_KEPT))

    def __init__(self, data: Any = None, *, is_teacher: bool, **kwargs: Any) -> None:
        kwargs["initial"] = {"key": uuid.uuid4(), **kwargs.get("initial", {})}
        super().__init__(data, **kwargs)
        if is_teacher:
            del self.fields["shows_name"]

    @property
    def written(self) -> dict[str, Any]:
        """What the services take."""
        return {"shows_name": False, **self.cleaned_data}


class QuestionForm(_Post):
    free_texts = ("title", "text")
    field_order = ("module", "title", "text", "shows_name", "key")

    module = forms.TypedChoiceField(
        label=pgettext_lazy("question", "What it is about"), coerce=int, empty_value=None, required=False
    )
    # It becomes the subject of letters.
    title = LineField(
        label=gettext_lazy("Question in short"),
        max_length=150,
        help_text=gettext_lazy("One sentence, by which others find the same question."),
    )
    text = forms.CharField(
        label=gettext_lazy("More about it"),
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=NO_CLIENT,
    )

    def __init__(self, data: Any = None, *, run: CourseRun, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        about: Any = self.fields["module"]
        about.choices = [("", _("The whole course")), *module_choices(run)]

    @property
    def written(self) -> dict[str, Any]:
        values = super().written
        values["module_id"] = values.pop("module")
        return values


class AnswerForm(_Post):
    free_texts = ("text",)
    field_order = ("text", "shows_name", "key")

    text = forms.CharField(
        label=pgettext_lazy("to a question", "Your answer"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=NO_CLIENT,
    )


def module_choices(run: CourseRun) -> list[tuple[str, str]]:
    """The modules of the run by their Finnish pages, in the reader's language."""
    return [
        (str(module.pk), _("Module %(number)d: %(title)s") % {"number": module.number, "title": module.title})
        for module in contents_of(run.course_id).modules
    ]


def register_drafts() -> None:
    """A question is kept for the run, an answer for its question."""
    draft_forms.register(
        draft_forms.FormKind(
            QUESTION,
            name=gettext_lazy("Question on a run"),
            max_length=2 * LONGEST,
            may_write=lambda user, key: _may_write(user, run_of(key)),
            address=lambda key: reverse("study:ask", args=[key]),
            labels=lambda _key: {name: str(field.label) for name, field in QuestionForm.base_fields.items()},
        )
    )
    draft_forms.register(
        draft_forms.FormKind(
            ANSWER,
            name=gettext_lazy("Answer to a question"),
            max_length=2 * LONGEST,
            may_write=lambda user, key: _may_write(user, getattr(_question(key), "run", None)),
            address=_address_of_answer,
            labels=lambda _key: {name: str(field.label) for name, field in AnswerForm.base_fields.items()},
        )
    )


def _may_write(user: Any, run: CourseRun | None) -> bool:
    member = member_of(user, run) if user is not None and run is not None else None
    return member is not None and member.may_write


def _question(key: str) -> RunQuestion | None:
    try:
        wanted = uuid.UUID(key)
    except ValueError:
        return None
    return RunQuestion.objects.filter(public_id=wanted).select_related("run").first()


def _address_of_answer(key: str) -> str:
    question = _question(key)
    return f"{reverse('study:question', args=[question.run.code, key])}#vastaa" if question else ""


def form_of_question(question: RunQuestion, data: Any, *, is_teacher: bool) -> QuestionForm:
    """The form for changing a question."""
    names = ("title", "text", "shows_name")
    initial = {name: getattr(question, name) for name in names} | {"module": question.module_id or ""}
    return QuestionForm(data, run=question.run, is_teacher=is_teacher, initial=initial)


def form_of_answer(answer: RunAnswer, data: Any, *, is_teacher: bool) -> AnswerForm:
    return AnswerForm(data, is_teacher=is_teacher, initial={"text": answer.text, "shows_name": answer.shows_name})
