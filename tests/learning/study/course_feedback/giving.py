"""People who have studied a course and what they think of it, for tests."""

import datetime
from collections.abc import Sequence
from typing import Any

from django.utils import timezone

from accounts.models import User
from learning.courses.models import CourseRun
from learning.study.course_feedback import services
from learning.study.models import Enrolment, FeedbackRelease, RunTeacher
from tests.learning.study.factories import enrolled, make_run, make_teacher

VALUES = {"useful": 5, "workload": 3, "materials": 4, "teaching": 2, "access": 0}
FIELDS = {**VALUES, "group": "working", "keep": "Ryhmät.", "change": ""}


def day_from_now(days: int) -> datetime.date:
    return timezone.localdate() + datetime.timedelta(days)


def ending_run(**fields: Any) -> CourseRun:
    """A run in its last week."""
    return make_run(**{"starts": day_from_now(-60), "ends": day_from_now(5), **fields})


def give(enrolment: Enrolment, group: str = "working", keep: str = "", **values: int) -> None:
    services.give(enrolment=enrolment, values=VALUES | values, group=group, texts={"keep": keep, "change": ""})


def answered(run: CourseRun, number: int, group: str = "working", **values: int) -> list[Enrolment]:
    rows = [enrolled(run) for _each in range(number)]
    for at, row in enumerate(rows):
        give(row, group, keep=f"Säilytä {group} {at}.", **values)
    return rows


def end(run: CourseRun, days_ago: int = 22) -> CourseRun:
    """As the run is when so many days have passed since its last day."""
    run.starts, run.ends = day_from_now(-days_ago - 60), day_from_now(-days_ago)
    run.save()
    return run


def shown(run: CourseRun) -> FeedbackRelease:
    """The results of the run, after its last day for answering."""
    found = services.release(run=end(run))
    assert found is not None
    return found


def teacher_of(run: CourseRun, role: str = RunTeacher.Role.TEACHER) -> User:
    teacher = make_teacher(run)
    RunTeacher.objects.filter(run=run, user=teacher).update(role=role)
    return teacher


def pages(run: CourseRun) -> Sequence[str]:
    return [f"/opinnot/{run.code}/kurssipalaute/", f"/hallinta/toteutukset/{run.code}/kurssipalaute/"]
