"""How each learner stands in each task of a run. A page of the gradebook has hundreds of cells: no models are made."""

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from decimal import Decimal
from enum import StrEnum
from functools import partial
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Count, DateTimeField, F, OuterRef, Subquery, Value
from django.utils import timezone

from learning.courses.models import CourseRun
from learning.study.gradebook.tasks import Kind, Task, tasks_of
from learning.study.models import Attempt, Enrolment, LetOff, PeerReview, Submission, SubmissionVersion
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
Moment = F | Value


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
    at = F("handed_in_at") if moments else Value(None, DateTimeField())
    quizzes, assignments = partial(_quizzes, at), partial(_assignments, at)
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


def _quizzes(came: Moment, ids: list[int], tasks: Mapping[int, Task]) -> Iterator[tuple[Key, Cell]]:
    """Of the attempts that count the best: one that passed, or else the one with the most points."""
    rows = Attempt.objects.filter(enrolment__in=ids, run_quiz__in=tasks, is_practice=False).order_by()
    best: dict[tuple[int, int], Any] = {}
    names = ("enrolment_id", "run_quiz_id", "is_passed", "points", "points_possible", "came")
    for row in rows.annotate(came=came).values_list(*names):
        known = best.get(row[:2])
        if known is None or _rank(row) > _rank(known):
            best[row[:2]] = row
    for (enrolment, quiz), (_e, _q, is_passed, points, possible, at) in best.items():
        state = State.STARTED if is_passed is None else State.ACCEPTED if is_passed else State.FAILED
        yield (enrolment, tasks[quiz].key), Cell(state, points=points, possible=possible, at=at)


def _rank(row: Any) -> tuple[int, Any]:
    _enrolment, _quiz, is_passed, points, _possible, _at = row
    return (-1 if is_passed is None else int(is_passed)), points or 0


def _assignments(came: Moment, ids: list[int], tasks: Mapping[int, Task]) -> Iterator[tuple[Key, Cell]]:
    newest = SubmissionVersion.objects.filter(submission=OuterRef("pk")).order_by("-number")
    rows = Submission.objects.filter(enrolment__in=ids, run_assignment__in=tasks).order_by()
    names = ("enrolment_id", "run_assignment_id", "status", "mark__grade", "came", "public_id", "is_late")
    told_of = rows.annotate(is_late=Subquery(newest.values("is_late")[:1]), came=came).values_list(*names)
    for enrolment, assigned, status, grade, at, public_id, is_late in told_of:
        state = OF_STATUS.get(status)
        if state is None:
            continue
        task, waits = tasks[assigned], state is State.WAITING
        # A grade that was given for a version before the newest is not this one's.
        told = None if waits else grade
        opened, when, came_late = public_id, at, bool(is_late)
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
