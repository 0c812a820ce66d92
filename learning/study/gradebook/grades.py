"""Final grades: what is proposed by the marks of the assignments, and what has been given."""

import datetime
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from common.prepared import Prepared
from learning.courses.models import Course, CourseRun
from learning.courses.models.assignments import MOST_GRADE
from learning.study.gradebook.cells import Cell, Kind, Task, cells_of, tasks_of
from learning.study.models import Enrolment, FinalGrade
from learning.study.models.enrolments import Status

LEAST_PASSED = 1


class Final(NamedTuple):
    """A final grade that holds. `grade` is None where the course is only passed."""

    pk: int
    grade: int | None
    is_passed: bool
    day: datetime.date
    is_imported: bool


@dataclass(frozen=True)
class Proposal:
    """What the marks come to: the weighted mean of the graded assignments, half up.

    Passed only when nothing that is required is missing. `grade` is None on a course without grades, and where no
    graded assignment is accepted yet: then the teacher says it.
    """

    is_passed: bool
    grade: int | None
    missing: tuple[Task, ...]
    parts: tuple[tuple[Task, int], ...]
    has_grades: bool

    @property
    def value(self) -> str:
        """What a form sends of it, so that nobody gives another proposal than they saw; "" where there is none."""
        if not self.is_passed or (self.has_grades and self.grade is None):
            return ""
        return "p" if self.grade is None else str(self.grade)


def has_grades(course: Course) -> bool:
    return course.assessment == Course.Assessment.GRADE


def propose(enrolment: Enrolment) -> Proposal:
    """The proposal for one learner, whose run is read with its course."""
    run = enrolment.run
    tasks = tasks_of(run)
    return proposal_of(run, tasks, cells_of(run, [enrolment.pk], tasks), enrolment.pk, enrolment.status)


def proposal_of(
    run: CourseRun, tasks: Sequence[Task], cells: Mapping[tuple[int, str], Cell], enrolment_id: int, status: str
) -> Proposal:
    """Made of what was read already; it asks the database nothing."""
    own = [(task, cells[enrolment_id, task.key]) for task in tasks]
    missing = tuple(task for task, cell in own if task.is_required and not cell.is_done)
    parts = tuple(
        (task, cell.grade)
        for task, cell in own
        if task.kind is Kind.ASSIGNMENT and task.weight and cell.is_done and cell.grade is not None
    )
    is_passed = not missing and status == Status.COMPLETED
    graded = has_grades(run.course)
    return Proposal(is_passed, mean_of(parts) if graded else None, missing, parts, graded)


def mean_of(parts: Collection[tuple[Task, int]]) -> int | None:
    """The weighted mean of accepted work, half up; what is accepted is never below the least that passes."""
    weight = sum(task.weight for task, _grade in parts)
    if not weight:
        return None
    mean = Decimal(sum(task.weight * grade for task, grade in parts)) / weight
    return min(MOST_GRADE, max(LEAST_PASSED, int(mean.quantize(Decimal(1), ROUND_HALF_UP))))


def finals_of(enrolment_ids: Collection[int]) -> dict[int, Final]:
    """The grade that holds for each of these enrolments that has one: one query."""
    return {enrolment: Final(*told) for enrolment, *told in _FINALS.of(enrolment_ids)}


_FINALS = Prepared(
    lambda: FinalGrade.objects.that_hold().values_list("enrolment_id", *Final._fields), by="enrolment_id"
)


def final_of(enrolment: Enrolment | None) -> Final | None:
    return finals_of([enrolment.pk]).get(enrolment.pk) if enrolment else None
