"""What a visitor typed, taken apart: words, "phrases" and -excluded ones. Nothing typed is an error."""

import re
from dataclasses import dataclass

from search.tokens import clean, has_overlong, tokens

LONGEST = 200
MOST_WORDS = 12
# More than this is not even looked at.
_FAR = 10_000
_PIECE = re.compile(r'(?:(?<=\s)|^)(-?)"([^"]+)"|(\S+)')


@dataclass(frozen=True, slots=True)
class Query:
    """Lower-case words; a phrase is its words in order, as written; `text` is the bounded input, to show again.

    `alternatives` are neighbouring words with what else they may be called (see synonyms); `mistyped` are words that
    are nearly such a name, with that name and what else it is called. `exact` asks for the typed words alone: no
    corrections, no likenesses. `shortened` says that some of what was typed is not searched for.
    """

    text: str = ""
    words: tuple[str, ...] = ()
    phrases: tuple[tuple[str, ...], ...] = ()
    excluded: tuple[tuple[str, ...], ...] = ()
    alternatives: tuple[tuple[tuple[str, ...], tuple[tuple[str, ...], ...]], ...] = ()
    mistyped: tuple[tuple[str, str, tuple[tuple[str, ...], ...]], ...] = ()
    exact: bool = False
    shortened: bool = False

    def __bool__(self) -> bool:
        return bool(self.words or self.phrases)


def parse(typed: str) -> Query:
    """Read at most 200 characters and 12 words; the rest is dropped and told of, repeated words count once."""
    whole = clean(typed[:_FAR])
    text = _beginning(whole)
    shortened = len(text) < len(whole) or len(typed) > _FAR or has_overlong(text)
    words: dict[str, None] = {}
    phrases: dict[tuple[str, ...], None] = {}
    excluded: dict[tuple[str, ...], None] = {}
    left = MOST_WORDS
    for minus, quoted, plain in _PIECE.findall(text):
        said = tuple(token.word for token in tokens(quoted or plain))
        found = said[:left]
        left -= len(found)
        shortened = shortened or len(found) < len(said)
        if not found:
            continue
        if minus or (plain.startswith("-") and plain.strip("-")):
            excluded[found] = None
        elif quoted:
            phrases[found] = None
        else:
            words.update(dict.fromkeys(found))
    return Query(text, tuple(words), tuple(phrases), tuple(excluded), shortened=shortened)


def _beginning(text: str) -> str:
    """As many whole words as are read; of a single endless one, as many letters."""
    if len(text) <= LONGEST:
        return text
    return text[: text.rfind(" ", 0, LONGEST + 1)] if " " in text[: LONGEST + 1] else text[:LONGEST]
