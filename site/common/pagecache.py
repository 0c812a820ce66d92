"""Finished pages kept in memory for visitors without a session.

A dict in each process, valid for one shared generation (common/generation.py): a change anywhere makes all of it
stale at once, so no page needs to know what it shows. `PAGE_CACHE_SECONDS=0` turns it off.
"""

import hashlib
import re
from collections.abc import Callable
from copy import copy
from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import DisallowedHost, MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.response import ResponseHeaders
from django.utils.http import parse_etags
from django.utils.text import compress_string

from common import generation
from common.store import Store, end_within

MOST_BYTES = 32 * 1024 * 1024
LONGEST_QUERY = 300
LEAST_TO_COMPRESS = 500
MESSAGES_COOKIE = "messages"
# What links in newsletters and social media add to an address; no page depends on it.
TRACKING = re.compile(r"utm_\w+|fbclid|gclid|mc_[ce]id")
COMPRESSED_TYPES = re.compile(r"text/|application/(?:json|xml|rss\+xml|atom\+xml|manifest\+json)")
GZIP_ACCEPTED = re.compile(r"\bgzip\b(?!\s*;\s*q=0(?:\.0+)?\s*(?:,|$))")
NOT_OF_304 = {"content-length", "content-type"}
# The headers that depend on how the entry goes out.
OWN_HEADERS = {"cache-control", "content-encoding", "content-length", "etag", "vary"}

Key = tuple[str | None, str, str, tuple[tuple[str, str], ...]]


class Headers(ResponseHeaders):
    """Headers of an entry; a copy may be changed and costs little."""

    def __copy__(self) -> "Headers":
        twin = Headers({})
        twin._store = dict(self._store)
        return twin


@dataclass(frozen=True, slots=True)
class Entry:
    """One finished page."""

    generation: int
    ends: float
    headers: "Headers"
    body: bytes
    gzip_headers: "Headers"
    gzip: bytes | None

    @property
    def size(self) -> int:
        return len(self.body) + len(self.gzip or b"")


class PageCacheMiddleware:
    """Answers from the store where it can, before any other middleware works."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        if settings.PAGE_CACHE_SECONDS <= 0:
            raise MiddlewareNotUsed("PAGE_CACHE_SECONDS is 0")
        self.get_response = get_response
        self.store: Store[Entry] = Store(MOST_BYTES)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in {"GET", "HEAD"} or _is_personal(request):
            return self.get_response(request)
        key, is_clean = key_of(request)
        # Read before rendering: what changes meanwhile must not be stored as if it had been seen.
        before = generation.current() if key is not None else None
        if key is None or before is None:
            return self.get_response(request)
        entry = self.store.get(key, before)
        if entry is None:
            response = self.get_response(request)
            if request.method != "GET" or not is_clean or not _may_be_stored(response):
                return response
            entry = _entry(response, before)
            self.store.put(key, entry)
        return _answer(request, entry)


def key_of(request: HttpRequest) -> tuple[Key | None, bool]:
    """What the page depends on, or None; and whether the address has nothing else, so that it may be stored."""
    query = request.META.get("QUERY_STRING", "")
    if len(query) > LONGEST_QUERY:
        return None, False
    try:
        host = request.get_host()
    except DisallowedHost:
        return None, False
    pairs: list[tuple[str, str]] = []
    is_clean = True
    for name, values in request.GET.lists() if query else ():
        if name in settings.PAGE_CACHE_PARAMETERS:
            pairs += [(name, str(value)) for value in values]
        elif TRACKING.fullmatch(name):
            is_clean = False
        else:
            return None, False
    return (request.scheme, host, request.path, tuple(sorted(pairs, key=lambda pair: pair[0]))), is_clean


def _is_personal(request: HttpRequest) -> bool:
    """Whether the visitor has a session or a message waiting, or says who they are in another way."""
    if "HTTP_AUTHORIZATION" in request.META:
        return True
    if "HTTP_COOKIE" not in request.META:
        return False
    return settings.SESSION_COOKIE_NAME in request.COOKIES or MESSAGES_COOKIE in request.COOKIES


def _may_be_stored(response: HttpResponse) -> bool:
    """Whether the page is the same for everyone without a session."""
    if response.status_code != 200 or response.streaming or response.cookies:
        return False
    varies, directives = _words(response, "Vary"), _words(response, "Cache-Control")
    return varies <= {"accept-encoding"} and not directives & {"private", "no-store", "no-cache", "max-age=0"}


def _words(response: HttpResponse, header: str) -> set[str]:
    return {word.strip().lower() for word in response.get(header, "").split(",") if word.strip()}


def _entry(response: HttpResponse, seen: int) -> Entry:
    body = response.content
    headers = {name: value for name, value in response.headers.items() if name.lower() not in OWN_HEADERS}
    # Weak: the compressed and the plain page are the same page.
    headers["ETag"] = f'W/"{hashlib.blake2b(body, digest_size=12).hexdigest()}"'
    headers["Cache-Control"] = response.get("Cache-Control", "no-cache")
    headers["Vary"] = "Cookie, Accept-Encoding"
    worth = len(body) >= LEAST_TO_COMPRESS and COMPRESSED_TYPES.match(response.get("Content-Type", ""))
    gzip = compress_string(body) if worth else None
    plain = Headers({**headers, "Content-Length": str(len(body))})
    packed = Headers({**headers, "Content-Length": str(len(gzip or b"")), "Content-Encoding": "gzip"})
    return Entry(seen, end_within(settings.PAGE_CACHE_SECONDS), plain, body, packed, gzip)


def _answer(request: HttpRequest, entry: Entry) -> HttpResponse:
    if _has_it(request, entry.headers["ETag"]):
        kept = {name: value for name, value in entry.headers.items() if name.lower() not in NOT_OF_304}
        return HttpResponseNotModified(headers=kept)
    body, headers = entry.body, entry.headers
    if entry.gzip is not None and GZIP_ACCEPTED.search(request.META.get("HTTP_ACCEPT_ENCODING", "")):
        body, headers = entry.gzip, entry.gzip_headers
    response = HttpResponse(b"" if request.method == "HEAD" else body)
    # Django examines every header that it is given; these were examined when the entry was made.
    response.headers = copy(headers)
    return response


def _has_it(request: HttpRequest, etag: str) -> bool:
    asked = request.META.get("HTTP_IF_NONE_MATCH", "")
    return bool(asked) and any(each == "*" or each.removeprefix("W/") == etag[2:] for each in parse_etags(asked))
