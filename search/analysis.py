"""From a word to the terms it is found by, language by language.

Finnish goes through Voikko, which weighs 200 MB: only the worker process may call `analyse`. Web processes
ask the index and then the worker (search/answering.py), and make do with `stand_in` when neither knows.
"""

import json
import threading
from typing import NamedTuple, Self

import snowballstemmer

from search import swedish

# Raise when the same word may give other terms than before: the index is then rebuilt from scratch.
VERSION = 3
_STEMMERS = {"fi": "finnish", "sv": "swedish", "en": "english"}
LANGUAGES = tuple(_STEMMERS)


class Part(NamedTuple):
    """A piece of a compound: its base form and the letters of the word it covers."""

    base: str
    start: int
    end: int


class Word(NamedTuple):
    """What one written word is found by. A stem is marked (`sv#plan`), so languages don't mix."""

    surface: str
    lemmas: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()

    def dump(self) -> str:
        """Serialise for the word table and the socket."""
        return json.dumps([self.lemmas, self.parts], ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def load(cls, surface: str, dumped: str) -> Self:
        """Read what `dump` wrote."""
        lemmas, parts = json.loads(dumped)
        return cls(surface, tuple(lemmas), tuple(Part(*part) for part in parts))


def base_language(language: str) -> str:
    """Reduce `sv-FI` to a language we analyse, or to '' for plain words."""
    short = language[:2].lower()
    return short if short in _STEMMERS else ""


class _Stemmers(threading.local):
    """A stemmer keeps the word that it works on in itself, so threads must not share one."""

    def __init__(self) -> None:
        self.by_language = {code: snowballstemmer.stemmer(name) for code, name in _STEMMERS.items()}


_stemmers = _Stemmers()


def stem(word: str, language: str) -> str:
    """Return the marked Snowball stem."""
    return f"{language}#{_stemmers.by_language[language].stemWord(word)}"


def stems(word: str, language: str) -> tuple[str, ...]:
    """Return every marked stem that the word is found by."""
    if language != "sv":
        return (stem(word, language),)
    return tuple(f"sv#{each}" for each in swedish.stems(word, _stemmers.by_language["sv"].stemWord))


def pieces(word: str, separators: str = "-:'") -> list[tuple[str, int]]:
    """Split at hyphens and colons: each piece and where it begins."""
    found, start = [], 0
    for place, letter in enumerate(word + separators[0]):
        if letter in separators:
            if place > start:
                found.append((word[start:place], start))
            start = place + 1
    return found


def analyse(word: str, language: str) -> Word:
    """Analyse a lower-case word. Finnish loads Voikko into the process."""
    if language == "fi":
        from search import finnish

        return finnish.analyse(word)
    return stand_in(word, language)


def stand_in(word: str, language: str) -> Word:
    """Analyse without a dictionary: the stem, and the stems of hyphenated pieces."""
    if not language or not any(letter.isalpha() for letter in word):
        parts = tuple(Part(piece, start, start + len(piece)) for piece, start in pieces(word))
        return Word(word, (), parts if len(parts) > 1 else ())
    split = pieces(word)
    parts = tuple(Part(each, start, start + len(piece)) for piece, start in split for each in stems(piece, language))
    return Word(word, stems(word, language), parts if len(split) > 1 else ())
