"""Whose draft it is: a person's, or that of a browser whose visitor has not signed in."""

import hashlib
import secrets
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core import signing
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

COOKIE = "luonnos"
SALT = "drafts.visitor"
DAY = 24 * 60 * 60
COOKIE_DAYS = 30
# The attribute of a request whose answer is to bring the cookie of a visitor who was made with it.
NEW_VISITOR = "drafts_new_visitor"


@dataclass(frozen=True)
class Writer:
    """One of the two is set."""

    user_id: int | None = None
    visitor: str = ""

    @classmethod
    def person(cls, user: Any) -> "Writer":
        return cls(user_id=user.pk)

    @classmethod
    def of(cls, request: HttpRequest) -> "Writer | None":
        """The person who has signed in, the visitor whose cookie came, or None: nobody has written anything yet."""
        # Looked at only where there is a session: a page without one stays the same for everyone.
        if settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated:
            return cls.person(request.user)
        return visitor_of(request)

    @property
    def rows(self) -> Q:
        return Q(owner_id=self.user_id) if self.user_id is not None else Q(owner=None, visitor=self.visitor)

    @property
    def columns(self) -> dict[str, Any]:
        return {"owner_id": self.user_id, "visitor": self.visitor}

    @property
    def key(self) -> str:
        """What pages and devices call the person; it tells nothing. Empty for a visitor."""
        if self.user_id is None:
            return ""
        return salted_hmac("drafts.writer", str(self.user_id), algorithm="sha256").hexdigest()[:20]


def key_of(writer: Writer | None) -> str:
    return writer.key if writer else ""


def cookie_name() -> str:
    return f"__Host-{COOKIE}" if settings.SESSION_COOKIE_SECURE else COOKIE


def visitor_of(request: HttpRequest) -> Writer | None:
    """The visitor that the cookie names, if the cookie is ours; also the one that this request's answer brings."""
    cookie = getattr(request, NEW_VISITOR, "") or request.COOKIES.get(cookie_name(), "")
    try:
        key = signing.loads(cookie, salt=SALT, max_age=COOKIE_DAYS * DAY)
    except signing.BadSignature:
        return None
    return Writer(visitor=_digest(str(key)))


def new_visitor() -> tuple[Writer, str]:
    """A visitor nobody knows yet, and the cookie that will make them known."""
    key = secrets.token_urlsafe(24)
    return Writer(visitor=_digest(key)), signing.dumps(key, salt=SALT)


def remember(response: HttpResponse, cookie: str) -> None:
    response.set_cookie(
        cookie_name(),
        cookie,
        max_age=COOKIE_DAYS * DAY,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def forget(response: HttpResponse) -> None:
    response.delete_cookie(cookie_name(), samesite="Lax")
    response.cookies[cookie_name()]["secure"] = settings.SESSION_COOKIE_SECURE or ""


def _digest(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()
