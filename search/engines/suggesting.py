"""What one may be about to type: titles that hold the words, of which the last goes on. The same for every engine."""

from collections.abc import Callable, Iterable, Sequence

from search.engines import Suggestion
from search.engines.asking import Lexicon
from search.engines.ranking import Row
from search.engines.wanted import AskUnseen, want
from search.query import LONGEST, MOST_WORDS
from search.tokens import clean, fold, tokens

# Before the first word of a title: what begins as typed goes before what holds it somewhere.
FIRST = "#"
# Of so many, what is shortest is looked at closely.
_MOST_CANDIDATES = 40
# What is shorter is a beginning of too many words to be one.
_SHORTEST_FORM = 4


def called(titles: Iterable[str], lemmas: str) -> str:
    """Return the words of titles, for the index of titles: without umlauts, as base forms too, the first one twice."""
    words = [fold(form) for form in lemmas.split() if FIRST not in form]
    for title in titles:
        folded = [fold(token.word) for token in tokens(title)]
        words += [f"{FIRST}{word}" for word in folded[:1]] + folded
    return " ".join(words)


def typed_words(typed: str) -> list[str]:
    """Return the words so far, of which the last may go on."""
    return [token.word for token in tokens(clean(typed[:LONGEST]))][:MOST_WORDS]


def beginnings(words: Sequence[str], lexicon: Lexicon, ask: AskUnseen) -> tuple[str, list[list[str]]]:
    """Return how a title begins that begins as typed; and for each word, of what a title must hold a beginning.

    They may be inflected otherwise: the last one too, if it is long enough to be a word already.
    """
    known = words if len(words[-1]) >= _SHORTEST_FORM else words[:-1]
    groups = [
        sorted({fold(form) for form in (wanted.typed, *wanted.terms) if FIRST not in form})
        for wanted in want(known, lexicon, ask)
    ]
    return FIRST + fold(words[0]), groups if len(groups) == len(words) else [*groups, [fold(words[-1])]]


def best(
    begun: Iterable[Row],
    held: Callable[[], Iterable[Row]],
    read: Callable[[Sequence[Row]], Iterable[tuple[Row, Suggestion]]],
    words: Sequence[str],
    language: str,
    limit: int,
) -> tuple[Suggestion, ...]:
    """Choose among titles that begin as typed and, where those are few, that hold the words.

    The reader's language goes first, then what begins as typed, then the shorter.
    """
    found = {row.id: (0, row) for row in begun}
    if len(found) < _MOST_CANDIDATES:
        found = {row.id: (1, row) for row in held()} | found
    ordered = sorted(found.values(), key=lambda f: (f[1].language != language, f[0], f[1].title_words, f[1].id))
    candidates = ordered[:_MOST_CANDIDATES]
    later = {row.id: place for place, row in candidates}
    suggestions: dict[str, tuple[bool, Suggestion]] = {}
    for row, suggestion in read([row for _later, row in candidates]):
        # Whoever types umlauts means them.
        otherwise = bool(later[row.id]) or not suggestion.text.lower().startswith(" ".join(words))
        key = row.translation_key or str(row.id)
        if suggestion.url and key not in suggestions:
            suggestions[key] = (otherwise, suggestion)
    chosen = sorted(suggestions.values(), key=lambda s: (s[1].language != language, s[0]))
    return tuple(suggestion for _otherwise, suggestion in chosen[:limit])
