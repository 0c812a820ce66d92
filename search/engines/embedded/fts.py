"""What is asked, in the query language of SQLite's FTS5, and what matches it."""

import json
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet

from search.engines.asking import All, Any, Clause, Field, Near, Term, Tier, Without, Words
from search.engines.embedded.words import WordTable
from search.engines.ranking import ENOUGH, Key, Layer
from search.engines.terms import WEIGHTS

_WEIGHTS = ", ".join(map(str, WEIGHTS))
# So many titles or earlier documents fill the pages that most readers see.
_FEW = 30
Scope = Mapping[Field, str]
EVERYWHERE: Scope = {
    Field.SURFACE: "{title_surface surface}",
    Field.LEMMA: "{title_lemma title_parts lemma parts}",
    Field.WHOLE: "{title_lemma lemma}",
}
IN_TITLES: Scope = {
    Field.SURFACE: "title_surface",
    Field.LEMMA: "{title_lemma title_parts}",
    Field.WHOLE: "title_lemma",
}
# A title that has what is asked only in parts of compounds isn't called so.
CALLED: Scope = {**IN_TITLES, Field.LEMMA: "title_lemma"}


def compiled(asked: Clause, scope: Scope = EVERYWHERE) -> str:
    """Write it for MATCH."""
    match asked:
        case Term(field, term, prefix):
            return f"({scope[field]} : {quoted(term)}{' *' if prefix else ''})"
        case Words(words):
            return f"({scope[Field.SURFACE]} : {quoted(' '.join(words))})"
        case Near(terms, distance):
            return f"({scope[Field.WHOLE]} : NEAR({' '.join(map(quoted, terms))}, {distance}))"
        case Without(wanted, unwanted):
            # What may not be there may be there nowhere.
            return f"({compiled(wanted, scope)} NOT {compiled(unwanted)})"
        case All(parts):
            return _joined(" AND ", parts, scope)
        case Any(parts):
            return _joined(" OR ", parts, scope)


def _joined(by: str, parts: Iterable[Clause], scope: Scope) -> str:
    return f"({by.join(compiled(part, scope) for part in parts)})"


def quoted(term: str) -> str:
    return '"' + term.replace('"', '""') + '"'


def matching(tiers: Iterable[Tier], table: WordTable, readable: frozenset[int], with_all_scores: bool) -> list[Layer]:
    """Ask the tiers in turn until enough of what the reader may open is found."""
    layers: list[Layer] = []
    found: frozenset[Key] = frozenset()
    for tier in tiers:
        if len(found) >= ENOUGH:
            break
        layers.append(_layer(tier, table, readable, found, with_all_scores))
        found |= layers[-1].keys
    return layers


def _layer(
    tier: Tier, table: WordTable, readable: frozenset[int], found: frozenset[Key], with_all_scores: bool
) -> Layer:
    """Ask for what a tier finds beside what was found already.

    Scoring costs more than finding: where a page is full of earlier documents or of titles, the others have no scores
    until they are asked for.
    """
    titled = _keys(compiled(tier.asked, IN_TITLES), table) if tier.title_words else frozenset[int]()
    called = _keys(compiled(tier.asked, CALLED), table) if titled else titled
    expression = compiled(tier.asked)
    if with_all_scores or max(len(found), len(titled)) < _FEW:
        scores = _scores(expression, table)
        # In this order few are looked up among many.
        keys = readable.intersection(scores)
        return Layer(keys - found, lambda _keys: scores, titled, called, tier.title_words)
    keys = readable & _keys(expression, table)
    return Layer(keys - found, lambda keys: _scores(expression, table, keys), titled, called, tier.title_words)


def _keys(expression: str, table: WordTable) -> frozenset[int]:
    """Return the ids of everything that matches, handed over as one: a row each costs more than finding it."""
    name = f"fts_{table.generation}"
    (ids,) = table.connection.execute(
        f"SELECT json_group_array(rowid) FROM {name} WHERE {name} MATCH ?", (expression,)
    ).fetchone()
    return frozenset(json.loads(ids))


def _scores(expression: str, table: WordTable, keys: AbstractSet[Key] | None = None) -> dict[Key, float]:
    """Return the scores of everything that matches, or of these alone."""
    name = f"fts_{table.generation}"
    # With a plus, the ids limit what is scored: each would be looked for by itself without.
    among = "" if keys is None else " AND +rowid IN (SELECT value FROM json_each(?))"
    return dict(
        table.connection.execute(
            f"SELECT rowid, bm25({name}, {_WEIGHTS}) FROM {name} WHERE {name} MATCH ?{among}",
            (expression,) if keys is None else (expression, json.dumps([*keys])),
        )
    )
