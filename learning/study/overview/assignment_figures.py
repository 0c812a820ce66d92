"""Statistics of assignments and their criteria, of the marks that learners have seen."""

import datetime
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Any, NamedTuple

from learning.courses.models import Assignment
from learning.study.models import Mark, Submission
from learning.study.overview.measures import discrimination, mean, middle, percent
from learning.study.overview.scope import Scope, enough, in_order


class Work(NamedTuple):
    """A work whose mark the learner sees. `version`: how many times it had been handed in by then."""

    run: int
    assignment: int
    outcome: str
    grade: int | None
    version: int
    is_late: bool
    days: float
    criteria: list[dict[str, Any]]


@dataclass(frozen=True)
class AssignmentFigures:
    """`number`: works marked, None below five. `first`: accepted as first handed in, per cent."""

    assignment: Assignment
    number: int | None
    accepted: int | None
    first: int | None
    grade: float | None
    late: int | None
    days: float | None


@dataclass(frozen=True)
class CriterionFigures:
    """How many works are on each level of a criterion."""

    title: str
    number: int | None
    level: float | None
    discrimination: float | None
    levels: list[tuple[int, int, int]]


def works_of(scope: Scope, assignment: int | None = None) -> list[Work]:
    rows = Submission.objects.filter(run_assignment__run__in=scope.ids, mark__isnull=False).order_by()
    # What was done elsewhere was not marked here.
    rows = rows.exclude(mark__part=Mark.Part.ELSEWHERE).exclude(mark__released_at=None)
    if assignment is not None:
        rows = rows.filter(run_assignment__assignment=assignment)
    names = ("run_assignment__run_id", "run_assignment__assignment_id", "mark__outcome", "mark__grade")
    of_mark = ("version__number", "version__is_late", "version__handed_in_at", "at", "criteria")
    found = rows.values_list(*names, *(f"mark__{name}" for name in of_mark))
    return [
        Work(run, asked, outcome, grade, version, late, (at - came) / datetime.timedelta(days=1), criteria)
        for run, asked, outcome, grade, version, late, came, at, criteria in found
    ]


def assignments_figured(scope: Scope) -> list[AssignmentFigures]:
    """The assignments of the runs, in the order of the runs; two queries."""
    by_assignment: defaultdict[int, list[Work]] = defaultdict(list)
    for work in works_of(scope):
        by_assignment[work.assignment].append(work)
    assignments = in_order(Assignment.objects.all(), scope)
    return [assignment_figured(each, by_assignment[each.pk]) for each in assignments]


def assignment_figured(assignment: Assignment, works: list[Work]) -> AssignmentFigures:
    rows = enough(works, lambda row: row.run)
    if not rows:
        return AssignmentFigures(assignment, None, None, None, None, None, None)
    grades = enough([row for row in rows if row.grade is not None], lambda row: row.run)
    accepted = [row for row in rows if row.outcome == Mark.Outcome.ACCEPTED]
    return AssignmentFigures(
        assignment,
        len(rows),
        percent(len(accepted), len(rows)),
        percent(sum(row.version == 1 for row in accepted), len(rows)),
        mean([row.grade or 0 for row in grades]),
        percent(sum(row.is_late for row in rows), len(rows)),
        middle([max(0.0, row.days) for row in rows]),
    )


def criteria_figured(scope: Scope, assignment: Assignment) -> list[CriterionFigures]:
    """The criteria in the order in which the newest mark has them; one query."""
    values: dict[str, list[tuple[int, int, float]]] = {}
    for work in enough(works_of(scope, assignment.pk), lambda row: row.run):
        levels = [(str(each["title"]), each["value"]) for each in work.criteria if each.get("value") is not None]
        whole = sum(value for _title, value in levels)
        for title, value in levels:
            rest = (whole - value) / max(1, len(levels) - 1)
            values.setdefault(title, []).append((work.run, value, rest))
    return [_criterion(title, rows) for title, rows in values.items()]


def _criterion(title: str, found: list[tuple[int, int, float]]) -> CriterionFigures:
    rows = enough(found, lambda row: row[0])
    if not rows:
        return CriterionFigures(title, None, None, None, [])
    levels = Counter(value for _run, value, _rest in rows)
    return CriterionFigures(
        title,
        len(rows),
        mean([value for _run, value, _rest in rows]),
        discrimination([float(value) for _run, value, _rest in rows], [rest for _run, _value, rest in rows]),
        [(level, levels[level], round(100 * levels[level] / len(rows))) for level in range(max(levels) + 1)],
    )
