"""What other pages of a run tell of its feedback: that it is asked, and what the last one changed."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from common.kept import kept
from learning.courses.models import CourseRun
from learning.study.course_feedback.times import closes_on, why_not_answer
from learning.study.models import Enrolment, FeedbackChange

MOST_CHANGES = 10


@dataclass(frozen=True)
class Asked:
    """That the learner is asked for feedback; `closes` is the last day, None where there is none."""

    closes: datetime.date | None


def asked_of(run: CourseRun, enrolment: Enrolment | None) -> Asked | None:
    """Whether the learner may give feedback now and has not; two queries, and none while it is too early."""
    if enrolment is None or why_not_answer(run, enrolment) is not None:
        return None
    return Asked(closes_on(run))


@kept
def changes_before(run: CourseRun) -> Sequence[FeedbackChange]:
    """What the feedback on the latest earlier run of the course changed, of those whose teachers have told it."""
    told = FeedbackChange.objects.filter(run__course_id=run.course_id, run__starts__lt=run.starts)
    rows = list(told.select_related("run").order_by("-run__starts", "-run_id", "at", "pk")[:MOST_CHANGES])
    return tuple(each for each in rows if each.run_id == rows[0].run_id)
