"""What all readers of a page share is drawn once; what is a reader's own is drawn for each and put in its place.

The page cache gives finished pages to visitors without a session, by their address alone. Everybody else's page is
looked up anew, since who they are decides whether they may read it, and holds the way to their own page, messages
that wait for them and an editor's bar: base.html marks these places with the tag `own`. The rest is the same.

It is drawn for nobody: with a request that has neither session nor cookies. So nothing of a reader can get into it,
whatever a template asks; a page that shows readers something of their own besides would show them what it shows a
stranger, and says therefore `is_shared = False`.
"""

import io
import re
import secrets
import sys
from collections.abc import Callable, Hashable, Sequence
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.base import SessionBase
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.utils.module_loading import import_string
from django.utils.safestring import SafeString, mark_safe

from common import kept, languages
from common.pagecache import Key, key_of

if TYPE_CHECKING:
    from common.models import BasePage

Draw = Callable[[HttpRequest], HttpResponse]
# Texts and the names of templates in turns: a text first and last.
Parts = Sequence[str]
# What a request for nobody keeps: what is asked, of which host. Everything else may tell who is asking.
ASKED = {
    "REQUEST_METHOD",
    "SCRIPT_NAME",
    "PATH_INFO",
    "QUERY_STRING",
    "SERVER_NAME",
    "SERVER_PORT",
    "SERVER_PROTOCOL",
    "HTTP_HOST",
    "HTTP_X_FORWARDED_HOST",
    "HTTP_X_FORWARDED_PORT",
    "HTTP_X_FORWARDED_PROTO",
    "wsgi.url_scheme",
}
# What the page depends on besides the address, found out by middleware and on the way to the page.
ATTRIBUTES = ("LANGUAGE_CODE", "resolver_match", "_wagtail_site")
# Nobody can write a mark into a text of theirs.
_MARK = f"<!--own {secrets.token_hex(8)} %s-->"
_MARKS = re.compile(re.escape(_MARK).replace("%s", "([^ ]+)"))


def answer(page: "BasePage", request: HttpRequest, draw: Draw) -> HttpResponse:
    """The page for the reader who asks; `draw` draws it for the reader of a request."""
    key = _key(page, request)
    parts = kept.remembered(("page", page.pk, key), lambda: _drawn_for_nobody(request, draw), _size) if key else None
    return HttpResponse(_filled(parts, page, request)) if parts else draw(request)


def own(template: str, page: Any, request: HttpRequest | None) -> SafeString:
    """Draw a part that is the reader's own, or mark its place where the page is drawn for nobody."""
    if isinstance(request, _NobodysRequest):
        return mark_safe(_MARK % template)
    return render_to_string(template, {"page": page}, request)


class _NobodysRequest(WSGIRequest):
    """The question of a reader's request, asked by a reader of whom nothing is known."""

    def __init__(self, request: WSGIRequest) -> None:
        asked = {name: value for name, value in request.environ.items() if name in ASKED}
        super().__init__({**asked, "wsgi.input": io.BytesIO()})
        self.user = AnonymousUser()
        session_store: type[SessionBase] = import_string(f"{settings.SESSION_ENGINE}.SessionStore")
        self.session = session_store()
        for name in ATTRIBUTES:
            if hasattr(request, name):
                setattr(self, name, getattr(request, name))


def nobody(request: HttpRequest) -> HttpRequest:
    """The question of the request asked by nobody: for drawing a part that all readers of a private page share."""
    assert isinstance(request, WSGIRequest)
    return _NobodysRequest(request)


def _key(page: "BasePage", request: HttpRequest) -> Key | None:
    """What the shared part depends on; None where the page is drawn for its reader alone.

    Only a published page at its own address is shared: no preview comes by way of an address.
    """
    route = getattr(request, "_wagtail_route_for_request", None)
    if not page.is_shared or route is None or route.page is not page or not isinstance(request, WSGIRequest):
        return None
    key, is_clean = key_of(request)
    return key if is_clean and request.method in {"GET", "HEAD"} else None


def _drawn_for_nobody(request: HttpRequest, draw: Draw) -> Parts:
    """The page in parts; none where it is no plain page, or would send a token or anything else of its own along."""
    assert isinstance(request, WSGIRequest)
    nobody = _NobodysRequest(request)
    response = draw(nobody)
    if not isinstance(response, TemplateResponse) or response.status_code != 200:
        return ()
    text = response.render().text
    is_plain = set(response.headers) == {"Content-Type"} and not response.cookies
    has_token = "CSRF_COOKIE" in nobody.META
    return _MARKS.split(text) if is_plain and not has_token and not nobody.session.modified else ()


def _filled(parts: Parts, page: "BasePage", request: HttpRequest) -> str:
    owned = {template: own(template, page, request) for template in set(parts[1::2])}
    return "".join(owned[part] if place % 2 else part for place, part in enumerate(parts))


def _size(parts: Parts) -> int:
    return sum(map(sys.getsizeof, parts))


# What separates the parts of a reader's own in the template that draws all of them.
_PART = re.compile(r"<!--part ([^ ]+)-->\n?")


def mark(name: str) -> SafeString:
    """The place of a part that is the reader's own, in a page that `of_parts` puts together."""
    return mark_safe(_MARK % name)


def of_parts(
    request: HttpRequest,
    template: str,
    shared: dict[str, Any],
    own: str,
    mine: dict[str, Any],
    *,
    any_query: bool = False,
) -> str:
    """A page of which all readers share what `template` draws of `shared`: it is drawn for nobody and kept by address.

    `own` draws the reader's parts of `mine`, each after <!--part name-->, where the frame's own parts are among them;
    the tag own_part marks their places in the template. `any_query`: the frame is the same whatever the address asks,
    as that shows in the reader's parts alone. Otherwise only what is drawn without a query is kept.
    """
    # In the administration its reader chooses the language, not the address.
    key = ("parts", template, request.get_host(), request.path, languages.current())

    def draw() -> Parts:
        return _MARKS.split(render_to_string(template, shared, nobody(request)))

    # What is asked may show anywhere: an answer to a question of a lesson does.
    is_kept = any_query or not request.META.get("QUERY_STRING")
    parts = kept.remembered(key, draw, _size) if is_kept else draw()
    owned = _PART.split(render_to_string(own, mine, request))
    by_name = dict(zip(owned[1::2], owned[2::2], strict=True))
    return "".join(by_name.get(part, "") if place % 2 else part for place, part in enumerate(parts))


# What the values of a key weigh, about: rows of lessons with what they point to.
_VALUES = 4_000


def drawn(template: str, **values: Hashable) -> SafeString:
    """What the template makes of these values alone: drawn once for all of whom they are true.

    There is no request, so nothing of a reader gets into it but what the values say; equal values must look equal.
    """
    key = ("drawn", template, languages.current(), *sorted(values.items()))
    return kept.remembered(key, lambda: render_to_string(template, values), lambda html: sys.getsizeof(html) + _VALUES)
