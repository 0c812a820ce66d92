"""What one may be about to type: titles that hold the words, of which the last goes on."""

from collections.abc import Iterable, Iterator, Sequence

from search.engines import Suggestion
from search.engines.fts import quoted
from search.engines.ranking import Row
from search.engines.rows import Rows
from search.engines.wanted import AskUnseen, want
from search.engines.words import WordTable
from search.query import LONGEST, MOST_WORDS
from search.tokens import clean, fold, tokens

# Before the first word of a title: what begins as typed goes before what holds it somewhere.
FIRST = "#"
# Of so many, what is shortest is looked at closely.
_MOST_CANDIDATES = 40


def called(titles: Iterable[str], lemmas: str) -> str:
    """Return the words of titles, for the index of titles: without umlauts, as base forms too, the first one twice."""
    words = [fold(form) for form in lemmas.split() if FIRST not in form]
    for title in titles:
        folded = [fold(token.word) for token in tokens(title)]
        words += [f"{FIRST}{word}" for word in folded[:1]] + folded
    return " ".join(words)


def suggest(
    typed: str, table: WordTable, rows: Rows, ask: AskUnseen, access: Sequence[str], language: str, limit: int
) -> tuple[Suggestion, ...]:
    """Return what may be meant: in the reader's language first, then what begins as typed, then the shorter."""
    words = [token.word for token in tokens(clean(typed[:LONGEST]))][:MOST_WORDS]
    if not words or limit < 1:
        return ()
    begun, held = _expressions(words, table, ask)
    found = {key: (0, row) for key, row in _matching(begun, table, rows, access)}
    if len(found) < _MOST_CANDIDATES:
        found = {key: (1, row) for key, row in _matching(held, table, rows, access)} | found
    ordered = sorted(found.values(), key=lambda f: (f[1].language != language, f[0], f[1].title_words, f[1].id))
    suggestions: dict[str, tuple[bool, Suggestion]] = {}
    for later, row in ordered[:_MOST_CANDIDATES]:
        suggestion = _read(row, table)
        # Whoever types umlauts means them.
        otherwise = bool(later) or not suggestion.text.lower().startswith(" ".join(words))
        key = row.translation_key or str(row.id)
        if suggestion.url and key not in suggestions:
            suggestions[key] = (otherwise, suggestion)
    best = sorted(suggestions.values(), key=lambda s: (s[1].language != language, s[0]))
    return tuple(suggestion for _otherwise, suggestion in best[:limit])


def _expressions(words: Sequence[str], table: WordTable, ask: AskUnseen) -> tuple[str, str]:
    """Ask for titles that begin as typed, and for those that hold every word, the earlier ones inflected too."""
    parts = []
    for wanted in want(words[:-1], table, ask):
        forms = sorted({fold(form) for form in (wanted.typed, *wanted.terms) if FIRST not in form})
        parts.append(f"({' OR '.join(f'{quoted(form)} *' for form in forms)})")
    last = fold(words[-1])
    held = " AND ".join([*parts, f"{quoted(last)} *"])
    first = FIRST + fold(words[0])
    return f"{quoted(first)} *" + (f" AND ({held})" if parts else ""), held


def _matching(expression: str, table: WordTable, rows: Rows, access: Sequence[str]) -> Iterator[tuple[int, Row]]:
    groups = rows.open_to(access)
    for (key,) in table.connection.execute(
        f"SELECT rowid FROM titles_{table.generation} WHERE titles_{table.generation} MATCH ?", (expression,)
    ):
        row, group = rows.by_id.get(key, (None, 0))
        if row is not None and group in groups:
            yield key, row


def _read(row: Row, table: WordTable) -> Suggestion:
    fields = ", ".join(f"json_extract(stored, '$.{name}')" for name in ("title", "kind", "url"))
    title, kind, url = table.connection.execute(
        f"SELECT {fields} FROM texts_{table.generation} WHERE id = ?", (row.id,)
    ).fetchone()
    return Suggestion(title, kind, url, row.language)
