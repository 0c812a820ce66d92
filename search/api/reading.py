"""What a program asks, read from the address; everything that is wrong with it is told at once."""

from dataclasses import replace
from typing import TypeVar
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _

from search import facets
from search.api.problems import Problem
from search.asked import FARTHEST_PAGE, Asked
from search.found import PER_PAGE
from search.query import LONGEST, parse
from search.tokens import clean

PATH = "/api/search/"
MOST_PER_PAGE = 50
# How the page's address says the order.
SORTS = {"relevance": "", "date": "uusin"}
BOOLEANS = {"true": True, "1": True, "false": False, "0": False}
FIELDS = ("q", *(facet.field for facet in facets.FACETS), "sort", "exact", "page", "per_page")
Value = TypeVar("Value")


def read(request: HttpRequest) -> tuple[Asked, int]:
    """What is asked; every fault is told at once."""
    reading = _Reading(request)
    asked = Asked(
        query=replace(parse(reading.words()), exact=reading.one_of("exact", BOOLEANS, default="false")),
        chosen={facet.name: codes for facet in facets.FACETS if (codes := reading.codes(facet))},
        sort=reading.one_of("sort", SORTS, default="relevance"),
        page=reading.number("page", FARTHEST_PAGE, default=1),
        names=reading.names,
    )
    per_page = reading.number("per_page", MOST_PER_PAGE, default=PER_PAGE)
    reading.refuse_others()
    if reading.errors:
        raise Problem(
            400,
            "InvalidParameters",
            _("The search cannot be read"),
            " ".join(detail for _parameter, detail in reading.errors),
            reading.errors,
        )
    return asked, per_page


class _Reading:
    """The parameters of a request, and what is wrong with them."""

    def __init__(self, request: HttpRequest) -> None:
        self.said = request.GET
        self.names = facets.ChoiceNames()
        self.errors: list[tuple[str, str]] = []

    def words(self) -> str:
        text = self.said.get("q", "")
        asked = Asked(parse(text))
        if len(clean(text)) > LONGEST:
            self._wrong("q", _("Write at most %(most)d characters.") % {"most": LONGEST})
        elif not asked.query:
            self._wrong("q", asked.told or _("Give at least one word to search for."))
        return text

    def codes(self, facet: facets.Facet) -> tuple[str, ...]:
        values = list(dict.fromkeys(self.said.getlist(facet.field)))
        if not values:
            return ()
        known = self.names.codes(facet)
        if len(values) > facets.MOST_CHOSEN:
            self._wrong(facet.field, _("Choose at most %(most)d values.") % {"most": facets.MOST_CHOSEN})
        for value in values[: facets.MOST_CHOSEN]:
            if value not in known:
                self._wrong(facet.field, self._unknown(facet, value[:50], list(known)))
        return tuple(known[value] for value in values if value in known)

    def _unknown(self, facet: facets.Facet, value: str, known: list[str]) -> str:
        if facet in (facets.KIND, facets.LANGUAGE):
            told = _("“%(value)s” is not among the values: %(known)s.")
            return told % {"value": value, "known": ", ".join(known)}
        if facet is facets.YEAR:
            return _("“%(value)s” is no year: write four digits, like 2026.") % {"value": value}
        return _("“%(value)s” is not known; the facets of an answer name the values.") % {"value": value}

    def one_of(self, name: str, known: dict[str, Value], default: str) -> Value:
        value = self.said.get(name, default)
        if value not in known:
            told = _("“%(value)s” is not among the values: %(known)s.")
            self._wrong(name, told % {"value": value[:50], "known": ", ".join(known)})
        return known.get(value, known[default])

    def number(self, name: str, most: int, default: int) -> int:
        value = self.said.get(name, str(default))
        number = int(value) if value.isascii() and value.isdigit() and len(value) <= 6 else 0
        if not 1 <= number <= most:
            self._wrong(name, _("Give a whole number from 1 to %(most)d.") % {"most": most})
            return default
        return number

    def refuse_others(self) -> None:
        for name in self.said:
            if name not in FIELDS:
                told = _("There is no such parameter. Known are %(known)s.")
                self._wrong(name[:50], told % {"known": ", ".join(FIELDS)})

    def _wrong(self, parameter: str, detail: str) -> None:
        self.errors.append((parameter, detail))


def address(asked: Asked, per_page: int, page: int) -> str:
    """Return the whole address that asks this of a page."""
    pairs: list[tuple[str, str | int]] = [("q", asked.query.text)]
    for facet in facets.FACETS:
        codes, choices = asked.chosen.get(facet.name, ()), asked.names.of(facet)
        pairs += [(facet.field, choices[code].value) for code in sorted(codes) if code in choices]
    said: list[tuple[str, str | int, bool]] = [
        ("sort", "date", bool(asked.sort)),
        ("exact", "true", asked.query.exact),
        ("per_page", per_page, per_page != PER_PAGE),
        ("page", page, page > 1),
    ]
    pairs += [(name, value) for name, value, wanted in said if wanted]
    return f"{settings.SITE_URL}{PATH}?{urlencode(pairs)}"
