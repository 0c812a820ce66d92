"""How long an attempt lasts. The server's clock decides; pages only count down from what it told."""

import datetime
from typing import Any

from django.utils import timezone

from learning.study.due import due_of
from learning.study.models import Attempt, Enrolment

# A save that was on its way when the time ended still comes in.
GRACE = datetime.timedelta(seconds=10)


def minutes_for(minutes: int | None, enrolment: Enrolment | None) -> int | None:
    """The time of the person in whole minutes, their extra time counted in and rounded up; None: no timer."""
    if not minutes:
        return None
    extra = enrolment.extra_percent if enrolment else 0
    return -(-minutes * (100 + extra) // 100)


def deadline_of(attempt: Attempt) -> datetime.datetime | None:
    """When the attempt ends: its timer runs out, or the quiz closes for the person. As things are now.

    Extra time and due dates that a teacher moves reach attempts under way.
    """
    rules: dict[str, Any] = attempt.rules
    minutes = minutes_for(rules["minutes"], attempt.enrolment)
    ends = [due_of(attempt.run_quiz, attempt.enrolment)]
    if minutes:
        ends.append(attempt.started_at + datetime.timedelta(minutes=minutes))
    return min((end for end in ends if end is not None), default=None)


def is_over(deadline: datetime.datetime | None) -> bool:
    """Whether nothing can come in any more."""
    return deadline is not None and timezone.now() > deadline + GRACE


def seconds_left(deadline: datetime.datetime | None) -> int | None:
    if deadline is None:
        return None
    return max(0, int((deadline - timezone.now()).total_seconds()))
