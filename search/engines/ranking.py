"""The order of what was found, and how many there are of each kind, theme, year …: the same for every engine.

A query may find thousands, of which ten are shown: those are told from the others by sets, and only they are sorted.
"""

import datetime
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from heapq import nsmallest
from itertools import chain
from typing import NamedTuple

from search.documents import Document
from search.engines import Filters, Sort

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


class Rows:
    """The rows of some documents, and which have the same language, the same values, the same page."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self.by_key: dict[Key, Row] = {row.id: row for row in rows}
        # Many documents have the same values: these are numbered.
        self.sets: dict[tuple[str, ...], int] = {}
        self.set_of: dict[Key, int] = {}
        self.of_language: dict[str, set[Key]] = defaultdict(set)
        versions = Counter(row.translation_key for row in self.by_key.values())
        # Those that aren't the only version of a page, and which page that is.
        self.translated: set[Key] = set()
        self.page_of: dict[Key, str] = {}
        for key, row in self.by_key.items():
            self.of_language[row.language].add(key)
            self.set_of[key] = self.sets.setdefault(row.values, len(self.sets))
            if row.translation_key and versions[row.translation_key] > 1:
                self.translated.add(key)
                self.page_of[key] = row.translation_key


@dataclass(frozen=True, slots=True)
class Layer:
    """What a tier found that none before it did.

    The titles of `titled` hold what it asks for; those of `called` in whole words, not only in parts of compounds.
    Nothing else is in a called title of as many words as `lengths` tells. `score` gives some keys' scores, of which
    lower is better: scoring costs more than finding.
    """

    keys: frozenset[Key]
    score: Callable[[AbstractSet[Key]], Mapping[Key, float]]
    titled: frozenset[Key] = frozenset()
    called: frozenset[Key] = frozenset()
    lengths: AbstractSet[int] = frozenset()


class Placed(NamedTuple):
    """A document that is shown."""

    key: Key
    score: float


class Arranged(NamedTuple):
    """One page of what was found, the number of all, the facets' counts, and the first tier that found any of them."""

    total: int
    shown: Sequence[Placed]
    facets: dict[str, dict[str, int]]
    tier: int | None
    # Nothing was found whatever the filters.
    is_nothing: bool = False


def values_of(document: Document) -> tuple[str, ...]:
    """Return `facet:value` of everything that the document can be filtered by."""
    values = [f"kind:{document.kind}", f"language:{document.language}"]
    values += [f"year:{document.date.year}"] if document.date else []
    values += [f"{facet}:{code}" for facet, name in CODES.items() for code in getattr(document, name)]
    return tuple(dict.fromkeys(values))


def day_number(day: datetime.date | None) -> int:
    """Return a day as a number that grows with time; 0 for none."""
    return day.toordinal() if day else 0


def arrange(
    layers: Sequence[Layer],
    rows: Rows,
    filters: Filters,
    sort: Sort,
    language: str,
    first: int = 0,
    count: int | None = None,
) -> Arranged:
    """Return what the filters leave, from the first so many; the versions of one page are one.

    `language` is the reader's.
    """
    order = _Order(layers, rows, language)
    found = layers[0].keys if len(layers) == 1 else frozenset[Key]().union(*(layer.keys for layer in layers))
    passed, nearly = _sifted(found, rows, _wanted_values(filters))
    versions = _versions(passed, rows)
    facets = _counted(passed, versions, rows)
    for facet, others in nearly.items():
        # A page may pass in one language and fail in another, so the two can't be counted apart.
        both = passed | others
        facets[facet] = _counted(both, _versions(both, rows), rows)[facet]
    each = passed - set(chain.from_iterable(versions)) | order.kept(versions) if versions else passed
    groups = order.newest(each) if sort is Sort.NEWEST else order.relevant(each)
    shown = order.placed(groups, first, None if count is None else first + count)
    tier = next((place for place, layer in enumerate(layers) if not each.isdisjoint(layer.keys)), None)
    return Arranged(len(each), shown, {facet: facets[facet] for facet in FACETS}, tier, not found)


class _Order:
    """What comes before what."""

    def __init__(self, layers: Sequence[Layer], rows: Rows, language: str) -> None:
        self._layers = layers
        self._rows = rows.by_key
        self._own = rows.of_language.get(language, set())

    def relevant(self, each: frozenset[Key]) -> Iterator[tuple[Layer, AbstractSet[Key]]]:
        """Yield groups, best first, of which only the scores tell what comes first: by tier, language and title."""
        for layer in self._layers:
            keys = layer.keys if layer.keys is each else layer.keys & each
            # The others are told apart only if those of the reader's language do not fill the page.
            for pick in (keys.intersection, keys.difference):
                some = pick(self._own)
                titled = some & layer.titled
                called = titled & layer.called
                alone = {key for key in called if self._rows[key].title_words in layer.lengths}
                yield layer, alone
                yield layer, called - alone
                yield layer, titled - called
                yield layer, some - titled

    def newest(self, each: frozenset[Key]) -> Iterator[tuple[Layer, AbstractSet[Key]]]:
        """Yield those of the same day and tier, the newest first."""
        days: dict[tuple[int, int], set[Key]] = defaultdict(set)
        for place, layer in enumerate(self._layers):
            for key in layer.keys & each:
                days[-self._rows[key].date, place].add(key)
        for (_day, place), keys in sorted(days.items(), key=lambda day: day[0]):
            yield self._layers[place], keys

    def placed(
        self, groups: Iterable[tuple[Layer, AbstractSet[Key]]], first: int, last: int | None
    ) -> Sequence[Placed]:
        """Return those from the first to before the last, in order."""
        shown: list[Placed] = []
        before = 0
        for layer, keys in groups:
            if last is not None and before >= last:
                break
            if keys and before + len(keys) > first:
                scores = layer.score(keys)
                scored = zip(map(scores.__getitem__, keys), keys, strict=True)
                best = sorted(scored) if last is None else nsmallest(last - before, scored)
                shown += [Placed(key, score) for score, key in best[max(first - before, 0) :]]
            before += len(keys)
        return shown

    def kept(self, versions: Iterable[list[Key]]) -> set[Key]:
        """Choose one version of each page: the reader's language, or else the best match."""
        kept: set[Key] = set()
        undecided = []
        for group in versions:
            own = [key for key in group if key in self._own]
            if len(own) == 1:
                kept.add(own[0])
            else:
                undecided.append(own or group)
        if undecided:
            ranks = self._ranks(set(chain.from_iterable(undecided)))
            kept.update(min(group, key=ranks.__getitem__) for group in undecided)
        return kept

    def _ranks(self, keys: AbstractSet[Key]) -> dict[Key, tuple[int, int, float, Key]]:
        """Tell the keys' places in the order of relevance, languages apart: by tier, title and score."""
        ranks: dict[Key, tuple[int, int, float, Key]] = {}
        for place, layer in enumerate(self._layers):
            if some := layer.keys & keys:
                scores = layer.score(some)
                ranks |= {key: (place, self._title_class(key, layer), scores[key], key) for key in some}
        return ranks

    def _title_class(self, key: Key, layer: Layer) -> int:
        if key not in layer.titled:
            return 3
        if key not in layer.called:
            return 2
        return 0 if self._rows[key].title_words in layer.lengths else 1


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
    found: frozenset[Key], rows: Rows, wanted: Mapping[str, frozenset[str]]
) -> tuple[frozenset[Key], dict[str, set[Key]]]:
    """Return what passes every filter, and for each facet what fails its filter alone."""
    if not wanted:
        return found, {}
    passed: set[Key] = set()
    nearly: dict[str, set[Key]] = defaultdict(set)
    for key in found:
        values = rows.by_key[key].values
        failed = [facet for facet, some in wanted.items() if some.isdisjoint(values)]
        if not failed:
            passed.add(key)
        elif len(failed) == 1:
            nearly[failed[0]].add(key)
    return frozenset(passed), nearly


def _counted(found: Collection[Key], versions: Iterable[list[Key]], rows: Rows) -> dict[str, dict[str, int]]:
    """Count each value, the versions of one page as one."""
    counts: Counter[str] = Counter()
    numbers = Counter(map(rows.set_of.__getitem__, found))
    for values, number in rows.sets.items():
        if number in numbers:
            for value in values:
                counts[value] += numbers[number]
    for group in versions:
        again = Counter(chain.from_iterable(rows.by_key[key].values for key in group))
        counts.subtract({value: number - 1 for value, number in again.items()})
    facets: dict[str, dict[str, int]] = {facet: {} for facet in (*FACETS, *CODES)}
    for value, number in counts.items():
        facet, _colon, name = value.partition(":")
        facets[facet][name] = number
    return facets


def _versions(found: frozenset[Key], rows: Rows) -> list[list[Key]]:
    """Return the pages that were found in several languages."""
    groups: dict[str, list[Key]] = defaultdict(list)
    for key in found & rows.translated:
        groups[rows.page_of[key]].append(key)
    return [group for group in groups.values() if len(group) > 1]
