"""Words that mean the same: what vocabulary terms are called, and the editors' own lists."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache

from search.editing.models import SynonymGroup
from search.names import LONGEST_NAME, NamedThings, Words, forms_of, key_of, words_of
from search.query import Query
from search.remembered import moment
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
_MOST_ALTERNATIVES = 8
Groups = NamedThings[tuple[Words, ...]]


def expand(query: Query) -> Query:
    """Add what else the typed words may be called; a longer name goes before one inside it.

    What is left out by one name is not let in by another.
    """
    groups = _groups(*moment())
    unwanted = [forms_of(words) for words in query.excluded] if query.words else []
    forms = forms_of(query.words)
    alternatives, mistyped = [], []
    place = 0
    while place < len(query.words):
        size = min(LONGEST_NAME, len(query.words) - place)
        while size and not (found := groups.find(forms[place : place + size])):
            size -= 1
        if size:
            typed = query.words[place : place + size]
            names = dict.fromkeys(name for called in found for name in called)
            said = [forms[place : place + size], *unwanted]
            others = [name for name in names if not any(_is(name, each) for each in said)]
            alternatives += [(typed, tuple(others[:_MOST_ALTERNATIVES]))] if others else []
        elif meant := groups.nearest(query.words[place]):
            others = list(dict.fromkeys(name for called in groups.find(forms_of((meant,))) for name in called))
            others = [name for name in others if name != (meant,) and not any(_is(name, each) for each in unwanted)]
            mistyped += [(query.words[place], meant, tuple(others[:_MOST_ALTERNATIVES]))] if others else []
        place += size or 1
    return replace(query, alternatives=tuple(alternatives), mistyped=tuple(mistyped))


def forget() -> None:
    """Read everything anew at the next search of this process; the others do when the change is committed."""
    _groups.cache_clear()


def _is(name: Words, forms: list[frozenset[str]]) -> bool:
    return len(name) == len(forms) and all(key in form for key, form in zip(key_of(name), forms, strict=True))


@lru_cache(maxsize=1)
def _groups(_generation: int | None, _minute: int) -> Groups:
    """By each name what its things are called besides; the editors' own words come first."""
    return NamedThings([*_of_editors(), *_of_vocabularies()])


def _of_editors() -> Iterator[tuple[Words, tuple[Words, ...]]]:
    for group in SynonymGroup.objects.all():
        in_use = tuple(_in_words(group.word_list))
        for name in (*in_use, *_in_words(group.retired_list)):
            yield name, in_use


def _of_vocabularies() -> Iterator[tuple[Words, tuple[Words, ...]]]:
    for model in (*VOCABULARIES, CompetenceArea, GlossaryTerm):
        for term in model.objects.only(*model.called):
            names = tuple(_in_words([*term.all_names(), *term.alias_list]))
            yield from ((name, names) for name in names)


def _in_words(names: Iterable[str]) -> Iterator[Words]:
    for name in names:
        words = words_of(name)
        if 0 < len(words) <= LONGEST_NAME:
            yield words
