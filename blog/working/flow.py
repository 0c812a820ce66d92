"""Where a text is on its way from a draft to the blog, as steps at the head of its pages."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from blog.models import Submission
from blog.models.submissions import ENDED, State

DRAFT, SENT, EDITORS, WRITER, SCHEDULED, PUBLISHED = range(6)
LABELS: list[str | Promise] = [
    pgettext_lazy("text", "Draft"),
    pgettext_lazy("stage", "Sent"),
    pgettext_lazy("stage", "With the editors"),
    pgettext_lazy("stage", "With you"),
    pgettext_lazy("stage", "Scheduled"),
    pgettext_lazy("stage", "Published"),
]
# The same for editors: the text is with somebody else.
WITH_WRITER = pgettext_lazy("stage", "With the writer")
NOW = {
    State.UNCONFIRMED: SENT,
    State.SENT: SENT,
    State.EDITING: EDITORS,
    State.WITH_WRITER: WRITER,
    State.APPROVAL: WRITER,
    State.APPROVED: SCHEDULED,
    State.SCHEDULED: SCHEDULED,
    State.PUBLISHED: PUBLISHED,
}


@dataclass(frozen=True)
class FlowStep:
    label: str | Promise
    is_done: bool
    is_now: bool


def of_draft() -> list[FlowStep]:
    return _steps(DRAFT)


def of_submission(submission: Submission, *, for_writer: bool = True) -> list[FlowStep]:
    """The steps; what has ended on its way has no place among them, and so no steps."""
    state = State(submission.state)
    return [] if state in ENDED else _steps(NOW[state], for_writer=for_writer)


def _steps(now: int, *, for_writer: bool = True) -> list[FlowStep]:
    labels = list(LABELS)
    if not for_writer:
        labels[WRITER] = WITH_WRITER
    return [FlowStep(label, number < now, number == now) for number, label in enumerate(labels)]
