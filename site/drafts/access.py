"""Who is writing, and whether they may."""

import hashlib
import time
from typing import Any

from allauth.core.internal.ratelimit import get_ip
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from drafts.errors import Closed, SignedIn, SignedOut, SomeoneElse, TooMany
from drafts.forms import FormKind
from drafts.writers import Writer

# What one network address may begin without signing in; a whole school may share one.
NEW_VISITORS_PER_HOUR = 200
HOUR = 60 * 60
PERSON_HEADER = "X-Draft-Person"


def writer_of(request: HttpRequest, kind: FormKind) -> Writer | None:
    """The writer, None for a visitor who has no cookie yet.

    The page tells whom it was made for: raises SignedOut, SomeoneElse or SignedIn where that is no longer who asks.
    """
    writer = Writer.of(request)
    is_signed_in = writer is not None and writer.user_id is not None
    told = request.headers.get(PERSON_HEADER)
    if not is_signed_in and (told or not kind.allows_anonymous):
        raise SignedOut
    if is_signed_in and told is not None and writer is not None and told != writer.key:
        raise SomeoneElse if told else SignedIn
    return writer


def check_may_write(request: HttpRequest, kind: FormKind, writer: Writer | None, object_key: str) -> None:
    """Raise Closed, or what else the form's own app says."""
    user: Any = request.user if writer and writer.user_id is not None else None
    if not kind.may_write(user, object_key):
        raise Closed


def count_new_visitor(request: HttpRequest) -> None:
    """Raise TooMany where an address has begun too many drafts in this hour. Without a cache nobody is counted."""
    try:
        address = get_ip(request)
    except PermissionDenied:
        address = ""
    digest = hashlib.blake2b(address.encode(), digest_size=12).hexdigest()
    key = f"drafts:visitors:{int(time.time()) // HOUR}:{digest}"
    try:
        count = cache.get(key, 0) + 1
        if count > NEW_VISITORS_PER_HOUR:
            raise TooMany
        cache.set(key, count, timeout=HOUR)
    except TooMany:
        raise
    except Exception:
        return
