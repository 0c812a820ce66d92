"""A page of results as templates show it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from html import unescape

from django.core.paginator import Paginator
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.html import escape, strip_tags
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator

from common import languages
from common.listing import Chip, Label
from search import facets
from search.access import tokens_of
from search.asked import SORT_LABELS, Asked
from search.choices import Group, Option
from search.current import engine
from search.documents import Document
from search.engines import Hit, Results
from search.excerpts import LENGTH
from search.facets import Choice, Facet
from search.names import forms_of
from search.pinned import keys_for
from search.sources import BY_KIND
from search.synonyms import expand
from search.tokens import tokens

PER_PAGE = 10
# Whoever gets fewer may not have found what they came for.
FEW = 5
# So far down is looked for what the editors pinned.
MOST_RANKED = 200


@dataclass(frozen=True)
class ListedHit:
    """A hit as the list shows it; one that the editors have pinned to the words stands before what was ranked."""

    hit: Hit
    is_pinned: bool = False

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
    def keywords(self) -> list[SafeString]:
        return [mark_safe(word) for word in self.hit.keywords]

    @property
    def is_from_file(self) -> bool:
        """Whether the excerpt is of the text inside the file, and not of the page."""
        *of_page, of_file = self.hit.document.texts
        if not of_file:
            return False
        plain = unescape(strip_tags(self.hit.excerpt)).strip("…")
        return bool(plain) and plain in of_file and not any(plain in text for text in of_page)

    @property
    def date(self) -> str:
        """The date as exactly as it is known, in the reader's language."""
        document = self.hit.document
        source = BY_KIND.get(document.kind)
        return source.said_date(document.date) if document.date and source else ""

    @cached_property
    def foreign_language(self) -> str:
        """The language of a hit that isn't the page's, for its `lang` attribute."""
        return _foreign(self.hit.document.language)

    @cached_property
    def organisation_language(self) -> str:
        """The language of the organisation's name, where that is not the page's."""
        return _foreign(self.hit.document.organisation_language)


def _foreign(language: str) -> str:
    return "" if language == languages.current() else language


def _said(choice: Choice) -> str:
    return Label(choice.label, choice.language) if choice.language else choice.label


@dataclass(frozen=True)
class Found:
    """A page of results with what the template asks of it."""

    asked: Asked
    results: Results
    page: int
    per_page: int = PER_PAGE
    # What the editors chose stands on the first page alone, in place of where it ranks.
    pinned: tuple[Document, ...] = ()
    # The places of those among the ranked that would be there without them.
    ranks: frozenset[int] = frozenset()

    @cached_property
    def rows(self) -> list[ListedHit]:
        """The hits of the page, the editors' choice first and once."""
        first = [ListedHit(_as_hit(document), is_pinned=True) for document in self.pinned] if self.page == 1 else []
        pinned = {_identity(document) for document in self.pinned}
        return first + [ListedHit(hit) for hit in self.results.hits if _identity(hit.document) not in pinned]

    @property
    def total(self) -> int:
        """As many as all pages show: one that is pinned and ranks is one."""
        return self.results.total + len(self.pinned) - len(self.ranks)

    @property
    def is_little(self) -> bool:
        return self.total < FEW

    @property
    def first(self) -> int:
        start = (self.page - 1) * self.per_page
        return 1 + start + (len(self.pinned) - sum(rank < start for rank in self.ranks) if start else 0)

    @property
    def last(self) -> int:
        return self.first + len(self.rows) - 1

    @cached_property
    def pages(self) -> int:
        """A page whose hits all stand on the first one is none."""
        ranked = self.results.total
        while ranked - 1 in self.ranks:
            ranked -= 1
        return max(1, -(-ranked // self.per_page))

    def page_links(self) -> Iterator[tuple[int | str, str]]:
        """(number, address) for the pager; an ellipsis has no address."""
        pages = Paginator(range(self.pages), 1)
        for number in pages.get_elided_page_range(self.page, on_each_side=1, on_ends=1):
            yield number, self.asked.address(number) if isinstance(number, int) else ""

    @property
    def next_url(self) -> str:
        return self.asked.address(self.page + 1) if self.page < self.pages else ""

    @cached_property
    def groups(self) -> list[Group]:
        """The facets that can narrow these results, or already do."""
        groups = [Group(facet, self.options(facet)) for facet in facets.FACETS]
        return [group for group in groups if self._is_of_use(group)]

    def options(self, facet: Facet) -> list[Option]:
        counts, chosen = self.results.facets.get(facet.name, {}), self.asked.chosen.get(facet.name, ())
        return [
            Option(choice, counts.get(code, 0), code in chosen)
            for code, choice in self.asked.names.of(facet).items()
            if counts.get(code) or code in chosen
        ]

    def _is_of_use(self, group: Group) -> bool:
        """Whether it narrows anything: what every hit has is no choice, though the kinds say what was found."""
        narrows = any(option.number < self.results.total for option in group.options)
        return bool(group.options) and (narrows or group.is_active or group.facet is facets.KIND)

    @cached_property
    def chips(self) -> list[Chip]:
        return [
            Chip(_said(choice), self.asked.without(facet, choice.code).address())
            for facet in facets.FACETS
            for choice in map(self.asked.names.of(facet).get, self.asked.chosen.get(facet.name, ()))
            if choice
        ]

    @property
    def clear_url(self) -> str:
        return replace(self.asked, chosen={}).address()

    @property
    def sort_links(self) -> list[tuple[Promise, str, bool]]:
        """(label, address, in force) of each order."""
        return [
            (label, replace(self.asked, sort=value).address(), value == self.asked.sort)
            for value, label in SORT_LABELS.items()
        ]

    @property
    def searched_for(self) -> str:
        """The text that was searched for in place of the typed one; empty where nothing was corrected."""
        if not self.results.corrections:
            return ""
        text, pieces, last = self.asked.query.text, [], 0
        for token in tokens(text):
            pieces += [
                text[last : token.start],
                self.results.corrections.get(token.word, text[token.start : token.end]),
            ]
            last = token.end
        return "".join([*pieces, text[last:]])

    @property
    def missing(self) -> str:
        """The words that nothing found holds, as they were typed."""
        words = {token.word: self.asked.query.text[token.start : token.end] for token in tokens(self.asked.query.text)}
        return ", ".join(words.get(word, word) for word in self.results.missing)

    @property
    def exact_url(self) -> str:
        """The way back to the words as they were typed."""
        return self.asked.typed(self.asked.query.text, exact=True).address()

    @property
    def near_url(self) -> str:
        """The way from exact words to a search that corrects them."""
        return self.asked.typed(self.asked.query.text).address()

    @property
    def near(self) -> list[tuple[str, str]]:
        """(word, address) of what may have been meant when nothing was found, one form of a word each."""
        kept: list[str] = []
        seen: set[str] = set()
        for word, forms in zip(self.results.near, forms_of(self.results.near), strict=True):
            if not seen & forms:
                kept.append(word)
            seen |= forms
        return [(word, self.asked.typed(word).address()) for word in kept]


def find(asked: Asked, request: HttpRequest, per_page: int = PER_PAGE) -> Found:
    """Ask the engine; a page beyond the last gives the last. Raises IndexUnavailable."""
    access, query, page = tokens_of(request), expand(asked.query), asked.page
    pinned = _pinned(asked, access)

    def ask(page: int, per_page: int) -> Results:
        return engine().search(
            query,
            filters=asked.filters,
            page=page,
            per_page=per_page,
            sort=asked.order,
            access=access,
            language=languages.current(),
        )

    while True:
        results = ask(page, per_page)
        found = Found(asked, results, page, per_page, pinned, _ranks(pinned, results, page, per_page, ask))
        if page <= found.pages:
            return found
        page = found.pages


def _ranks(
    pinned: Sequence[Document], results: Results, page: int, per_page: int, ask: Callable[[int, int], Results]
) -> frozenset[int]:
    """The places of the pinned among the ranked. Few searches have any, and fewer one that is not on the first page."""
    wanted = {_identity(document) for document in pinned}
    is_known = page == 1 and (results.total <= per_page or wanted <= {_identity(hit.document) for hit in results.hits})
    if wanted and not is_known:
        results = ask(1, min(results.total, MOST_RANKED) or 1)
    return frozenset(place for place, hit in enumerate(results.hits) if _identity(hit.document) in wanted)


def _identity(document: Document) -> str:
    """A translation, or what fewer may open of it, is the same page."""
    return document.translation_key or document.key


def _pinned(asked: Asked, access: Sequence[str]) -> tuple[Document, ...]:
    """What the editors have pinned to these words, unless something more particular is asked."""
    if asked.chosen or asked.sort or asked.query.exact:
        return ()
    keys = keys_for(asked.query, languages.current())
    documents = engine().fetch(keys, access=access) if keys else {}
    return tuple(documents[key] for key in keys if key in documents)


def _as_hit(document: Document) -> Hit:
    beginning = Truncator(document.lead or document.body).chars(LENGTH)
    return Hit(document, escape(document.title), escape(beginning), 0.0)
