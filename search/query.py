"""What a visitor typed, taken apart: words, "phrases" and -excluded ones. Nothing typed is an error."""

import re
from dataclasses import dataclass

from search.tokens import clean, tokens

LONGEST = 200
MOST_WORDS = 12
_PIECE = re.compile(r'(?:(?<=\s)|^)(-?)"([^"]+)"|(\S+)')


@dataclass(frozen=True, slots=True)
class Query:
    """Lower-case words; a phrase is its words in order, as written; `text` is the bounded input, to show again.

    `alternatives` are neighbouring words with what else they may be called (see synonyms). `exact` asks for the
    typed words alone: no corrections, no likenesses.
    """

    text: str = ""
    words: tuple[str, ...] = ()
    phrases: tuple[tuple[str, ...], ...] = ()
    excluded: tuple[tuple[str, ...], ...] = ()
    alternatives: tuple[tuple[tuple[str, ...], tuple[tuple[str, ...], ...]], ...] = ()
    exact: bool = False

    def __bool__(self) -> bool:
        return bool(self.words or self.phrases)


def parse(typed: str) -> Query:
    """Read at most 200 characters and 12 words; the rest is dropped, repeated words count once."""
    text = clean(typed[: LONGEST * 4])[:LONGEST].strip()
    words: dict[str, None] = {}
    phrases: dict[tuple[str, ...], None] = {}
    excluded: dict[tuple[str, ...], None] = {}
    left = MOST_WORDS
    for minus, quoted, plain in _PIECE.findall(text):
        found = tuple(token.word for token in tokens(quoted or plain))[:left]
        left -= len(found)
        if not found:
            continue
        if minus or (plain.startswith("-") and plain.strip("-")):
            excluded[found] = None
        elif quoted:
            phrases[found] = None
        else:
            words.update(dict.fromkeys(found))
    return Query(text, tuple(words), tuple(phrases), tuple(excluded))
