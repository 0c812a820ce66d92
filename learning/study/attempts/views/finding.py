"""Whose attempt is asked for, and in which state it is by now."""

import uuid
from typing import Any

from django.http import Http404, HttpRequest

from learning.study.attempts import answers, timing
from learning.study.attempts.services import hand_in
from learning.study.models import Attempt


def own_attempt(request: HttpRequest, key: uuid.UUID) -> Attempt:
    """The attempt of the person who asks; of anybody else's nothing is told, not even that it is there."""
    attempt = answers.attempt_of(request.user, str(key))
    if attempt is None:
        raise Http404
    return in_time(attempt)


def in_time(attempt: Attempt) -> Attempt:
    """The attempt, handed in if its time has ended."""
    if attempt.is_open and timing.is_over(timing.deadline_of(attempt)):
        ended = hand_in(attempt=attempt, timed_out=True)
        ended.run_quiz = attempt.run_quiz
        ended.enrolment = attempt.enrolment
        return ended
    return attempt


def timer_of(attempt: Attempt) -> dict[str, Any]:
    """What the page needs to count down, by the server's clock."""
    deadline = timing.deadline_of(attempt)
    return {
        "deadline": deadline,
        "left": timing.seconds_left(deadline),
        "grace": int(timing.GRACE.total_seconds()),
        "has_timer": bool(attempt.rules["minutes"]),
    }
