"""Reminders: to learners of what is due soon, to teachers of applications that wait for them."""

import datetime
import logging
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Exists, Max, OuterRef, Q
from django.utils import timezone

from common.dates import HELSINKI
from learning.courses.models import CourseRun
from learning.study import notifications
from learning.study.due import TaskDue, due_of, due_of_assignment, later_for
from learning.study.models import (
    Attempt,
    Enrolment,
    EnrolmentEvent,
    RunAssignment,
    RunQuiz,
    RunTeacher,
    Submission,
)
from learning.study.models.enrolments import Status
from learning.study.querysets import passed_elsewhere
from learning.study.services.teaching import MOST_DAYS

if TYPE_CHECKING:
    from django.db.models.expressions import NegatedExpression

logger = logging.getLogger(__name__)
# Whole days in Finland before the due date. A worker that was down on the day reminds as soon as it is up.
DAYS_BEFORE = (1, 3)


def remind_of_due_dates() -> bool:
    """Tell learners of what the run requires, is not done and is due within days. For the worker.

    Of reviews tells `reviewing.rescuing`, which knows which works wait.
    """
    today = timezone.localdate(timezone=HELSINKI)
    now = timezone.now()
    # With longer time a due date that has passed may still be ahead: each learner's own is counted below.
    near = (now - datetime.timedelta(days=MOST_DAYS), now + datetime.timedelta(days=max(DAYS_BEFORE) + 1))
    for source in (_quizzes, _assignments, _to_complete):
        for enrolment, task in source(near):
            if task.due <= now:
                continue
            try:
                _remind(enrolment, task, today)
            except Exception:
                # One who cannot be reminded keeps nobody else waiting; it is tried again in an hour.
                logger.exception("Enrolment %s could not be reminded of %s", enrolment.pk, task.key)
    return False


Near = tuple[datetime.datetime, datetime.datetime]
Told = Iterator[tuple[Enrolment, TaskDue]]


def _quizzes(near: Near) -> Told:
    due_soon = RunQuiz.objects.filter(is_required=True, due__range=near)
    for row in due_soon.select_related("quiz", "run__course"):
        passed = Attempt.objects.filter(enrolment=OuterRef("pk"), run_quiz=row, is_passed=True)
        for enrolment in _studying(row.run, ~Exists(passed)):
            yield enrolment, TaskDue("quiz", row.quiz.title, f"{row.pk}", _own(due_of(row, enrolment)))


def _assignments(near: Near) -> Told:
    due_soon = RunAssignment.objects.filter(is_required=True, due__range=near)
    for row in due_soon.select_related("assignment", "run__course"):
        came = Submission.objects.filter(enrolment=OuterRef("pk"), run_assignment=row)
        for enrolment in _studying(row.run, ~Exists(came.exclude(status=Submission.Status.TAKEN_BACK))):
            due = _own(due_of_assignment(row, enrolment))
            yield enrolment, TaskDue("assignment", row.assignment.title, f"work:{row.pk}", due)


def _to_complete(near: Near) -> Told:
    works = Submission.objects.filter(
        ~Q(passed_elsewhere("enrolment")),
        status=Submission.Status.AGAIN,
        again_due__range=near,
        enrolment__status=Status.ACTIVE,
    )
    for work in works.select_related("run_assignment__assignment", "enrolment__learner", "enrolment__run__course"):
        due = _own(later_for(work.again_due, work.enrolment))
        key = f"again:{work.pk}:{due:%Y%m%d}"
        yield work.enrolment, TaskDue("again", work.run_assignment.assignment.title, key, due)


def _studying(run: CourseRun, condition: "Exists | NegatedExpression[Any]") -> Iterator[Enrolment]:
    active = Enrolment.objects.filter(condition, ~Q(passed_elsewhere()), run=run, status=Status.ACTIVE)
    for enrolment in active.select_related("learner"):
        enrolment.run = run
        yield enrolment


def _own(due: datetime.datetime | None) -> datetime.datetime:
    """Only what has a due date was asked for."""
    assert due is not None
    return due


def _remind(enrolment: Enrolment, task: TaskDue, today: datetime.date) -> None:
    left = (timezone.localtime(task.due, HELSINKI).date() - today).days
    for days in DAYS_BEFORE:
        if left <= days:
            notifications.remind(enrolment, task, days)
            # The nearer reminder is enough where both are due.
            return


def remind_of_applications() -> bool:
    """Tell the teachers of a run, in the morning after one has come, of the applications that wait. For the worker.

    Those that nobody answers are told again when another comes, or after a week.
    """
    today = timezone.localdate(timezone=HELSINKI)
    goes_on = Q(enrolment__run__ends=None) | Q(enrolment__run__ends__gte=today)
    applied = EnrolmentEvent.objects.filter(
        goes_on,
        enrolment__status=Status.APPLIED,
        after=Status.APPLIED,
        at__lt=datetime.datetime.combine(today, datetime.time(), HELSINKI),
    )
    runs = (
        applied.order_by()
        .values("enrolment__run")
        .annotate(newest=Max("pk"), at=Max("at"), number=Count("enrolment", distinct=True))
    )
    for row in runs:
        weeks = (today - timezone.localtime(row["at"], HELSINKI).date()).days // 7
        teachers = RunTeacher.objects.filter(run=row["enrolment__run"]).select_related("user", "run__course")
        for each in teachers:
            notifications.tell_of_applications(each.user, each.run, row["number"], f"{row['newest']}:{weeks}")
    return False
