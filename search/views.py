"""The search page."""

from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise, cached_property
from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from common import languages
from common.listing import page_number
from search.access import tokens_of
from search.current import engine
from search.engines import Filters, Hit, IndexUnavailable, Results, Sort
from search.query import Query, parse
from search.sources import BY_KIND
from search.synonyms import expand

PER_PAGE = 10
_FARTHEST_PAGE = 1_000
_SORTS = {"": Sort.RELEVANCE, "uusin": Sort.NEWEST}
SORT_LABELS = {"": _("Best match first"), "uusin": _("Newest first")}


@dataclass(frozen=True)
class Asked:
    """What the address asks for; values that mean nothing are left out."""

    query: Query
    kinds: frozenset[str]
    language: str
    sort: str
    page: int

    @classmethod
    def of(cls, request: HttpRequest) -> "Asked":
        language, sort = request.GET.get("kieli", ""), request.GET.get("jarjestys", "")
        return cls(
            query=parse(request.GET.get("q", "")),
            kinds=frozenset(request.GET.getlist("laji")).intersection(BY_KIND),
            language=language if language in dict(settings.LANGUAGES) else "",
            sort=sort if sort in _SORTS else "",
            page=min(page_number(request), _FARTHEST_PAGE),
        )

    def address(self, page: int = 1) -> str:
        """Return the query part of the address that asks the same of another page."""
        pairs: list[tuple[str, str | int]] = [("q", self.query.text)]
        pairs += [("laji", kind) for kind in sorted(self.kinds)]
        pairs += [("kieli", self.language)] if self.language else []
        pairs += [("jarjestys", self.sort)] if self.sort else []
        pairs += [("page", page)] if page > 1 else []
        return f"?{urlencode(pairs)}"


@dataclass(frozen=True)
class Row:
    """A hit as the list shows it."""

    hit: Hit

    @property
    def kind(self) -> Promise | str:
        source = BY_KIND.get(self.hit.document.kind)
        return source.one if source else ""

    @property
    def title(self) -> SafeString:
        # The engine escaped all but its own marks.
        return mark_safe(self.hit.title)

    @property
    def excerpt(self) -> SafeString:
        return mark_safe(self.hit.excerpt)

    @property
    def is_from_file(self) -> bool:
        """Whether the excerpt is of the text inside the file, and not of the page."""
        plain = unescape(strip_tags(self.hit.excerpt)).strip("…")
        *of_page, of_file = self.hit.document.texts
        return bool(plain) and plain in of_file and not any(plain in text for text in of_page)

    @property
    def date(self) -> str:
        """The date as exactly as it is known, in the reader's language."""
        document = self.hit.document
        source = BY_KIND.get(document.kind)
        return source.said_date(document.date) if document.date and source else ""

    @property
    def foreign_language(self) -> str:
        """The language of a hit that isn't the page's, for its `lang` attribute."""
        language = self.hit.document.language
        return "" if language == languages.current() else language


@dataclass(frozen=True)
class Found:
    """A page of results with what the template asks of it."""

    asked: Asked
    results: Results
    page: int

    @property
    def rows(self) -> list[Row]:
        return [Row(hit) for hit in self.results.hits]

    @property
    def first(self) -> int:
        return (self.page - 1) * PER_PAGE + 1

    @property
    def last(self) -> int:
        return self.first + len(self.results.hits) - 1

    @cached_property
    def pages(self) -> int:
        return max(1, -(-self.results.total // PER_PAGE))

    def page_links(self) -> Iterator[tuple[int | str, str]]:
        """(number, address) for the pager; an ellipsis has no address."""
        pages = Paginator(range(self.results.total), PER_PAGE)
        for number in pages.get_elided_page_range(self.page, on_each_side=1, on_ends=1):
            yield number, self.asked.address(number) if isinstance(number, int) else ""

    @property
    def next_url(self) -> str:
        return self.asked.address(self.page + 1) if self.page < self.pages else ""

    def kinds(self) -> list[tuple[str, Promise, int, bool]]:
        """(kind, label, number, chosen) of each kind that the query finds or the reader chose."""
        counts = self.results.facets.get("kind", {})
        return [
            (kind, source.label, counts.get(kind, 0), kind in self.asked.kinds)
            for kind, source in BY_KIND.items()
            if kind in counts or kind in self.asked.kinds
        ]


def find(asked: Asked, request: HttpRequest) -> Found:
    """Ask the engine; a page beyond the last gives the last."""
    access, query, page = tokens_of(request), expand(asked.query), asked.page
    while True:
        results = engine().search(
            query,
            filters=Filters(kinds=asked.kinds, languages=frozenset({asked.language} - {""})),
            page=page,
            per_page=PER_PAGE,
            sort=_SORTS[asked.sort],
            access=access,
            language=languages.current(),
        )
        found = Found(asked, results, page)
        if page <= found.pages:
            return found
        page = found.pages


@require_safe
@cache_control(private=True, max_age=0)
def search(request: HttpRequest) -> HttpResponse:
    """The form, and what the query finds. While there is no index the page says so."""
    asked = Asked.of(request)
    context: dict[str, Any] = {"asked": asked, "languages": settings.LANGUAGES, "sorts": SORT_LABELS.items()}
    try:
        context["found"] = find(asked, request) if asked.query else None
    except IndexUnavailable:
        response = render(request, "search/search.html", {**context, "unavailable": True}, status=503)
        response["Retry-After"] = "10"
        return response
    return render(request, "search/search.html", context)
