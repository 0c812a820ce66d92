"""The secret address of a learner's calendar."""

import hashlib
import secrets
from typing import TYPE_CHECKING

from learning.study.models import CalendarKey

if TYPE_CHECKING:
    from accounts.models import User

BYTES = 24


def renew_calendar_key(*, learner: "User") -> str:
    """Make a new secret, which ends the old one, and return it: it is told once and kept nowhere."""
    secret = secrets.token_urlsafe(BYTES)
    CalendarKey.objects.filter(learner=learner).delete()
    CalendarKey.objects.create(learner=learner, digest=digest_of(secret))
    return secret


def revoke_calendar_key(*, learner: "User") -> None:
    CalendarKey.objects.filter(learner=learner).delete()


def learner_with(secret: str) -> "User | None":
    """Whose calendar the secret opens."""
    key = CalendarKey.objects.select_related("learner").filter(digest=digest_of(secret)).first()
    return key.learner if key is not None and key.learner.is_active else None


def digest_of(secret: str) -> str:
    # The secret is long and random: a plain digest cannot be guessed back.
    return hashlib.sha256(secret.encode()).hexdigest()
