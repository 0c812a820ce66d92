"""The runs that a person teaches, with the works that wait for marking: a part of the person's own page."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q

from common.permissions import may_read_as_staff
from learning.courses.models import CourseRun
from learning.study.marking.queue import waiting_for
from learning.study.models import RunTeacher, Submission
from learning.study.models.enrolments import STUDYING
from learning.study.models.runs import MARKERS
from learning.study.querysets import everybody_who_teaches, run_with


@dataclass(frozen=True)
class Taught:
    """A run; `waiting` are the works that this teacher could mark."""

    run: CourseRun
    role: str
    waiting: int


def taught_by(person: Any) -> Sequence[Taught]:
    """Runs that are not over or have works left, the ones with most to do first. No query for who teaches nothing."""
    if person.pk not in everybody_who_teaches():
        return ()
    roles = dict(RunTeacher.objects.filter(user=person).order_by().values_list("run_id", "role"))
    if not (roles and may_read_as_staff(person)):
        return ()
    to_mark = [run for run, role in roles.items() if role in MARKERS]
    # As the queue of marking has them: of those who study.
    works = Submission.objects.filter(run_assignment__run__in=to_mark, enrolment__status__in=STUDYING)
    leads = [run for run, role in roles.items() if role == RunTeacher.Role.RESPONSIBLE]
    waiting = works.filter(
        Q(waiting_for(person, RunTeacher.Role.TEACHER))
        | Q(waiting_for(person, RunTeacher.Role.RESPONSIBLE), run_assignment__run__in=leads)
    )
    # Nobody marks their own work.
    counted = waiting.exclude(enrolment__learner=person).order_by().values_list("run_assignment__run")
    numbers = dict(counted.annotate(number=Count("pk")))
    labels = dict(RunTeacher.Role.choices)
    rows = [Taught(run_with(run), str(labels[role]), numbers.get(run, 0)) for run, role in roles.items()]
    shown = [row for row in rows if row.waiting or row.run.state != "past"]
    return sorted(shown, key=lambda row: (-row.waiting, row.run.starts, row.run.pk))
