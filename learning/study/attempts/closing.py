"""Attempts whose time has ended are handed in as they stand, whether or not anybody looks."""

from typing import TYPE_CHECKING

from django.utils import timezone

from learning.study.attempts import timing
from learning.study.attempts.services import hand_in
from learning.study.models import Attempt

if TYPE_CHECKING:
    from django.db.models import QuerySet

AT_ONCE = 50


def close_ended_attempts() -> bool:
    """Hand in some of them; True when there may be more."""
    ended = Attempt.objects.filter(status=Attempt.Status.OPEN, deadline__lte=timezone.now() - timing.GRACE)
    closed = [hand_in(attempt=attempt, timed_out=True) for attempt in ended.order_by("deadline", "pk")[:AT_ONCE]]
    return len(closed) == AT_ONCE


def follow_the_dates(attempts: "QuerySet[Attempt]") -> None:
    """Move the ends of those under way to where the run and the enrolment have them now.

    Called in the transaction that changes a date or a person's extra time.
    """
    for attempt in attempts.filter(status=Attempt.Status.OPEN).select_related("enrolment", "run_quiz__run"):
        deadline = timing.deadline_of(attempt)
        if deadline != attempt.deadline:
            Attempt.objects.filter(pk=attempt.pk).update(deadline=deadline)
