"""What one may be about to type: titles that hold the words, of which the last goes on. The same for every engine."""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from search.engines import Suggestion
from search.engines.asking import Lexicon
from search.engines.ranking import Key, Row
from search.engines.wanted import AskUnseen, want
from search.query import LONGEST, MOST_WORDS
from search.tokens import clean, fold, tokens

# Before the first word of a title: what begins as typed goes before what holds it somewhere.
FIRST = "#"
# Before a part of a compound: what holds the word itself goes before it.
PART = ":"
# Of so many, what is shortest is looked at closely.
_MOST_CANDIDATES = 40
# What is shorter is a beginning of too many words to be one.
_SHORTEST_FORM = 4
# Fewer letters begin some part of too many compounds.
_SHORTEST_PART = 3


class Beginnings(NamedTuple):
    """How a title begins that begins as typed; and for each word, of what it must hold a beginning, or a part."""

    first: str
    groups: list[list[str]]
    with_parts: list[list[str]]


def called(titles: Iterable[str], lemmas: str, parts: str) -> str:
    """Return the words of titles, for the index of titles: without umlauts, as base forms too, the first one twice.

    The parts of compounds are marked: `:raportointi` of ilmiöraportointi.
    """
    words = [fold(form) for form in lemmas.split() if FIRST not in form]
    words += [f"{PART}{fold(form)}" for form in parts.split() if FIRST not in form]
    for title in titles:
        folded = [fold(token.word) for token in tokens(title)]
        words += [f"{FIRST}{word}" for word in folded[:1]] + folded
    return " ".join(words)


def typed_words(typed: str) -> list[str]:
    """Return the words so far, of which the last may go on."""
    return [token.word for token in tokens(clean(typed[:LONGEST]))][:MOST_WORDS]


def beginnings(words: Sequence[str], lexicon: Lexicon, ask: AskUnseen) -> Beginnings:
    """Tell what to look for. The words may be inflected otherwise: the last one too, if it may be a word already."""
    known = words if len(words[-1]) >= _SHORTEST_FORM else words[:-1]
    groups = [
        sorted({fold(form) for form in (wanted.typed, *wanted.terms) if FIRST not in form})
        for wanted in want(known, lexicon, ask)
    ]
    if len(groups) < len(words):
        groups.append([fold(words[-1])])
    with_parts = [[*forms, *(PART + form for form in forms if len(form) >= _SHORTEST_PART)] for forms in groups]
    return Beginnings(FIRST + fold(words[0]), groups, with_parts)


def best(
    found_by: Iterable[Callable[[], Iterable[Row]]],
    read: Callable[[Sequence[Row]], Iterable[tuple[Row, Suggestion]]],
    words: Sequence[str],
    language: str,
    limit: int,
) -> tuple[Suggestion, ...]:
    """Choose among titles that begin as typed and, while those are few, that hold the words, or hold them as parts.

    The reader's language goes first, then what was found first, then the shorter.
    """
    found: dict[Key, tuple[int, Row]] = {}
    for place, ask in enumerate(found_by):
        if len(found) < _MOST_CANDIDATES:
            found = {row.id: (place, row) for row in ask()} | found
    ordered = sorted(found.values(), key=lambda f: (f[1].language != language, f[0], f[1].title_words, f[1].id))
    candidates = ordered[:_MOST_CANDIDATES]
    later = {row.id: place for place, row in candidates}
    suggestions: dict[str, tuple[int, Suggestion]] = {}
    for row, suggestion in read([row for _later, row in candidates]):
        # Whoever types umlauts means them.
        is_as_typed = not later[row.id] and suggestion.text.lower().startswith(" ".join(words))
        otherwise = 0 if is_as_typed else max(later[row.id], 1)
        key = row.translation_key or str(row.id)
        if suggestion.url and key not in suggestions:
            suggestions[key] = (otherwise, suggestion)
    chosen = sorted(suggestions.values(), key=lambda s: (s[1].language != language, s[0]))
    return tuple(suggestion for _otherwise, suggestion in chosen[:limit])
