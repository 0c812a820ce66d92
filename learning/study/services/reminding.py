"""Reminders of what is due soon."""

import datetime

from django.db.models import Exists, OuterRef
from django.utils import timezone

from learning.study import notifications
from learning.study.due import HELSINKI, due_of
from learning.study.models import Attempt, Enrolment, RunQuiz
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
