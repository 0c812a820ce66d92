"""Cutting text into words, with the place of each in the text."""

import re
import unicodedata
from collections.abc import Container, Iterator
from typing import NamedTuple

# One word may hold hyphens, a colon (EU:n) and an apostrophe (vaa'an) between its letters, straight or curly.
_WORD = re.compile(r"[^\W_]+(?:[-:'\u2019\u2010\u2011][^\W_]+)*")
_JOINING = frozenset("-:'")
_JOINERS = {"\u2019": "'", "\u2010": "-", "\u2011": "-"}
# Invisible characters that split a word in two for a machine but not for a reader.
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff\x00"))
_SPACE = re.compile(r"\s+")
LONGEST_WORD = 64


class Token(NamedTuple):
    """A word in lower case and where it stood."""

    word: str
    start: int
    end: int


def clean(text: str) -> str:
    """Return text as the index stores it: composed, no soft hyphens, no lone surrogates, single spaces."""
    text = text.encode("utf-8", "replace").decode("utf-8")
    text = unicodedata.normalize("NFC", text.translate(_INVISIBLE))
    return _SPACE.sub(" ", text).strip()


def tokens(text: str) -> Iterator[Token]:
    """Find the words of a cleaned text; absurdly long ones are no words."""
    for match in _WORD.finditer(lower(text)):
        start, end = match.span()
        if end - start <= LONGEST_WORD:
            yield Token(match.group(), start, end)


def has_overlong(text: str) -> bool:
    """Whether something in a cleaned text would be a word, were it not absurdly long."""
    return any(match.end() - match.start() > LONGEST_WORD for match in _WORD.finditer(text))


def words_among(text: str, wanted: Container[str]) -> set[str]:
    """Return those words of a cleaned text that are among the wanted ones."""
    return _among(lower(text), wanted)


def tokens_among(text: str, wanted: Container[str]) -> list[Token]:
    """Find those words of a cleaned text that are among the wanted ones, in order.

    Texts have many words and few of the wanted: where each stands is asked for those alone.
    """
    lowered = lower(text)
    found = [Token(word, start, end) for word in _among(lowered, wanted) for start, end in _places(word, lowered)]
    return sorted(found, key=lambda token: token.start)


def _among(lowered: str, wanted: Container[str]) -> set[str]:
    return {word for word in _WORD.findall(lowered) if word in wanted}


def _places(word: str, lowered: str) -> Iterator[tuple[int, int]]:
    """Where the word stands by itself, not as a piece of a longer one."""
    start = lowered.find(word)
    while start >= 0:
        end = start + len(word)
        if not _goes_on(lowered[start - 1 : start], lowered[start - 2 : start - 1]) and not _goes_on(
            lowered[end : end + 1], lowered[end + 1 : end + 2]
        ):
            yield start, end
        start = lowered.find(word, end)


def _goes_on(next_to: str, beyond: str) -> bool:
    """Whether a word goes on with these signs beside it: letters, or one that joins it to more."""
    return next_to.isalnum() or (next_to in _JOINING and beyond.isalnum())


def lower(text: str) -> str:
    """Lower case with every character in its place: a lone exception (İ) would move the rest."""
    lowered = text.lower()
    if len(lowered) != len(text):
        lowered = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    for joiner, plain in _JOINERS.items():
        lowered = lowered.replace(joiner, plain)
    return lowered


def fold(word: str) -> str:
    """Drop accents and umlauts: työpaja → tyopaja."""
    decomposed = unicodedata.normalize("NFD", word)
    return "".join(c for c in decomposed if not unicodedata.combining(c))
