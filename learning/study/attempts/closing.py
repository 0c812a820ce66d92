"""Attempts whose time has ended are handed in as they stand, whether or not anybody looks."""

from django.db.models import Q
from django.utils import timezone

from learning.study.attempts.services import hand_in
from learning.study.attempts.timing import GRACE
from learning.study.models import Attempt

AT_ONCE = 50


def close_ended_attempts() -> bool:
    """Hand in some of them; True when there may be more."""
    cut = timezone.now() - GRACE
    ended = Q(deadline__lte=cut)
    # An attempt without an end may have got one since.
    given = Q(deadline=None) & (Q(run_quiz__due__lte=cut) | Q(run_quiz__run__ends__lt=timezone.localdate()))
    rows = Attempt.objects.filter(ended | given, status=Attempt.Status.OPEN).order_by("deadline", "pk")[:AT_ONCE]
    closed = [hand_in(attempt=attempt, timed_out=True) for attempt in rows]
    return len(closed) == AT_ONCE
