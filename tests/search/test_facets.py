"""Numbers beside the filters: what each value would give if it were chosen."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest

from search.documents import Document
from search.engines import Engine, Filters, Results
from search.engines.ranking import CODES
from tests.search.conftest import make


def filtered_by(facet: str, value: str) -> Filters:
    one = frozenset({value})
    if facet in CODES:
        return Filters(codes={CODES[facet]: one})
    if facet == "year":
        return Filters(years=frozenset({int(value)}))
    return Filters(kinds=one) if facet == "kind" else Filters(languages=one)


def both(one: Filters, other: Filters) -> Filters:
    """Filters of two different facets together."""
    return Filters(
        one.kinds | other.kinds, one.languages | other.languages, one.years | other.years, {**one.codes, **other.codes}
    )


@pytest.fixture
def documents() -> list[Document]:
    """Two kinds, years, languages and regions in every combination; half of the pages in two languages."""
    made = []
    for number in range(24):
        values: dict[str, Any] = {
            "kind": "event" if number % 2 else "post",
            "date": datetime.date(2024 + number % 3, 5, 1),
            "regions": ("kainuu",) if number % 4 else ("lappi", "kainuu"),
            "themes": ("a",) if number % 5 else (),
            "phenomena": ("asunnottomuus",) if number < 12 else (),
        }
        made.append(make(f"p:{number}", "Raportti", translation_key=f"k{number}", **values))
        if number % 2 == 0:
            made.append(
                make(f"s:{number}", "Raportti", language="sv", translation_key=f"k{number}", **{**values, "themes": ()})
            )
    return made


def test_each_number_is_what_choosing_the_value_gives(
    engine: Engine, results: Callable[..., Results], documents: list[Document]
) -> None:
    engine.index(documents)
    facets = results("raportti").facets
    assert set(facets) == {"kind", "theme", "phenomenon", "region", "language", "year"}
    for facet, values in facets.items():
        assert values, facet
        for value, number in values.items():
            chosen = results("raportti", filters=filtered_by(facet, value))
            assert chosen.total == number, (facet, value)
            # The other numbers go down with it, those of its own facet stay.
            assert chosen.facets[facet] == values, (facet, value)
            for other, others in chosen.facets.items():
                for name, count in others.items() if other != facet else ():
                    filters = both(filtered_by(facet, value), filtered_by(other, name))
                    assert results("raportti", filters=filters).total == count, (facet, value, other, name)


def test_numbers_leave_out_what_one_may_not_open(engine: Engine, results: Callable[..., Results]) -> None:
    engine.index([make("p:1", "Raportti"), make("p:2", "Raportti", regions=("kainuu",), access=("members",))])
    assert results("raportti").facets["region"] == {}
    assert results("raportti", access=("public", "members")).facets["region"] == {"kainuu": 1}


def test_what_is_gone_or_changed_is_counted_no_more(engine: Engine, results: Callable[..., Results]) -> None:
    engine.index([make("p:1", "Raportti", regions=("kainuu",)), make("p:2", "Raportti", regions=("kainuu",))])
    assert results("raportti").facets["region"] == {"kainuu": 2}
    engine.index([make("p:1", "Raportti", regions=("lappi",))])
    assert results("raportti").facets["region"] == {"kainuu": 1, "lappi": 1}
    engine.delete(["p:2"])
    assert results("raportti").facets["region"] == {"lappi": 1}
    engine.rebuild([make("p:3", "Raportti", regions=("uusimaa",))])
    assert results("raportti").facets["region"] == {"uusimaa": 1}


def test_pages_stand_in_the_same_order_however_many_are_shown_at_once(
    engine: Engine, results: Callable[..., Results]
) -> None:
    engine.index(
        [
            make(
                f"p:{n}",
                "Raportti " + "sana " * (n % 7) if n % 3 else "Muuta",
                "raportti " * (n % 5 + 1) + "muuta " * n,
            )
            for n in range(150)
        ]
    )
    at_once = [hit.document.key for hit in results("raportti", per_page=150).hits]
    in_pages = [hit.document.key for page in range(1, 16) for hit in results("raportti", page=page).hits]
    assert len(at_once) == 150
    assert in_pages == at_once
