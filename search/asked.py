"""What the address of a search asks for, and the addresses of what may be asked next."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Self
from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from common.listing import page_number
from search import facets
from search.engines import Filters, Sort
from search.query import LONGEST, MOST_WORDS, Query, parse
from search.tokens import LONGEST_WORD

FARTHEST_PAGE = 1_000
SORTS = {"": Sort.RELEVANCE, "uusin": Sort.NEWEST}
SORT_LABELS = {"": _("Best match first"), "uusin": _("Newest first")}
EXACT = "tarkka"
_LEFT_OUT = _(
    "Part of the text was left out: the search reads at most %(words)d words and %(letters)d characters, and a word has"
    " at most %(longest)d letters."
)
# What the engine calls the codes of a document.
_CODE_FIELDS = {facets.THEME.name: "themes", facets.PHENOMENON.name: "phenomena", facets.REGION.name: "regions"}


@dataclass(frozen=True)
class Asked:
    """A search: `chosen` are the codes of each facet, by its name."""

    query: Query
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sort: str = ""
    page: int = 1
    names: facets.ChoiceNames = field(default_factory=facets.ChoiceNames, compare=False)

    @classmethod
    def of(cls, request: HttpRequest) -> Self:
        """Read the address of the search page; values that mean nothing are left out."""
        said, names = request.GET, facets.ChoiceNames()
        sort = said.get("jarjestys", "")
        chosen = {each.name: names.codes_of(each, said.getlist(each.parameter)) for each in facets.FACETS}
        return cls(
            query=replace(parse(said.get("q", "")), exact=said.get(EXACT) == "1"),
            chosen={name: codes for name, codes in chosen.items() if codes},
            sort=sort if sort in SORTS else "",
            page=min(page_number(request), FARTHEST_PAGE),
            names=names,
        )

    @property
    def filters(self) -> Filters:
        """What the engine is to limit the hits to."""
        return Filters(
            kinds=self._codes(facets.KIND),
            languages=self._codes(facets.LANGUAGE),
            years=frozenset(map(int, self._codes(facets.YEAR))),
            codes={
                field_name: frozenset(self.chosen[name])
                for name, field_name in _CODE_FIELDS.items()
                if self.chosen.get(name)
            },
        )

    @property
    def order(self) -> Sort:
        return SORTS[self.sort]

    @property
    def is_vain(self) -> bool:
        """Whether something was typed and there is nothing in it to search for."""
        return bool(self.query.text) and not self.query

    @property
    def told(self) -> str:
        """What of the typed text cannot be searched for, in a sentence; "" where all of it can."""
        if self.is_vain and self.query.excluded:
            return gettext("These words only say what to leave out. Write also what to look for.")
        if self.query.shortened:
            return str(_LEFT_OUT) % {"words": MOST_WORDS, "letters": LONGEST, "longest": LONGEST_WORD}
        if self.is_vain:
            return gettext("There is no word in “%(text)s”. Write at least one.") % {"text": self.query.text}
        return ""

    def _codes(self, facet: facets.Facet) -> frozenset[str]:
        return frozenset(self.chosen.get(facet.name, ()))

    def without(self, facet: facets.Facet, code: str) -> Self:
        """The same with one choice fewer."""
        left = tuple(each for each in self.chosen.get(facet.name, ()) if each != code)
        rest = {name: codes for name, codes in self.chosen.items() if name != facet.name}
        return replace(self, chosen={**rest, facet.name: left} if left else rest)

    def typed(self, text: str, *, exact: bool = False) -> Self:
        """The same asked with other words."""
        return replace(self, query=replace(parse(text), exact=exact))

    def address(self, page: int = 1) -> str:
        """Return the query part of the address that asks this; one search has one address."""
        pairs: list[tuple[str, str | int]] = [("q", self.query.text)]
        for each in facets.FACETS:
            codes = self.chosen.get(each.name, ())
            choices = self.names.of(each) if codes else {}
            pairs += [(each.parameter, choices[code].value) for code in sorted(codes) if code in choices]
        pairs += [("jarjestys", self.sort)] if self.sort else []
        pairs += [(EXACT, 1)] if self.query.exact else []
        pairs += [("page", page)] if page > 1 else []
        return f"?{urlencode(pairs)}"
