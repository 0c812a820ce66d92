"""The order of what was found, and how many there are of each kind, theme, year …: the same for every engine."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import NamedTuple

from search.documents import Document
from search.engines import Filters, Sort

# With this many documents found, worse tiers would only add noise.
ENOUGH = 100
# Facet → the field of a document that holds its codes.
CODES = {"theme": "themes", "phenomenon": "phenomena", "region": "regions", "task_area": "task_areas"}
FACETS = ("kind", "theme", "phenomenon", "region", "language", "year")
Value = tuple[str, str]


class Row(NamedTuple):
    """What order and facets need to know of a document; `id` is the engine's own."""

    id: int | str
    language: str
    translation_key: str
    date: str
    title_words: int
    # (facet, value) of everything that it can be filtered by.
    values: tuple[Value, ...]


class Found(NamedTuple):
    """A matching document, in the order of relevance: the smallest is the best match."""

    tier: int
    # 1 for what isn't in the reader's language.
    foreign: int
    # 0: the title is what is asked. 1: the title holds all of it. 2: the text does.
    title: int
    # Lower is better.
    score: float
    row: Row


def values_of(document: Document) -> tuple[Value, ...]:
    """Return (facet, value) of everything that the document can be filtered by."""
    values = [("kind", document.kind), ("language", document.language)]
    values += [("year", str(document.date.year))] if document.date else []
    values += [(facet, code) for facet, name in CODES.items() for code in getattr(document, name)]
    return tuple(dict.fromkeys(values))


def wanted_values(filters: Filters) -> dict[str, frozenset[Value]]:
    """Return the wanted (facet, value) pairs of each facet that is filtered."""
    wanted = {"kind": filters.kinds, "language": filters.languages, "year": {str(year) for year in filters.years}}
    wanted |= {facet: filters.codes.get(name, frozenset()) for facet, name in CODES.items()}
    return {facet: frozenset((facet, value) for value in values) for facet, values in wanted.items() if values}


def arrange(
    found: Iterable[Found], filters: Filters, sort: Sort, language: str
) -> tuple[list[Found], dict[str, dict[str, int]]]:
    """Return what the filters leave in order, translations of one page collapsed, and the facets' counts."""
    passed, nearly = _sifted(found, wanted_values(filters))
    facets = _facets(passed, nearly)
    if sort is Sort.NEWEST:
        passed.sort(key=lambda f: (f.score, f.row.id))
        passed.sort(key=lambda f: f.row.date, reverse=True)
        passed.sort(key=lambda f: f.tier)
    else:
        passed.sort()
    return _one_of_each(passed, language), facets


def _sifted(
    found: Iterable[Found], wanted: Mapping[str, frozenset[Value]]
) -> tuple[list[Found], dict[str, list[Found]]]:
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
    counts = _counted(passed)
    for facet, others in nearly.items():
        # A page may pass in one language and fail in another.
        both = _counted([*passed, *others])
        counts = {value: n for value, n in counts.items() if value[0] != facet}
        counts |= {value: n for value, n in both.items() if value[0] == facet}
    facets: dict[str, dict[str, int]] = {facet: {} for facet in FACETS}
    for (facet, value), number in counts.items():
        if facet in facets:
            facets[facet][value] = number
    return facets


def _counted(found: Sequence[Found]) -> dict[Value, int]:
    versions = Counter(f.row.translation_key for f in found if f.row.translation_key)
    counts = Counter(chain.from_iterable(f.row.values for f in found))
    seen: set[tuple[str, Value]] = set()
    for f in found:
        if versions.get(f.row.translation_key, 0) > 1:
            again = [value for value in f.row.values if (f.row.translation_key, value) in seen]
            counts.subtract(again)
            seen.update((f.row.translation_key, value) for value in f.row.values)
    return counts


def _one_of_each(ordered: list[Found], language: str) -> list[Found]:
    """Keep one version of a page: the reader's language, or else the best match."""
    kept: dict[str, Found] = {}
    for f in ordered:
        key = f.row.translation_key
        if key and (key not in kept or (f.row.language == language and kept[key].row.language != language)):
            kept[key] = f
    return [f for f in ordered if not f.row.translation_key or kept[f.row.translation_key] is f]
