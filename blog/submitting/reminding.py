"""Reminders to whose turn it is: two days before the due day, on it, and each week after."""

import datetime
from typing import Any

from django.utils import timezone

from blog.models import Submission
from blog.models.submissions import OPEN, State, Turn
from blog.submitting import letters, sentences
from blog.submitting.querysets import for_queue

DAYS_BEFORE = 2
WEEK = 7


def remind() -> bool:
    """Tell whose turn it is what is due, once for each reminder. For the worker."""
    today = timezone.localdate()
    soon = today + datetime.timedelta(days=DAYS_BEFORE)
    waiting = Submission.objects.filter(state__in=OPEN - {State.SENT}, due__lte=soon).exclude(turn=Turn.NOBODY)
    for submission in waiting.select_related("editor"):
        _remind(submission, today)
    if for_queue().filter(due__lt=today).exists():
        letters.tell_queue(must_act=False)
    return False


def stage(due: datetime.date, today: datetime.date) -> int | None:
    """Which reminder the day is for: days left of 2 and 0, or minus the weeks' days gone by; None: too early.

    Where the worker was down on the day, the reminder comes as soon as it is up.
    """
    left = (due - today).days
    if left > DAYS_BEFORE:
        return None
    if left > 0:
        return DAYS_BEFORE
    return -(-left // WEEK) * WEEK


def _remind(submission: Submission, today: datetime.date) -> None:
    if submission.due is None:
        return
    days = stage(submission.due, today)
    if days is None:
        return
    key = f"{submission.pk}:{submission.turn_since:%Y%m%d%H%M}:{submission.due:%Y%m%d}:{days}"
    facts: dict[str, Any] = {"due": submission.due.isoformat(), "days": -1 if submission.due < today else 0}
    if submission.turn == Turn.WRITER:
        letters.tell_writers(submission, sentences.REMINDER, key=key, **facts)
    else:
        letters.tell_editor(submission, sentences.REMINDER, must_act=False, key=key, **facts)
    Submission.objects.filter(pk=submission.pk).update(reminded_at=timezone.now())
