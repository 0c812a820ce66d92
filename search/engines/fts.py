"""What is asked, in the query language of SQLite's FTS5, and what matches it."""

from collections.abc import Iterable, Mapping

from search.engines.asking import All, Any, Asked, Field, Near, Term, Tier, Without, Words
from search.engines.ranking import ENOUGH, Found, Row
from search.engines.words import WordTable

# One for each of schema.COLUMNS. The ratio of lemma to parts matters most: at 1:1 compounds drown the word itself.
# A title counts threefold.
WEIGHTS = (1.5, 6.0, 1.5, 0.5, 2.0, 0.5)
Scope = Mapping[Field, str]
EVERYWHERE: Scope = {
    Field.SURFACE: "{title_surface surface}",
    Field.LEMMA: "{title_lemma title_parts lemma parts}",
    Field.WHOLE: "{title_lemma lemma}",
}
# A title that has only parts of what is asked isn't called so.
IN_TITLES: Scope = {Field.SURFACE: "title_surface", Field.LEMMA: "title_lemma", Field.WHOLE: "title_lemma"}


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


def matching(tiers: Iterable[Tier], table: WordTable, rows: Mapping[int, Row], language: str) -> list[Found]:
    """Ask the tiers in turn until enough is found; a document belongs to the first that finds it.

    `rows` are those of what the reader may open.
    """
    row_of, made = rows.get, tuple.__new__
    found: list[Found] = []
    seen: set[int] = set()
    for place, tier in enumerate(tiers):
        if len(found) >= ENOUGH:
            break
        titled = _in_title(tier, table)
        lengths = tier.title_words
        matches = [
            (key, score, row) for key, score in _scored(tier.asked, table) if key not in seen and (row := row_of(key))
        ]
        # There may be thousands: this way of making them takes a third of the time.
        found += [
            made(
                Found,
                (
                    place,
                    row.language != language,
                    2 if key not in titled else 0 if row.title_words in lengths else 1,
                    score,
                    row,
                ),
            )
            for key, score, row in matches
        ]
        seen.update(key for key, _score, _row in matches)
    return found


def _scored(asked: Asked, table: WordTable) -> Iterable[tuple[int, float]]:
    name = f"fts_{table.generation}"
    weights = ", ".join(map(str, WEIGHTS))
    return table.connection.execute(
        f"SELECT rowid, bm25({name}, {weights}) FROM {name} WHERE {name} MATCH ?", (compiled(asked),)
    )


def _in_title(tier: Tier, table: WordTable) -> set[int]:
    if not tier.title_words:
        return set()
    name = f"fts_{table.generation}"
    expression = compiled(tier.asked, IN_TITLES)
    return {key for (key,) in table.connection.execute(f"SELECT rowid FROM {name} WHERE {name} MATCH ?", (expression,))}
