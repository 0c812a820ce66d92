"""The order of what was found, and how many there are of each kind, theme, year …: the same for every engine.

A query may find thousands, of which ten are shown: only those are sorted, and what is counted is counted in few steps.
"""

import datetime
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from heapq import nsmallest
from itertools import chain
from typing import Any, NamedTuple

from search.documents import Document
from search.engines import Filters, Sort

# With this many documents found, worse tiers would only add noise.
ENOUGH = 100
# Facet → the field of a document that holds its codes.
CODES = {"theme": "themes", "phenomenon": "phenomena", "region": "regions", "task_area": "task_areas"}
FACETS = ("kind", "theme", "phenomenon", "region", "language", "year")


class Row(NamedTuple):
    """What order and facets need to know of a document; `id` is the engine's own."""

    id: int | str
    language: str
    translation_key: str
    # See `day_number`.
    date: int
    title_words: int
    # `facet:value` of everything that it can be filtered by. Texts, because they remember their hash.
    values: tuple[str, ...]


class Found(NamedTuple):
    """A matching document, in the order of relevance: the smallest is the best match."""

    tier: int
    # Whether it isn't in the reader's language.
    foreign: bool
    # 0: the title is what is asked. 1: the title holds all of it. 2: the text does.
    title: int
    # Lower is better.
    score: float
    row: Row


class Arranged(NamedTuple):
    """One page of what was found, the number of all, the facets' counts, and the best of all."""

    total: int
    shown: Sequence[Found]
    facets: dict[str, dict[str, int]]
    best: Found | None


def values_of(document: Document) -> tuple[str, ...]:
    """Return `facet:value` of everything that the document can be filtered by."""
    values = [f"kind:{document.kind}", f"language:{document.language}"]
    values += [f"year:{document.date.year}"] if document.date else []
    values += [f"{facet}:{code}" for facet, name in CODES.items() for code in getattr(document, name)]
    return tuple(dict.fromkeys(values))


def day_number(day: datetime.date | None) -> int:
    """Return a day as a number that grows with time; 0 for none."""
    return day.toordinal() if day else 0


def arrange(found: Iterable[Found], filters: Filters, sort: Sort, first: int = 0, count: int | None = None) -> Arranged:
    """Return what the filters leave, from the first so many; the versions of one page are one."""
    passed, nearly = _sifted(found, _wanted_values(filters))
    facets = _facets(passed, nearly)
    each = _one_of_each(passed)
    shown = _smallest(each, len(each) if count is None else first + count, _newest if sort is Sort.NEWEST else _best)
    return Arranged(len(each), shown[first:], facets, shown[0] if shown else None)


def _best(f: Found) -> Found:
    return f


def _newest(f: Found) -> tuple[int, int, float, int | str]:
    return f.tier, -f.row.date, f.score, f.row.id


def _smallest(found: list[Found], count: int, order: Callable[[Found], Any]) -> list[Found]:
    # Sorting all is quicker unless most are left out.
    key = None if order is _best else order
    return nsmallest(count, found, key) if count * 10 < len(found) else sorted(found, key=order)[:count]


def _wanted_values(filters: Filters) -> dict[str, frozenset[str]]:
    """Return the wanted `facet:value` texts of each facet that is filtered."""
    wanted: dict[str, Iterable[object]] = {
        "kind": filters.kinds,
        "language": filters.languages,
        "year": filters.years,
        **{facet: filters.codes.get(name, ()) for facet, name in CODES.items()},
    }
    return {facet: frozenset(f"{facet}:{value}" for value in values) for facet, values in wanted.items() if values}


def _sifted(found: Iterable[Found], wanted: Mapping[str, frozenset[str]]) -> tuple[list[Found], dict[str, list[Found]]]:
    """Return what passes every filter, and for each facet what fails its filter alone."""
    if not wanted:
        return list(found), {}
    passed: list[Found] = []
    nearly: dict[str, list[Found]] = defaultdict(list)
    for f in found:
        failed = [facet for facet, values in wanted.items() if values.isdisjoint(f.row.values)]
        if not failed:
            passed.append(f)
        elif len(failed) == 1:
            nearly[failed[0]].append(f)
    return passed, nearly


def _facets(passed: Sequence[Found], nearly: Mapping[str, list[Found]]) -> dict[str, dict[str, int]]:
    """Count each value, the versions of one page as one."""
    facets = _counted(passed)
    for facet, others in nearly.items():
        # A page may pass in one language and fail in another, so the two can't be counted apart.
        facets[facet] = _counted([*passed, *others])[facet]
    return {facet: facets[facet] for facet in FACETS}


def _counted(found: Sequence[Found]) -> dict[str, dict[str, int]]:
    counts = Counter(chain.from_iterable([f.row.values for f in found]))
    for versions in _versions(found):
        values = chain.from_iterable(f.row.values for f in versions)
        counts.subtract({value: number - 1 for value, number in Counter(values).items()})
    facets: dict[str, dict[str, int]] = {facet: {} for facet in (*FACETS, *CODES)}
    for value, number in counts.items():
        facet, _colon, name = value.partition(":")
        facets[facet][name] = number
    return facets


def _versions(found: Sequence[Found]) -> list[list[Found]]:
    """Return the pages that were found in several languages."""
    keys = [f.row.translation_key for f in found]
    if len(set(keys)) == len(keys):
        return []
    groups: dict[str, list[Found]] = defaultdict(list)
    for key, f in zip(keys, found, strict=True):
        if key:
            groups[key].append(f)
    return [group for group in groups.values() if len(group) > 1]


def _one_of_each(found: list[Found]) -> list[Found]:
    """Keep one version of a page: the reader's language, or else the best match."""
    left_out: set[int | str] = set()
    for versions in _versions(found):
        kept = min(versions, key=lambda f: (f.foreign, f))
        left_out.update(f.row.id for f in versions if f is not kept)
    return [f for f in found if f.row.id not in left_out] if left_out else found
