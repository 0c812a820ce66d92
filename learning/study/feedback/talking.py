"""The conversation about a work, as a page shows it: the writer's feedback page and the teachers' desk."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.errors import Refused
from drafts import forms as draft_forms
from drafts.opening import OpenedDraft, finish_sent, open_draft
from learning.study.assignments.versions import submission_of
from learning.study.feedback import services
from learning.study.feedback.forms import LONGEST_REMARK, RemarkForm
from learning.study.feedback.released import teacher_name
from learning.study.marking.names import name_for
from learning.study.models import Submission, SubmissionRemark

FORM = "study.remark"


@dataclass(frozen=True)
class Line:
    remark: SubmissionRemark
    who: str
    is_mine: bool


class Talk:
    """Takes a message with `say`; a form that has to be looked at again is in `form`."""

    def __init__(self, request: HttpRequest, submission: Submission) -> None:
        self.request, self.submission = request, submission
        self.person: Any = request.user
        self.is_writers = submission.enrolment.learner_id == self.person.pk
        self.draft: OpenedDraft = open_draft(request, FORM, str(submission.public_id))
        self.form = RemarkForm(auto_id="remark_%s")
        self.draft.fill(self.form)

    @property
    def action(self) -> str:
        """Where the form is sent."""
        task = self.submission.run_assignment
        if self.is_writers:
            return f"{reverse('study:feedback', args=[task.run.code, task.assignment.code])}#keskustelu"
        return reverse("run_remarks", args=[task.run.code, self.submission.public_id])

    @cached_property
    def why_not(self) -> Refused | None:
        return services.why_not_remark(self.person, self.submission)

    @cached_property
    def lines(self) -> list[Line]:
        rows = self.submission.remarks.select_related("author").order_by("at", "pk")
        return [Line(row, self._name(row), row.author_id == self.person.pk) for row in rows]

    @property
    def was_sent(self) -> bool:
        return "lahetetty" in self.request.GET

    def say(self) -> bool:
        """Send what was posted; False where the page has to be shown again."""
        self.form = RemarkForm(self.request.POST, auto_id="remark_%s")
        if not self.form.is_valid():
            return False
        text = self.form.cleaned_data["message"].replace("\r\n", "\n")
        try:
            services.remark(submission=self.submission, by=self.person, text=text)
        except Refused as refusal:
            self.form.add_error(None, str(refusal))
            return False
        finish_sent(self.request, FORM, str(self.submission.public_id))
        return True

    def _name(self, row: SubmissionRemark) -> str:
        if row.is_teacher:
            return teacher_name(row.author)
        return str(row.author or _("Learner")) if self.is_writers else name_for(self.person, self.submission)


def talk_of(request: HttpRequest, submission: Submission) -> Talk:
    """For `learning/study/feedback/_conversation.html`."""
    return Talk(request, submission)


def register_drafts() -> None:
    draft_forms.register(
        draft_forms.FormKind(
            FORM,
            name=gettext_lazy("Message about a work"),
            max_length=2 * LONGEST_REMARK,
            may_write=_may_write,
            labels=lambda _key: {"message": _("Your message")},
            address=_address,
        )
    )


def _may_write(user: Any, key: str) -> bool:
    submission = submission_of(key) if user is not None else None
    return submission is not None and services.why_not_remark(user, submission) is None


def _address(key: str) -> str:
    """Where its writer and the teachers are each led to their own page."""
    submission = submission_of(key)
    return reverse("study:conversation", args=[submission.public_id]) if submission is not None else ""
