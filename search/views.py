"""The search page, and what is suggested while somebody types."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from common import languages
from learning.themes.models import ThemePage
from search import wordings
from search.access import tokens_of
from search.asked import Asked
from search.current import engine
from search.engines import IndexUnavailable
from search.found import find
from search.sources import BY_KIND
from search.tokens import clean

MOST_THEMES = 4
MOST_SUGGESTIONS = 8
MOST_WORDINGS = 3
LONGEST_BEGINNING = 100


@require_safe
@cache_control(private=True, max_age=0)
def search(request: HttpRequest) -> HttpResponse:
    """The form, and what the query finds. While there is no index the page says so."""
    asked = Asked.of(request)
    context: dict[str, Any] = {"asked": asked}
    try:
        found = find(asked, request) if asked.query else None
        if found:
            wordings.note(request, asked.query, found.total)
    except IndexUnavailable:
        response = render(request, "search/search.html", {**context, "unavailable": True}, status=503)
        response["Retry-After"] = "10"
        return response
    if found and not found.total:
        context["themes"] = _current_themes()
    return render(request, "search/search.html", {**context, "found": found})


def _current_themes() -> list[ThemePage]:
    """This month's theme and the ones before it, in the reader's language where they are in it."""
    themes = ThemePage.objects.in_language(languages.current()).filter(month__lte=timezone.localdate())
    return list(themes.select_related("locale").defer_streamfields().order_by("-month", "order")[:MOST_THEMES])


@require_safe
@cache_control(private=True, max_age=60)
def suggest(request: HttpRequest) -> JsonResponse:
    """What the beginning of a search may become: what many have searched for, then pages and terms to open.

    One without an address is searched for; `language` is that of a text in another one than the page's.
    """
    typed = clean(request.GET.get("q", ""))[:LONGEST_BEGINNING]
    language = languages.current()
    try:
        found = engine().suggest(typed, access=tokens_of(request), language=language, limit=MOST_SUGGESTIONS)
    except IndexUnavailable:
        found = ()
    titles = {each.text.lower() for each in found}
    often = [words for words in wordings.popular(typed, language, MOST_WORDINGS) if words.lower() not in titles]
    suggestions = [_suggestion(words, _("Often searched")) for words in often] + [
        _suggestion(
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


def _suggestion(text: str, kind: str | Promise, url: str = "", language: str = "") -> dict[str, str]:
    return {"text": text, "kind": str(kind), "url": url, "language": language}
