"""Of which runs statistics are: the run of the address, or all runs of its course that the teacher teaches.

A run with fewer than five answers to something is left out of the sum of all runs too. So whatever is shown is the sum
of groups of five or more, and taking one from another leaves nothing smaller.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db.models import Min, QuerySet

from learning.courses.models import CourseRun
from learning.study.overview.measures import FEWEST
from learning.study.permissions import runs_taught_by

Row = TypeVar("Row")
EVERY_RUN = "kaikki"


@dataclass(frozen=True)
class Scope:
    """The runs, with whether they are all that the teacher teaches."""

    runs: tuple[CourseRun, ...]
    is_all: bool

    @property
    def ids(self) -> list[int]:
        return [run.pk for run in self.runs]


def scope_of(person: Any, run: CourseRun, asked: str) -> Scope:
    if asked != EVERY_RUN:
        return Scope((run,), is_all=False)
    runs = runs_taught_by(person).filter(course_id=run.course_id).order_by("-starts", "-pk").distinct()
    return Scope(tuple(runs), is_all=True)


def enough(rows: Iterable[Row], run_of: Callable[[Row], int]) -> list[Row]:
    """The rows of the runs that have at least five of them."""
    by_run: defaultdict[int, list[Row]] = defaultdict(list)
    for row in rows:
        by_run[run_of(row)].append(row)
    return [row for group in by_run.values() if len(group) >= FEWEST for row in group]


def in_order(tasks: "QuerySet[Any]", scope: Scope) -> "QuerySet[Any]":
    """The quizzes or assignments of the runs, as the runs have them."""
    of_runs = tasks.filter(in_runs__run__in=scope.ids)
    return of_runs.annotate(at=Min("in_runs__sort_order"), row=Min("in_runs__pk")).order_by("at", "row")
