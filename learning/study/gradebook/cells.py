"""How each learner stands in each task of a run.

A page of the gradebook has hundreds of cells: no models are made of what they tell (`asking.py`).
"""

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from decimal import Decimal
from enum import StrEnum
from functools import partial
from typing import NamedTuple
from uuid import UUID

from django.db.models import Count
from django.utils import timezone

from learning.courses.models import CourseRun
from learning.study.gradebook import asking
from learning.study.gradebook.tasks import Kind, Task, tasks_of
from learning.study.models import Enrolment, LetOff, PeerReview
from learning.study.models.assignments import WAITING_FOR_TEACHERS, SubmissionStatus

__all__ = ["Cell", "Kind", "State", "Task", "cells_of", "tasks_of"]


class State(StrEnum):
    """What the teacher sees of a task at a glance. The words are in gradebook/words.py."""

    NONE = "none"
    STARTED = "started"
    WAITING = "waiting"
    AGAIN = "again"
    ACCEPTED = "accepted"
    # A quiz that was handed in and not passed, so far.
    FAILED = "failed"
    REJECTED = "rejected"
    # It was waited for, nothing has come, and its time is over.
    LATE = "late"


class Cell(NamedTuple):
    """One learner in one task. `points` of `possible`: of a quiz its best attempt, of reviews those written."""

    state: State
    grade: int | None = None
    points: Decimal | None = None
    possible: int | None = None
    # It came after it was due, or has not come although it was due.
    is_late: bool = False
    at: datetime.datetime | None = None
    # The submission to open; None where there is none, and where it is marked without seeing who wrote it.
    submission: UUID | None = None

    @property
    def is_done(self) -> bool:
        return self.state is State.ACCEPTED


NOTHING, MISSED = Cell(State.NONE), Cell(State.LATE, is_late=True)
OF_STATUS: Mapping[str, State] = {
    SubmissionStatus.AGAIN: State.AGAIN,
    SubmissionStatus.ACCEPTED: State.ACCEPTED,
    SubmissionStatus.REJECTED: State.REJECTED,
    **dict.fromkeys(WAITING_FOR_TEACHERS, State.WAITING),
}
Key = tuple[int, str]
Cells = dict[Key, Cell]


def cells_of(
    run: CourseRun,
    enrolment_ids: Collection[int],
    tasks: Collection[Task] | None = None,
    *,
    extra: Mapping[int, int] | None = None,
    moments: bool = True,
) -> Cells:
    """A cell for each of these enrolments and each task, by (enrolment, key of the task); at most five queries.

    `extra`: the extra days of the enrolments, where they have been read. Without `moments` no cell says when what it
    tells of came: reading hundreds of them costs as much as the rest.
    """
    tasks = tasks_of(run) if tasks is None else tasks
    ids = list(enrolment_ids)
    if not ids or not tasks:
        return {}
    if extra is None:
        extra = dict(Enrolment.objects.filter(pk__in=ids).order_by().values_list("pk", "extra_days"))
    found: Cells = {}
    quizzes, assignments = partial(_quizzes, moments), partial(_assignments, moments)
    for kind, read in ((Kind.QUIZ, quizzes), (Kind.ASSIGNMENT, assignments), (Kind.REVIEWS, _reviews)):
        own = {task.pk: task for task in tasks if task.kind == kind}
        if own:
            found.update(read(ids, own))
    now = timezone.now()
    for days in set(extra.values()):
        empty = [(task.key, _empty(task, days, now)) for task in tasks]
        for pk, own_days in extra.items():
            if own_days == days:
                for key, cell in empty:
                    _settle(found, (pk, key), cell)
    return found


def _empty(task: Task, extra_days: int, now: datetime.datetime) -> Cell:
    """What is told of a task of which nothing has come."""
    if not task.is_awaited or task.due is None or task.due + datetime.timedelta(days=extra_days) >= now:
        return NOTHING
    return MISSED


def _settle(found: Cells, key: Key, empty: Cell) -> None:
    cell = found.get(key)
    if cell is None:
        found[key] = empty
    elif cell.state is State.STARTED and empty is MISSED:
        found[key] = cell._replace(state=State.LATE, is_late=True)


def _quizzes(moments: bool, ids: list[int], tasks: Mapping[int, Task]) -> Iterator[tuple[Key, Cell]]:
    """Of the attempts that count the best: one that passed, or else the one with the most points."""
    best: dict[tuple[int, int], asking.Attempted] = {}
    for row in asking.attempts_of(ids, moments=moments):
        known = best.get(row[:2])
        if known is None or _rank(row) > _rank(known):
            best[row[:2]] = row
    for (enrolment, quiz), (_e, _q, is_passed, points, possible, at) in best.items():
        if quiz in tasks:
            state = State.STARTED if is_passed is None else State.ACCEPTED if is_passed else State.FAILED
            yield (enrolment, tasks[quiz].key), Cell(state, None, points, possible, at=at)


def _rank(row: asking.Attempted) -> tuple[int, Decimal | int]:
    return (-1 if row.is_passed is None else int(row.is_passed)), row.points or 0


def _assignments(moments: bool, ids: list[int], tasks: Mapping[int, Task]) -> Iterator[tuple[Key, Cell]]:
    for enrolment, assigned, status, grade, public_id, is_late, at in asking.works_of(ids, moments=moments):
        task, state = tasks.get(assigned), OF_STATUS.get(status)
        if task is None or state is None:
            continue
        waits = state is State.WAITING
        # A grade that was given for a version before the newest is not this one's.
        told = None if waits else grade
        opened: UUID | None = public_id
        when, came_late = at, bool(is_late)
        if task.is_anonymous and waits:
            # Nor by the moment, or by having come late: one of few works, perhaps.
            opened, when, came_late = None, None, False
        yield (enrolment, task.key), Cell(state, told, None, None, came_late, when, opened)


def _reviews(ids: list[int], tasks: Mapping[int, Task]) -> Iterator[tuple[Key, Cell]]:
    """How many reviews are written of those that are waited for."""
    rows = PeerReview.objects.filter(
        reviewer__in=ids, submission__run_assignment__in=tasks, status=PeerReview.Status.DONE
    )
    counted = rows.order_by().values_list("reviewer_id", "submission__run_assignment_id").annotate(n=Count("pk"))
    done = {(enrolment, assigned): number for enrolment, assigned, number in counted}
    let_off: defaultdict[tuple[int, int], int] = defaultdict(int)
    lets = LetOff.objects.filter(enrolment__in=ids, run_assignment__in=tasks)
    for enrolment, assigned, reviews in lets.values_list("enrolment_id", "run_assignment_id", "reviews"):
        let_off[enrolment, assigned] += reviews
    for key in done.keys() | let_off.keys():
        enrolment, assigned = key
        task, written = tasks[assigned], done.get(key, 0)
        needed = max(0, task.reviews - let_off[key])
        state = State.ACCEPTED if written >= needed else State.STARTED if written else State.NONE
        yield (enrolment, task.key), Cell(state, points=Decimal(written), possible=needed)
