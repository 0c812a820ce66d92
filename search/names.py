"""Recognising a name among typed words, in whatever inflection, without the dictionary in this process."""

from collections.abc import Iterable, Sequence
from itertools import product
from typing import Generic, TypeVar

from search import answering
from search.analysis import stem
from search.engines.spelling import deletions, distance, is_one_slip, keys_of
from search.tokens import clean, tokens

Words = tuple[str, ...]
# What one typed word may be: the stem of itself and of each of its base forms.
Forms = frozenset[str]
Thing = TypeVar("Thing")
LONGEST_NAME = 5
_MOST_FORMS = 4
# Of a shorter name a slip may make another word.
_SHORTEST_MENDED = 7


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


class NamedThings(Generic[Thing]):
    """Things by their names, each of which is found in any form of its words."""

    def __init__(self, named: Iterable[tuple[Words, Thing]]) -> None:
        self._things: dict[Words, list[Thing]] = {}
        # What one missing letter leaves of the names of one word → those.
        self._spelled: dict[str, list[str]] = {}
        for words, thing in named:
            self._things.setdefault(key_of(words), []).append(thing)
            if len(words) == 1 and len(words[0]) >= _SHORTEST_MENDED:
                for key in deletions(words[0]):
                    self._spelled.setdefault(key, []).append(words[0])
        self._stems = frozenset(stem for key in self._things for stem in key)

    def find(self, forms: Sequence[Forms]) -> list[Thing]:
        """Everything of which exactly these words are a name."""
        known = [form & self._stems for form in forms]
        if not all(known):
            return []
        return [thing for key in product(*map(sorted, known)) for thing in self._things.get(key, ())]

    def nearest(self, word: str) -> str:
        """The name of one word of which this is a slip, likeliest first; "" where there is none."""
        near = {name for key in keys_of(word) for name in self._spelled.get(key, ()) if is_one_slip(word, name)}
        return min(near, key=lambda name: (distance(word, name), name), default="")
