"""Words that mean the same: the names and other words of each vocabulary term, as the editors keep them."""

import time
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache

from search.analysis import stem
from search.query import Query
from search.tokens import clean, tokens
from vocabulary.models import (
    ActorGroup,
    CompetenceArea,
    GlossaryTerm,
    Method,
    Phenomenon,
    Region,
    Service,
    TaskArea,
)

# Names that stand in the documents of many kinds.
VOCABULARIES = (ActorGroup, Method, Phenomenon, Region, Service, TaskArea)
_REMEMBERED_SECONDS = 60
_MOST_ALTERNATIVES = 8
_LONGEST_NAME = 5
Words = tuple[str, ...]


def expand(query: Query) -> Query:
    """Add what else the typed words may be called; a longer name goes before one inside it."""
    groups = _groups(int(time.monotonic() // _REMEMBERED_SECONDS))
    alternatives = []
    place = 0
    while place < len(query.words):
        size = min(_LONGEST_NAME, len(query.words) - place)
        while size and _key(query.words[place : place + size]) not in groups:
            size -= 1
        if size:
            typed = query.words[place : place + size]
            others = [name for name in groups[_key(typed)] if _key(name) != _key(typed)]
            alternatives.append((typed, tuple(others[:_MOST_ALTERNATIVES])))
        place += size or 1
    return replace(query, alternatives=tuple(alternatives))


def forget() -> None:
    """Read the vocabularies anew at the next search of this process; the others do within a minute."""
    _groups.cache_clear()


@lru_cache(maxsize=4096)
def _key(words: Words) -> Words:
    # Stems, so that an inflected name is recognised without a dictionary.
    return tuple(stem(word, "fi") for word in words)


@lru_cache(maxsize=1)
def _groups(_minute: int) -> dict[Words, list[Words]]:
    """Every name, by its stems, with all the names of the things that are called so."""
    groups: dict[Words, list[Words]] = {}
    for names in _all_names():
        for name in names:
            groups.setdefault(_key(name), []).extend(names)
    return {key: list(dict.fromkeys(names)) for key, names in groups.items() if len({_key(n) for n in names}) > 1}


def _all_names() -> Iterator[list[Words]]:
    for model in (*VOCABULARIES, CompetenceArea, GlossaryTerm):
        for term in model.objects.only(*model.called):
            yield list(_in_words([*term.all_names(), *term.alias_list]))


def _in_words(names: Iterable[str]) -> Iterator[Words]:
    for name in names:
        words = tuple(token.word for token in tokens(clean(name)))
        if 0 < len(words) <= _LONGEST_NAME:
            yield words
