"""Titles that go on as typed, from the index of titles."""

from collections.abc import Iterator, Sequence
from functools import partial

from search.engines import Suggestion
from search.engines.embedded.fts import quoted
from search.engines.embedded.rows import OpenRows
from search.engines.embedded.words import WordTable
from search.engines.ranking import Row
from search.engines.suggesting import beginnings, best, typed_words
from search.engines.wanted import AskUnseen


def suggest(
    typed: str, table: WordTable, rows: OpenRows, ask: AskUnseen, language: str, limit: int
) -> tuple[Suggestion, ...]:
    """Return what may be meant."""
    words = typed_words(typed)
    if not words or limit < 1:
        return ()
    first, groups, with_parts = beginnings(words, table, ask)
    held = _holding(groups)
    begun = f"{quoted(first)} *" + (f" AND {held}" if len(groups) > 1 else "")
    return best(
        [partial(_matching, expression, table, rows) for expression in (begun, held, _holding(with_parts))],
        lambda candidates: ((row, _read(row, table)) for row in candidates),
        words,
        language,
        limit,
    )


def _holding(groups: Sequence[Sequence[str]]) -> str:
    return " AND ".join(f"({' OR '.join(f'{quoted(form)} *' for form in forms)})" for forms in groups)


def _matching(expression: str, table: WordTable, rows: OpenRows) -> Iterator[Row]:
    for (key,) in table.connection.execute(
        f"SELECT rowid FROM titles_{table.generation} WHERE titles_{table.generation} MATCH ?", (expression,)
    ):
        if key in rows.readable:
            yield rows.known.by_key[key]


def _read(row: Row, table: WordTable) -> Suggestion:
    fields = ", ".join(f"json_extract(stored, '$.{name}')" for name in ("title", "kind", "url"))
    title, kind, url = table.connection.execute(
        f"SELECT {fields} FROM texts_{table.generation} WHERE id = ?", (row.id,)
    ).fetchone()
    return Suggestion(title, kind, url, row.language)
