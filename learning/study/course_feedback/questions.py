"""What the feedback on a course asks: the same of every course, so that its runs can be compared."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from common.numbers import whole
from learning.courses.models import CourseRun
from learning.study.models import RunAssignment

Words = tuple[Any, ...]
# From 1 to 5. What a person cannot say is an answer too: everybody then answers everything, and nothing can be
# worked out from who left a question out.
AGREES: Words = (
    _("Disagree"),
    _("Rather disagree"),
    _("Neither agree nor disagree"),
    _("Rather agree"),
    _("Agree"),
)
WORK: Words = (
    _("Far too little work"),
    _("Too little work"),
    _("As much as the credits say"),
    _("Too much work"),
    _("Far too much work"),
)
CANNOT_SAY = 0
VALUES = (1, 2, 3, 4, 5)
CANNOT_SAY_WORDS = pgettext_lazy("feedback", "Cannot say")


@dataclass(frozen=True)
class Question:
    code: str
    text: Any
    short: Any
    words: Words = AGREES
    # 5 is good; of the amount of work the middle is.
    more_is_better: bool = True


QUESTIONS = (
    Question("useful", _("I can use what I learnt in my work or studies."), _("Useful in own work")),
    Question("workload", _("The work compared with the credits"), _("Amount of work"), WORK, more_is_better=False),
    Question("materials", _("The lessons and materials helped me learn."), _("Materials")),
    Question("assignments", _("The assignments helped me learn."), _("Assignments")),
    Question("reviews", _("Peer reviews helped me learn."), _("Peer reviews")),
    Question("teaching", _("I got guidance and feedback when I needed them."), _("Teaching")),
    Question("access", _("The service was easy to use, also on my own device or aids."), _("Ease of use")),
)
BY_CODE = {each.code: each for each in QUESTIONS}

KEEP, CHANGE = "keep", "change"
TEXTS: dict[str, Any] = {
    KEEP: _("What should be kept as it is?"),
    CHANGE: _("What should be changed?"),
}
LONGEST_TEXT = 2_000

STUDENT, WORKING, NGO, OTHER = "student", "working", "ngo", "other"
# In the order in which groups are shown; the last are pooled first.
GROUPS: dict[str, Any] = {
    WORKING: _("Works in the field"),
    STUDENT: _("Student"),
    NGO: _("Works or volunteers in an organisation"),
    OTHER: _("Other, or I would rather not say"),
}


def chosen_in_words(posted: Mapping[str, Any]) -> str:
    """What was chosen in a form that was sent, a line each: for who has to choose it again."""
    lines = []
    for each in QUESTIONS:
        value = whole(str(posted.get(each.code, "")))
        if value in VALUES:
            lines.append(f"{each.text} – {each.words[value - 1]}")
        elif value == CANNOT_SAY:
            lines.append(f"{each.text} – {CANNOT_SAY_WORDS}")
    group = GROUPS.get(str(posted.get("group", "")))
    return "\n".join([*lines, str(group)] if group else lines)


def questions_of(run: CourseRun) -> tuple[Question, ...]:
    """The questions that fit the run: of assignments and of reviews only where it has them."""
    rows = list(RunAssignment.objects.filter(run=run).values_list("peers", flat=True))
    left_out = set() if rows else {"assignments"}
    if not any(each != RunAssignment.Peers.NONE for each in rows):
        left_out.add("reviews")
    return tuple(each for each in QUESTIONS if each.code not in left_out)
