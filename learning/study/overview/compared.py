"""Runs of a course side by side: figures of those that the teacher teaches, none of fewer than five learners.

No row adds up others and nothing narrows the table, so no figure of a smaller group comes out by subtraction.
"""

import datetime
from collections import defaultdict
from dataclasses import dataclass
from statistics import fmean, median
from typing import Any

from django.db.models import Count, Q

from common.numbers import written
from learning.courses.models import CourseRun
from learning.study.models import Enrolment, FinalGrade, Mark, Submission, SubmissionVersion
from learning.study.models.enrolments import STUDYING, Status
from learning.study.permissions import runs_taught_by

FEWEST = 5


@dataclass(frozen=True)
class Compared:
    """A run; a figure that is of fewer than five learners is None."""

    run: CourseRun
    learners: int | None
    completed_percent: int | None
    days: int | None
    grade: float | None
    accepted_percent: int | None
    late_percent: int | None

    @property
    def grade_text(self) -> str | None:
        return None if self.grade is None else written(round(self.grade, 1))


def runs_compared(person: Any, run: CourseRun) -> list[Compared]:
    """The runs of the course that the person teaches, the newest first; six queries, however many there are."""
    runs = list(runs_taught_by(person).filter(course_id=run.course_id).order_by("-starts", "-pk").distinct())
    ids = [each.pk for each in runs]
    sizes, done = _sizes(ids)
    days, grades = _days(ids), _grades(ids)
    works = _works(ids)
    return [
        Compared(
            each,
            sizes[each.pk] if sizes[each.pk] >= FEWEST else None,
            _percent(done[each.pk], sizes[each.pk], sizes[each.pk]),
            round(median(days[each.pk])) if len(days[each.pk]) >= FEWEST else None,
            fmean(grades[each.pk].values()) if len(grades[each.pk]) >= FEWEST else None,
            _percent(works[each.pk].accepted, works[each.pk].marked, works[each.pk].marked_people),
            _percent(works[each.pk].late, works[each.pk].all, works[each.pk].people),
        )
        for each in runs
    ]


@dataclass(frozen=True)
class Works:
    """Works of a run: how many, by how many learners, and how many of them late; those marked and accepted."""

    late: int = 0
    all: int = 0
    people: int = 0
    marked: int = 0
    marked_people: int = 0
    accepted: int = 0


def _percent(number: int, whole: int, people: int) -> int | None:
    return round(100 * number / whole) if people >= FEWEST and whole else None


def _sizes(ids: list[int]) -> tuple[dict[int, int], dict[int, int]]:
    sizes, done = dict.fromkeys(ids, 0), dict.fromkeys(ids, 0)
    rows = Enrolment.objects.filter(run__in=ids, status__in=STUDYING).order_by()
    for run, status, number in rows.values_list("run", "status").annotate(Count("pk")):
        sizes[run] += number
        if status == Status.COMPLETED:
            done[run] += number
    return sizes, done


def _days(ids: list[int]) -> dict[int, list[float]]:
    """Days that those who completed took, from the beginning of the run or of their own place on it."""
    found: defaultdict[int, list[float]] = defaultdict(list)
    rows = Enrolment.objects.filter(run__in=ids, status=Status.COMPLETED).order_by()
    for run, starts, created, completed in rows.values_list("run", "run__starts", "created_at", "completed_at"):
        if completed is None:
            continue
        began = max(created, datetime.datetime.combine(starts, datetime.time(), created.tzinfo))
        found[run].append(max(0.0, (completed - began) / datetime.timedelta(days=1)))
    return found


def _grades(ids: list[int]) -> dict[int, dict[int, int]]:
    """The final grade of each learner who has one."""
    found: defaultdict[int, dict[int, int]] = defaultdict(dict)
    rows = FinalGrade.objects.that_hold().filter(enrolment__run__in=ids, enrolment__status__in=STUDYING)
    for run, enrolment, grade in rows.order_by().values_list("enrolment__run", "enrolment", "grade"):
        if grade is not None:
            found[run][enrolment] = grade
    return found


def _works(ids: list[int]) -> dict[int, Works]:
    first = SubmissionVersion.objects.filter(
        submission__run_assignment__run__in=ids, submission__enrolment__status__in=STUDYING, number=1
    )
    late = dict(
        first.filter(is_late=True).order_by().values_list("submission__run_assignment__run").annotate(Count("pk"))
    )
    rows = Submission.objects.filter(run_assignment__run__in=ids, enrolment__status__in=STUDYING)
    rows = rows.exclude(status=Submission.Status.TAKEN_BACK).order_by()
    marked, accepted = Q(mark__isnull=False), Q(mark__outcome=Mark.Outcome.ACCEPTED)
    counted = rows.values_list("run_assignment__run").annotate(
        all=Count("pk"),
        people=Count("enrolment", distinct=True),
        marked=Count("pk", filter=marked),
        marked_people=Count("enrolment", filter=marked, distinct=True),
        accepted=Count("pk", filter=accepted),
    )
    return defaultdict(Works, {run: Works(late.get(run, 0), *numbers) for run, *numbers in counted})
