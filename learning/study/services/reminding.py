"""Reminders: to learners of what is due soon, to teachers of applications that wait for them."""

import datetime

from django.db.models import Count, Exists, Max, OuterRef, Q
from django.utils import timezone

from learning.study import notifications
from learning.study.due import HELSINKI, due_of
from learning.study.models import Attempt, Enrolment, EnrolmentEvent, RunQuiz, RunTeacher
from learning.study.models.enrolments import Status
from learning.study.services.teaching import MOST_DAYS

# Whole days in Finland before the due date. A worker that was down on the day reminds as soon as it is up.
DAYS_BEFORE = (1, 3)


def remind_of_due_dates() -> bool:
    """Tell learners of the required quizzes that they have not passed and that are due within days. For the worker."""
    today = timezone.localdate(timezone=HELSINKI)
    now = timezone.now()
    # With longer time a due date that has passed may still be ahead: each learner's own is counted below.
    near = (now - datetime.timedelta(days=MOST_DAYS), now + datetime.timedelta(days=max(DAYS_BEFORE) + 1))
    due_soon = RunQuiz.objects.filter(is_required=True, due__range=near)
    for run_quiz in due_soon.select_related("quiz", "run__course"):
        for enrolment in _not_passed(run_quiz):
            enrolment.run = run_quiz.run
            _remind(enrolment, run_quiz, today)
    return False


def _not_passed(run_quiz: RunQuiz) -> "list[Enrolment]":
    passed = Attempt.objects.filter(enrolment=OuterRef("pk"), run_quiz=run_quiz, is_passed=True)
    learners = Enrolment.objects.filter(~Exists(passed), run=run_quiz.run_id, status=Status.ACTIVE)
    now = timezone.now()
    return [each for each in learners.select_related("learner") if (due_of(run_quiz, each) or now) > now]


def _remind(enrolment: Enrolment, run_quiz: RunQuiz, today: datetime.date) -> None:
    due = due_of(run_quiz, enrolment)
    assert due is not None
    left = (timezone.localtime(due, HELSINKI).date() - today).days
    for days in DAYS_BEFORE:
        if left <= days:
            notifications.remind(enrolment, run_quiz, due, days)
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
