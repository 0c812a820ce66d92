"""The search page, and what is suggested while somebody types."""

from dataclasses import replace
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from common import languages
from common.limits import Limit
from learning.themes.models import ThemePage
from search import wordings
from search.access import tokens_of
from search.asked import Asked
from search.current import engine
from search.engines import IndexUnavailable
from search.found import find
from search.sources import BY_KIND
from search.suggested import pieces
from search.tokens import clean

MOST_THEMES = 4
MOST_SUGGESTIONS = 8
MOST_WORDINGS = 3
LONGEST_BEGINNING = 100
ONE_MINUTE = 60
RETRY_UNAVAILABLE = 10


# Nothing is written here: whoever sends a form is told so, and not that its token is missing.
@csrf_exempt
@require_safe
@cache_control(private=True, max_age=0)
def search(request: HttpRequest) -> HttpResponse:
    """The form, and what the query finds. While there is no index the page says so."""
    asked = Asked.of(request)
    context: dict[str, Any] = {"asked": asked, "unfiltered": 0, "meant": ""}
    wait = Limit("search", settings.SEARCH_PER_MINUTE, ONE_MINUTE).spend(request) if asked.query else 0
    if wait:
        return _later(request, {**context, "wait": wait}, 429, wait)
    try:
        found = find(asked, request) if asked.query else None
        # What less than the index does not find may be there all the same.
        if found and (found.total or not found.results.degraded):
            wordings.note(request, asked.query, found.total)
    except IndexUnavailable:
        return _later(request, {**context, "unavailable": True}, 503, RETRY_UNAVAILABLE)
    if found and not found.total:
        context["themes"] = _current_themes()
        if asked.chosen:
            everything = find(replace(asked, chosen={}, page=1), request)
            context |= {"unfiltered": everything.total, "meant": everything.searched_for or asked.query.text}
    return render(request, "search/search.html", {**context, "found": found})


def _later(request: HttpRequest, context: dict[str, Any], status: int, seconds: int) -> HttpResponse:
    response = render(request, "search/search.html", context, status=status)
    response["Retry-After"] = str(seconds)
    return response


def _current_themes() -> list[ThemePage]:
    """This month's theme and the ones before it, in the reader's language where they are in it."""
    themes = ThemePage.objects.in_language(languages.current()).filter(month__lte=timezone.localdate())
    return list(themes.select_related("locale").defer_streamfields().order_by("-month", "order")[:MOST_THEMES])


@csrf_exempt
@require_safe
@cache_control(private=True, max_age=60)
def suggest(request: HttpRequest) -> JsonResponse:
    """What the beginning of a search may become: what many have searched for, then pages and terms to open.

    One without an address is searched for; `language` is that of a text in another one than the page's, and every
    second of the `pieces` of a text goes on as was typed.
    """
    wait = Limit("suggest", settings.SUGGESTIONS_PER_MINUTE, ONE_MINUTE).spend(request)
    if wait:
        return JsonResponse(
            {"suggestions": []}, status=429, headers={"Retry-After": str(wait), "Cache-Control": "no-store"}
        )
    typed = clean(request.GET.get("q", ""))[:LONGEST_BEGINNING]
    language = languages.current()
    try:
        found = engine().suggest(typed, access=tokens_of(request), language=language, limit=MOST_SUGGESTIONS)
    except IndexUnavailable:
        found = ()
    titles = {each.text.lower() for each in found}
    often = [words for words in wordings.popular(typed, language, MOST_WORDINGS) if words.lower() not in titles]
    suggestions = [_suggestion(typed, words, _("Often searched")) for words in often] + [
        _suggestion(
            typed,
            each.text,
            BY_KIND[each.kind].one if each.kind in BY_KIND else "",
            each.url,
            "" if each.language == language else each.language,
        )
        for each in found
    ]
    response = JsonResponse({"suggestions": suggestions[:MOST_SUGGESTIONS]})
    response["X-Robots-Tag"] = "noindex"
    return response


def _suggestion(typed: str, text: str, kind: str | Promise, url: str = "", language: str = "") -> dict[str, Any]:
    return {"text": text, "pieces": pieces(text, typed), "kind": str(kind), "url": url, "language": language}
