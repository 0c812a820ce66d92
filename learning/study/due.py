"""When things are due, in Finnish time: a person's own longer time counted in."""

import datetime
from dataclasses import dataclass

from common.dates import HELSINKI
from learning.courses.models import CourseRun
from learning.study.models import Enrolment, RunAssignment, RunQuiz, Submission

LAST_MINUTE = datetime.time(23, 59, 59)
# Reviews have so long after the work, where the run says nothing of them.
DAYS_FOR_REVIEWS = 7


@dataclass(frozen=True)
class TaskDue:
    """Something that is due to a learner: its kind, by which the letter has its sentence, and what it is told by."""

    kind: str
    title: str
    key: str
    due: datetime.datetime


def run_ends(run: CourseRun, enrolment: Enrolment | None = None) -> datetime.datetime | None:
    """The last second of the run's last day in Finland, moved by the person's extra days; None: it never ends."""
    if run.ends is None:
        return None
    return _later(datetime.datetime.combine(run.ends, LAST_MINUTE, HELSINKI), enrolment)


def due_of(run_quiz: RunQuiz, enrolment: Enrolment | None = None) -> datetime.datetime | None:
    """When the quiz has to be handed in at the latest: its own due date or else the end of the run.

    Extra days keep the time of the clock: two days after 23.59 on Saturday is 23.59 on Monday, whatever the clocks
    of the land were set to in between.
    """
    if run_quiz.due is None:
        return run_ends(run_quiz.run, enrolment)
    return _later(run_quiz.due.astimezone(HELSINKI), enrolment)


def due_of_assignment(run_assignment: RunAssignment, enrolment: Enrolment | None = None) -> datetime.datetime | None:
    """When the work has to be handed in: its own due date or else the end of the run, moved by the extra days."""
    if run_assignment.due is None:
        return run_ends(run_assignment.run, enrolment)
    return _later(run_assignment.due.astimezone(HELSINKI), enrolment)


def again_due_of(submission: Submission, enrolment: Enrolment) -> datetime.datetime | None:
    """By when a work has to be completed, moved by the extra days; None where it is not to be completed."""
    return later_for(submission.again_due, enrolment)


def later_for(moment: datetime.datetime | None, enrolment: Enrolment | None) -> datetime.datetime | None:
    """The moment as it is for the person, moved by the extra days."""
    return _later(moment.astimezone(HELSINKI), enrolment) if moment else None


def reviews_due_of(run_assignment: RunAssignment, enrolment: Enrolment | None = None) -> datetime.datetime | None:
    """When the reviews of others' works have to be written: as the run says, or a week after the work is due."""
    if run_assignment.reviews_due is not None:
        return _later(run_assignment.reviews_due.astimezone(HELSINKI), enrolment)
    due = due_of_assignment(run_assignment, enrolment)
    return due + datetime.timedelta(days=DAYS_FOR_REVIEWS) if due else None


def _later(moment: datetime.datetime, enrolment: Enrolment | None) -> datetime.datetime:
    # Adding to a moment of a zone adds to what its wall clock shows.
    return moment + datetime.timedelta(days=enrolment.extra_days if enrolment else 0)
