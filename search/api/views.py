"""The search for programs: /api/search/ answers the same as the search page, as JSON."""

import hashlib
import json
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags
from django.utils.translation import gettext as _
from django.utils.translation.trans_real import parse_accept_lang_header

from common import languages
from common.limits import Limit
from search import facets
from search.api import openapi
from search.api.problems import Problem
from search.api.reading import address, read
from search.engines import IndexUnavailable
from search.found import Found, ListedHit, find

ONE_MINUTE = 60
_RETRY_UNAVAILABLE = 10


def search(request: HttpRequest) -> HttpResponse:
    """Answer in the language that the client accepts best; what cannot be answered is a problem in that language."""
    language = accepted(request)
    with translation.override(language):
        try:
            answer = _answer(request)
        except Problem as problem:
            answer = problem.response(request)
    answer["Content-Language"] = language
    answer["X-Robots-Tag"] = "noindex"
    patch_vary_headers(answer, ["Accept-Language", "Cookie"])
    return answer


def accepted(request: HttpRequest) -> str:
    """The site's own language unless the client names another one of the site's."""
    accepted = parse_accept_lang_header(request.headers.get("Accept-Language", "").lower())
    known = (code[:2] for code, _quality in accepted)
    return next((code for code in known if code in languages.codes()), settings.LANGUAGE_CODE)


def _answer(request: HttpRequest) -> HttpResponse:
    if request.method not in {"GET", "HEAD"}:
        raise Problem(
            405, "WrongMethod", _("This address is only read"), _("Ask with GET."), headers={"Allow": "GET, HEAD"}
        )
    wait = Limit("api", settings.SEARCH_API_PER_MINUTE, ONE_MINUTE).spend(request)
    if wait:
        told = _("At most %(most)d searches a minute from one address. Try again in %(seconds)d seconds.")
        raise Problem(
            429,
            "TooMany",
            _("Too many searches"),
            told % {"most": settings.SEARCH_API_PER_MINUTE, "seconds": wait},
            headers={"Retry-After": str(wait)},
        )
    asked, per_page = read(request)
    try:
        found = find(asked, request, per_page)
    except IndexUnavailable:
        raise Problem(
            503,
            "Unavailable",
            _("The search is being prepared"),
            _("Try again in a moment. Everything else works as usual."),
            headers={"Retry-After": str(_RETRY_UNAVAILABLE)},
        ) from None
    return _with_etag(request, json.dumps(_body(found), ensure_ascii=False).encode())


def _body(found: Found) -> dict[str, Any]:
    results = found.results
    return {
        "total": found.total,
        "page": found.page,
        "pages": found.pages,
        "per_page": found.per_page,
        "searched_for": found.searched_for or found.asked.query.text,
        "corrections": dict(results.corrections),
        "near": list(results.near),
        "missing": list(results.missing),
        "shortened": found.asked.query.shortened,
        "degraded": results.degraded,
        "results": [_result(row) for row in found.rows],
        "facets": {facet.field: list(_facet(found, facet)) for facet in facets.FACETS},
        "links": _links(found),
    }


def _result(row: ListedHit) -> dict[str, Any]:
    document = row.hit.document
    return {
        "kind": document.kind,
        "title": document.title,
        "title_html": row.hit.title,
        "excerpt_html": row.hit.excerpt,
        "keywords_html": list(row.hit.keywords),
        "url": f"{settings.SITE_URL}{document.url}" if document.url else None,
        "language": document.language,
        "date": document.date.isoformat() if document.date else None,
        "organisation": document.organisation or None,
        "fictional": document.fictional,
        "pinned": row.is_pinned,
    }


def _facet(found: Found, facet: facets.Facet) -> Iterator[dict[str, Any]]:
    for option in found.options(facet):
        choice = option.choice
        yield {
            "value": choice.value,
            "label": choice.label,
            "language": choice.language or languages.current(),
            "count": option.number,
            "chosen": option.chosen,
        }


def _links(found: Found) -> dict[str, str | None]:
    page = found.page
    return {
        "self": address(found.asked, found.per_page, page),
        "next": address(found.asked, found.per_page, page + 1) if page < found.pages else None,
        "previous": address(found.asked, found.per_page, page - 1) if page > 1 else None,
    }


def _with_etag(request: HttpRequest, body: bytes) -> HttpResponse:
    """The same answer need not travel twice; what a session may see is kept by nobody else."""
    etag = f'"{hashlib.blake2b(body, digest_size=12).hexdigest()}"'
    shared = settings.SESSION_COOKIE_NAME not in request.COOKIES
    headers = {"ETag": etag, "Cache-Control": "public, max-age=60" if shared else "private, no-cache"}
    known = parse_etags(request.headers.get("If-None-Match", ""))
    if any(each in {"*", etag} or each.removeprefix("W/") == etag for each in known):
        return HttpResponseNotModified(headers=headers)
    return HttpResponse(body, content_type="application/json", headers=headers)


def description(request: HttpRequest) -> HttpResponse:
    """The OpenAPI document."""
    return _with_etag(request, json.dumps(openapi.document(), ensure_ascii=False, indent=1).encode())
