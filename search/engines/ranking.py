"""Which documents match, in which order, and how many of each kind."""

import sqlite3
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from search.documents import PUBLIC
from search.engines import Filters, Sort
from search.engines.schema import WEIGHTS

# With this many documents found, worse tiers would only add noise.
ENOUGH = 100


class Found(NamedTuple):
    """A matching document; a lower score is better."""

    id: int
    score: float
    kind: str
    language: str
    translation_key: str
    date: str
    tier: int


def rank(
    connection: sqlite3.Connection, generation: int, expressions: Iterable[str], filters: Filters, access: Sequence[str]
) -> dict[int, Found]:
    """Ask the tiers in turn until enough is found; a document belongs to the first that finds it.

    Kinds aren't filtered yet: the counts of the others are shown beside the chosen one.
    """
    g = generation
    condition, values = _condition(filters, access, g)
    found: dict[int, Found] = {}
    for place, expression in enumerate(expressions):
        if len(found) >= ENOUGH:
            break
        rows = connection.execute(
            f"SELECT d.id, bm25(fts_{g}, {', '.join(map(str, WEIGHTS))}), d.kind, d.language, d.translation_key, d.date"
            f" FROM fts_{g} JOIN documents_{g} d ON d.id = fts_{g}.rowid WHERE fts_{g} MATCH ?{condition}",
            (expression, *values),
        )
        for key, *rest in rows:
            if key not in found:
                found[key] = Found._make((key, *rest, place))
    return found


def _condition(filters: Filters, access: Sequence[str], generation: int) -> tuple[str, list[str]]:
    """Write what limits the documents as SQL; each code field needs one of its codes."""
    condition, values = "", []
    if filters.languages:
        condition += f" AND d.language IN ({_marks(filters.languages)})"
        values += sorted(filters.languages)
    for name, codes in filters.codes.items():
        condition += f" AND {_has_code(codes, generation)}"
        values += [name, *sorted(codes)]
    own = [token for token in access if token != PUBLIC]
    may_read = ["d.public"] if PUBLIC in access else []
    if own or not may_read:
        may_read.append(_has_code(own, generation))
        values += ["access", *own]
    return f"{condition} AND ({' OR '.join(may_read)})", values


def _marks(values: Iterable[str]) -> str:
    return ",".join("?" for _ in values)


def _has_code(codes: Iterable[str], generation: int) -> str:
    return (
        f"EXISTS (SELECT 1 FROM codes_{generation} c"
        f" WHERE c.name = ? AND c.code IN ({_marks(codes)}) AND c.document = d.id)"
    )


def arrange(
    found: Iterable[Found], kinds: frozenset[str], sort: Sort, language: str
) -> tuple[list[Found], dict[str, int]]:
    """Return the documents in order, translations of one page collapsed, and the number of each kind."""
    if sort is Sort.NEWEST:
        ordered = sorted(found, key=lambda f: (f.score, f.id))
        ordered.sort(key=lambda f: f.date, reverse=True)
        ordered.sort(key=lambda f: f.tier)
    else:
        ordered = sorted(found, key=lambda f: (f.tier, f.language != language, f.score, f.id))
    ordered = _one_of_each(ordered, language)
    facets = Counter(f.kind for f in ordered)
    return [f for f in ordered if not kinds or f.kind in kinds], dict(facets)


def _one_of_each(ordered: list[Found], language: str) -> list[Found]:
    """Keep one version of a page: the reader's language, or else the best match."""
    kept: dict[str, Found] = {}
    for f in ordered:
        if f.translation_key and (f.translation_key not in kept or f.language == language):
            kept[f.translation_key] = f
    return [f for f in ordered if not f.translation_key or kept[f.translation_key] is f]
