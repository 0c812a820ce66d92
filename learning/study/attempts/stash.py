"""Answers that came when the session had ended: kept in the new one, and saved once their writer has signed in.

Signing in keeps what a session without a person holds. Whoever else signs in finds nothing: the attempt is not theirs.
"""

import json
from typing import Any

from django.http import HttpRequest

from drafts.forms import KILOBYTE
from learning.study.attempts import answers
from learning.study.attempts.asking import known_fields
from learning.study.models import Attempt

KEY = "study.answers"
MOST_BYTES = 400 * KILOBYTE


def put_by(request: HttpRequest, key: str) -> bool:
    """Keep what the form sent; only for an attempt that is open, since anybody could send anything."""
    fields, base = answers.posted(request)
    if not Attempt.objects.filter(public_id=key, status=Attempt.Status.OPEN).exists():
        return False
    if not fields or len(json.dumps(fields)) > MOST_BYTES:
        return False
    request.session[KEY] = {"attempt": key, "fields": fields, "base": base}
    return True


def take_up(request: HttpRequest, attempt: Attempt) -> bool | None:
    """Save what was put by for the attempt; None where there was nothing, False where something newer was saved."""
    kept: dict[str, Any] | None = request.session.get(KEY)
    if kept is None or kept["attempt"] != str(attempt.public_id):
        return None
    del request.session[KEY]
    return answers.save(attempt=attempt, fields=known_fields(attempt, kept["fields"]), base=kept["base"])
