"""Recognising a name among typed words, in whatever inflection, without the dictionary in this process."""

from collections.abc import Iterable, Sequence
from itertools import product
from typing import Generic, TypeVar

from search import answering
from search.analysis import stem
from search.tokens import clean, tokens

Words = tuple[str, ...]
# What one typed word may be: the stem of itself and of each of its base forms.
Forms = frozenset[str]
Thing = TypeVar("Thing")
LONGEST_NAME = 5
_MOST_FORMS = 4


def words_of(text: str) -> Words:
    """The words of a name, as they are compared."""
    return tuple(token.word for token in tokens(clean(text)))


def key_of(words: Words) -> Words:
    """The stems of the words: the same for most inflected forms of a name."""
    return tuple(_stem(word) for word in words)


def forms_of(words: Words) -> list[Forms]:
    """What each word may be a form of; the worker tells the base forms."""
    found = []
    for word in words:
        known = answering.ask(word) if any(map(str.isalpha, word)) else None
        bases = [lemma for lemma in known.lemmas if "#" not in lemma] if known else []
        found.append(frozenset([_stem(word), *map(_stem, bases[: _MOST_FORMS - 1])]))
    return found


def _stem(word: str) -> str:
    # hyte:n is hyte, and Snowball does not know the colon.
    return stem(word.partition(":")[0] or word, "fi")


class Names(Generic[Thing]):
    """Things by their names, each of which is found in any form of its words."""

    def __init__(self, named: Iterable[tuple[Words, Thing]]) -> None:
        self._things: dict[Words, list[Thing]] = {}
        for words, thing in named:
            self._things.setdefault(key_of(words), []).append(thing)
        self._stems = frozenset(stem for key in self._things for stem in key)

    def find(self, forms: Sequence[Forms]) -> list[Thing]:
        """Everything of which exactly these words are a name."""
        known = [form & self._stems for form in forms]
        if not all(known):
            return []
        return [thing for key in product(*map(sorted, known)) for thing in self._things.get(key, ())]
