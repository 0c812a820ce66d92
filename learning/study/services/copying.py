"""A run made after another, with all its times moved."""

import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Model

from common.dates import HELSINKI
from learning.courses.models import CourseRun
from learning.study import errors, permissions
from learning.study.models import RunAssignment, RunQuiz, RunTeacher

if TYPE_CHECKING:
    from accounts.models import User


@transaction.atomic
def copy_run(*, run: CourseRun, by: "User", code: str, starts: datetime.date, enrolment_code: str = "") -> CourseRun:
    """Make a run of the same course, rules, tasks and teachers that starts on the day; nobody is enrolled on it.

    Days move by whole days, and moments keep what the Finnish clock shows across its changes.
    """
    if not permissions.may_arrange(by, run):
        raise errors.NotTheTeacher
    days = starts - run.starts
    copy = CourseRun(
        course=run.course,
        code=code,
        starts=starts,
        enrolment_code=enrolment_code,
        **{name: _later_day(getattr(run, name), days) for name in ("ends", "enrolment_opens", "enrolment_closes")},
        **{name: getattr(run, name) for name in ("seats", "pace", "admission", "offer_hours", "requires_lessons")},
    )
    copy.admitted = list(run.admitted.all())
    copy.run_quizzes = [RunQuiz(**_moved(row, days)) for row in run.run_quizzes.all()]
    copy.run_assignments = [RunAssignment(**_moved(row, days)) for row in run.run_assignments.all()]
    copy.run_teachers = [
        RunTeacher(user_id=row.user_id, role=row.role, sort_order=row.sort_order) for row in run.run_teachers.all()
    ]
    copy.save()
    return copy


def _moved(row: Model, days: datetime.timedelta) -> dict[str, Any]:
    """What a task of a run is on its copy: all that was said of it, with its moments later."""
    told = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    kept = {name: value for name, value in told.items() if name not in {"id", "run_id"}}
    return {n: later(value, days) if isinstance(value, datetime.datetime) else value for n, value in kept.items()}


def later(moment: datetime.datetime | None, days: datetime.timedelta) -> datetime.datetime | None:
    """The moment so many days later by the Finnish clock: 12.00 stays 12.00 over a change of the clocks.

    A time that the clocks skip on the new day becomes the time an hour later.
    """
    if moment is None:
        return None
    # Adding to a moment of a zone moves what its wall clock shows; through UTC what does not exist becomes what does.
    moved = moment.astimezone(HELSINKI) + days
    return moved.astimezone(datetime.UTC)


def _later_day(day: datetime.date | None, days: datetime.timedelta) -> datetime.date | None:
    return day + days if day else None
