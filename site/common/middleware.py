"""Middleware that every request passes."""

import re
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import get_resolver
from django.utils import translation
from django.utils.cache import patch_cache_control

Handler = Callable[[HttpRequest], HttpResponse]

# Longer than any number that a column holds; SQLite raises OverflowError when asked for such a row.
# A row of digits inside the letters of a digest or of an id is no number.
TOO_LARGE = re.compile(r"(?<![0-9A-Za-z])\d{19,}(?![0-9A-Za-z])")
PERMISSIONS_POLICY = "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()"


def refuse_broken_input(get_response: Handler) -> Handler:
    """Answer 400 to what no link holds: NUL characters, byte sequences that are not UTF-8, absurd numbers."""

    def middleware(request: HttpRequest) -> HttpResponse:
        query = request.META.get("QUERY_STRING", "")
        if _is_broken(request.path) or _is_broken(query) or TOO_LARGE.search(request.path):
            handler: Callable[..., HttpResponse] = get_resolver().resolve_error_handler(400)
            return handler(request, exception=None)
        return get_response(request)

    return middleware


def _is_broken(text: str) -> bool:
    return "\x00" in text or "%00" in text or "\ufffd" in text


def language_of_path(path: str) -> str:
    """The language that the first part of the path names; Finnish has no prefix."""
    first = path.split("/", 2)[1] if path.startswith("/") else ""
    return first if first in dict(settings.LANGUAGES) and first != settings.LANGUAGE_CODE else settings.LANGUAGE_CODE


def locale_from_path(get_response: Handler) -> Handler:
    """Let the address alone decide the language, so that one address is one page for everyone and may be cached."""

    def middleware(request: HttpRequest) -> HttpResponse:
        language = language_of_path(request.path_info)
        translation.activate(language)
        request.LANGUAGE_CODE = language
        response = get_response(request)
        response.headers.setdefault("Content-Language", translation.get_language() or language)
        return response

    return middleware


def end_empty_session(get_response: Handler) -> Handler:
    """End a session that keeps nothing any more.

    The word of goodbye after signing out opens one: once it has been read, its visitor meets the page cache again.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        # One that nobody looked into stays unread: the answer would vary by the cookie.
        if request.session.accessed and request.session.session_key and not request.session.keys():
            request.session.flush()
        return response

    return middleware


def security_headers(get_response: Handler) -> Handler:
    """Add the headers that Django has no setting for, and keep personal pages out of every cache."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        personal = settings.SESSION_COOKIE_NAME in request.COOKIES or bool(response.cookies)
        if personal and "Cache-Control" not in response.headers:
            patch_cache_control(response, private=True, no_store=True)
        return response

    return middleware
