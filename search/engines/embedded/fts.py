"""What is asked, in the query language of SQLite's FTS5, and what matches it."""

import json
from collections.abc import Iterable, Mapping

from search.engines.asking import All, Any, Asked, Field, Near, Term, Tier, Without, Words
from search.engines.embedded.words import WordTable
from search.engines.ranking import ENOUGH, Match, Row, title_class
from search.engines.terms import WEIGHTS

_WEIGHTS = ", ".join(map(str, WEIGHTS))
# No score is as bad.
UNSCORED = 0.0
# Translations and filters may take some away.
_FEWEST_SCORED = 30
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


def compiled(asked: Asked, scope: Scope = EVERYWHERE) -> str:
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


def _joined(by: str, parts: Iterable[Asked], scope: Scope) -> str:
    return f"({by.join(compiled(part, scope) for part in parts)})"


def quoted(term: str) -> str:
    return '"' + term.replace('"', '""') + '"'


def matching(
    tiers: Iterable[Tier], table: WordTable, rows: Mapping[int, Row], language: str, shown: int | None = None
) -> list[Match]:
    """Ask the tiers in turn until enough is found; a document belongs to the first that finds it.

    `rows` are those of what the reader may open. Scoring costs more than finding: where so many are shown, and as many
    stand in earlier tiers or have what is asked in their titles, those that come after them get the score UNSCORED.
    """
    row_of = rows.get
    found: list[Match] = []
    for place, tier in enumerate(tiers):
        if len(found) >= ENOUGH:
            break
        titled = _in_titles(tier, table, IN_TITLES)
        called = _in_titles(tier, table, CALLED) if titled else titled
        seen = {row.id for _t, _f, _title, _score, row in found}
        enough = None if shown is None else max(shown, _FEWEST_SCORED)
        if enough is not None and len(found) >= enough:
            scored = _scored_among((), tier.asked, table)
        elif enough is not None and len(titled) >= enough:
            scored = _scored_among(called if len(called) >= enough else titled, tier.asked, table)
        else:
            scored = _scored(tier.asked, table)
        found += [
            (
                place,
                row.language != language,
                # Most are not, and need not be asked about.
                title_class(key, row, tier, titled, called) if key in titled else 3,
                score,
                row,
            )
            for key, score in scored
            if (row := row_of(key)) and key not in seen
        ]
    return found


def _scored(asked: Asked, table: WordTable) -> Iterable[tuple[int, float]]:
    name = f"fts_{table.generation}"
    return table.connection.execute(
        f"SELECT rowid, bm25({name}, {_WEIGHTS}) FROM {name} WHERE {name} MATCH ?", (compiled(asked),)
    )


def _scored_among(keys: Iterable[int], asked: Asked, table: WordTable) -> Iterable[tuple[int, float]]:
    """Return everything that matches, but score these alone."""
    name = f"fts_{table.generation}"
    return table.connection.execute(
        f"SELECT rowid, CASE WHEN rowid IN (SELECT value FROM json_each(?)) THEN bm25({name}, {_WEIGHTS})"
        f" ELSE {UNSCORED} END FROM {name} WHERE {name} MATCH ?",
        (json.dumps([*keys]), compiled(asked)),
    )


def _in_titles(tier: Tier, table: WordTable, scope: Scope) -> set[int]:
    if not tier.title_words:
        return set()
    name = f"fts_{table.generation}"
    expression = compiled(tier.asked, scope)
    return {key for (key,) in table.connection.execute(f"SELECT rowid FROM {name} WHERE {name} MATCH ?", (expression,))}
