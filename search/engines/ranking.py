"""The order of what was found, and how many there are of each kind, theme, year …: the same for every engine.

A query may find thousands, of which ten are shown: only those are sorted, and what is counted is counted in few steps.
"""

import datetime
from collections import Counter, defaultdict
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from heapq import nsmallest
from itertools import chain
from typing import Any, NamedTuple

from search.documents import Document
from search.engines import Filters, Sort
from search.engines.asking import Tier

# With this many documents found, worse tiers would only add noise.
ENOUGH = 100
# Facet → the field of a document that holds its codes.
CODES = {"theme": "themes", "phenomenon": "phenomena", "region": "regions", "task_area": "task_areas"}
FACETS = ("kind", "theme", "phenomenon", "region", "language", "year")


Key = int | str


class Row(NamedTuple):
    """What order and facets need to know of a document; `id` is the engine's own."""

    id: Key
    language: str
    translation_key: str
    # See `day_number`.
    date: int
    title_words: int
    # `facet:value` of everything that it can be filtered by. Texts, because they remember their hash.
    values: tuple[str, ...]


class Found(NamedTuple):
    """A matching document, in the order of relevance: the smallest is the best match.

    Engines may give plain tuples of the same: a query may find thousands, and those are made in a third of the time.
    """

    tier: int
    # Whether it isn't in the reader's language.
    foreign: bool
    # See `title_class`.
    title: int
    # Lower is better.
    score: float
    row: Row


Match = tuple[int, bool, int, float, Row]


class Arranged(NamedTuple):
    """One page of what was found, the number of all, the facets' counts, and the best of all."""

    total: int
    shown: Sequence[Found]
    facets: dict[str, dict[str, int]]
    best: Found | None
    # Nothing was found whatever the filters.
    is_nothing: bool = False


def title_class(key: Key, row: Row, tier: Tier, titled: Container[Key], called: Container[Key]) -> int:
    """Tell how much of a title is what the tier asks for: the less the higher.

    0: nothing else is in it. 1: it holds all of it, 2: in parts of compounds. 3: it doesn't.
    `titled` are those whose titles hold it; `called`, those whose titles hold it in whole words.
    """
    if key not in titled:
        return 3
    if key not in called:
        return 2
    return 0 if row.title_words in tier.title_words else 1


def values_of(document: Document) -> tuple[str, ...]:
    """Return `facet:value` of everything that the document can be filtered by."""
    values = [f"kind:{document.kind}", f"language:{document.language}"]
    values += [f"year:{document.date.year}"] if document.date else []
    values += [f"{facet}:{code}" for facet, name in CODES.items() for code in getattr(document, name)]
    return tuple(dict.fromkeys(values))


def day_number(day: datetime.date | None) -> int:
    """Return a day as a number that grows with time; 0 for none."""
    return day.toordinal() if day else 0


def arrange(found: Sequence[Match], filters: Filters, sort: Sort, first: int = 0, count: int | None = None) -> Arranged:
    """Return what the filters leave, from the first so many; the versions of one page are one."""
    passed, nearly = _sifted(found, _wanted_values(filters))
    versions = _versions(passed)
    facets = _counted(passed, versions)
    for facet, others in nearly.items():
        # A page may pass in one language and fail in another, so the two can't be counted apart.
        both = [*passed, *others]
        facets[facet] = _counted(both, _versions(both))[facet]
    each = _one_of_each(passed, versions)
    order = _newest if sort is Sort.NEWEST else None
    shown = [Found(*match) for match in _smallest(each, len(each) if count is None else first + count, order)]
    # What was corrected does not depend on the order.
    best = Found(*min(each)) if order and each else next(iter(shown), None)
    return Arranged(len(each), shown[first:], {facet: facets[facet] for facet in FACETS}, best, not found)


def _newest(match: Match) -> tuple[int, int, float, Key]:
    tier, _foreign, _title, score, row = match
    return -row.date, tier, score, row.id


def _smallest(found: Sequence[Match], count: int, order: Callable[[Match], Any] | None) -> list[Match]:
    # Sorting all is quicker unless most are left out.
    return nsmallest(count, found, order) if count * 10 < len(found) else sorted(found, key=order)[:count]


def _wanted_values(filters: Filters) -> dict[str, frozenset[str]]:
    """Return the wanted `facet:value` texts of each facet that is filtered."""
    wanted: dict[str, Iterable[object]] = {
        "kind": filters.kinds,
        "language": filters.languages,
        "year": filters.years,
        **{facet: filters.codes.get(name, ()) for facet, name in CODES.items()},
    }
    return {facet: frozenset(f"{facet}:{value}" for value in values) for facet, values in wanted.items() if values}


def _sifted(
    found: Sequence[Match], wanted: Mapping[str, frozenset[str]]
) -> tuple[Sequence[Match], dict[str, list[Match]]]:
    """Return what passes every filter, and for each facet what fails its filter alone."""
    if not wanted:
        return found, {}
    passed: list[Match] = []
    nearly: dict[str, list[Match]] = defaultdict(list)
    for match in found:
        failed = [facet for facet, values in wanted.items() if values.isdisjoint(match[-1].values)]
        if not failed:
            passed.append(match)
        elif len(failed) == 1:
            nearly[failed[0]].append(match)
    return passed, nearly


def _counted(found: Iterable[Match], versions: Iterable[list[Match]]) -> dict[str, dict[str, int]]:
    """Count each value, the versions of one page as one."""
    counts = Counter(chain.from_iterable([row.values for _t, _f, _title, _score, row in found]))
    for group in versions:
        again = Counter(chain.from_iterable(row.values for *_rest, row in group))
        counts.subtract({value: number - 1 for value, number in again.items()})
    facets: dict[str, dict[str, int]] = {facet: {} for facet in (*FACETS, *CODES)}
    for value, number in counts.items():
        facet, _colon, name = value.partition(":")
        facets[facet][name] = number
    return facets


def _versions(found: Sequence[Match]) -> list[list[Match]]:
    """Return the pages that were found in several languages."""
    keys = [key for _t, _f, _title, _score, row in found if (key := row.translation_key)]
    if len(set(keys)) == len(keys):
        return []
    groups: dict[str, list[Match]] = defaultdict(list)
    for match in found:
        if key := match[-1].translation_key:
            groups[key].append(match)
    return [group for group in groups.values() if len(group) > 1]


def _one_of_each(found: Sequence[Match], versions: Iterable[list[Match]]) -> Sequence[Match]:
    """Keep one version of a page: the reader's language, or else the best match."""
    left_out: set[Key] = set()
    for group in versions:
        kept = min(group, key=lambda match: (match[1], match))
        left_out.update(match[-1].id for match in group if match is not kept)
    return [match for match in found if match[-1].id not in left_out] if left_out else found
