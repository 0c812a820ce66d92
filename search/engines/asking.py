"""What is asked of an index, whichever engine holds it. Each engine compiles it to its own language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from search.analysis import Word

if TYPE_CHECKING:
    from search.engines.wanted import Wanted


# An index tells so many words of one stem, and terms of the same letters without umlauts.
MOST_OF_A_STEM = 20
MOST_FOLDED = 6
MOST_ENDING_SO = 100


class Field(StrEnum):
    """Where a term is looked for, in titles and texts alike."""

    # As written.
    SURFACE = "surface"
    # Base forms and stems, of whole words and of the parts of compounds.
    LEMMA = "lemma"
    # Base forms and stems of whole words alone.
    WHOLE = "whole"


@dataclass(frozen=True, slots=True)
class Term:
    """A term, or with `prefix` any that begins so."""

    field: Field
    term: str
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class Words:
    """Written words side by side, in this order."""

    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Near:
    """Base forms of whole words with at most so many other terms between them."""

    terms: tuple[str, ...]
    distance: int


@dataclass(frozen=True, slots=True)
class All:
    """Each of the parts; there is at least one."""

    parts: tuple[Clause, ...]


@dataclass(frozen=True, slots=True)
class Any:
    """At least one of the parts; there is at least one."""

    parts: tuple[Clause, ...]


@dataclass(frozen=True, slots=True)
class Without:
    """What is wanted, except where the unwanted is found too."""

    wanted: Clause
    unwanted: Clause


Clause = Term | Words | Near | All | Any | Without


@dataclass(frozen=True, slots=True)
class Tier:
    """What is asked, and which typed words it replaces by which.

    `title_words`: a title that holds what is asked goes before a text that does, and one of so many words leads:
    there is nothing else in it. Empty where titles have no such right.
    """

    asked: Clause
    corrections: Mapping[str, str] = field(default_factory=dict)
    title_words: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Plan:
    """What to ask in turn, the documents of an earlier tier first; and the words to highlight.

    Those of `names` are highlighted only where they stand together: alone they mean something else.
    """

    tiers: tuple[Tier, ...]
    wanted: tuple[Wanted, ...]
    names: tuple[tuple[Wanted, ...], ...] = ()
    # Typed words that the index has in no form, and nothing to ask for in their place.
    missing: tuple[str, ...] = ()


class Lexicon(Protocol):
    """What planning needs to know of the words of an index. Questions come in batches: each may be a journey."""

    # What was found out about typed words, for as long as the index stays as it is.
    wanted: dict[str, Wanted]

    def documents(self) -> int:
        """Return how many documents the reader may open."""

    def words(self, surfaces: AbstractSet[str]) -> Mapping[tuple[str, str], Word]:
        """Return the stored analyses of written words by (language, word), "" being no language that we analyse."""

    def frequencies(self, terms: AbstractSet[str]) -> Mapping[str, int]:
        """Return about how many documents hold each term in any field; 0 may be left out.

        What the reader may not open does not count: a word that only stands there is as good as unknown.
        """

    def of_same_stem(self, stem: str) -> Sequence[Word]:
        """Return some stored words of this marked stem (`fi#kirjoituk`)."""

    def ending_in(self, ends: AbstractSet[str]) -> Sequence[Word]:
        """Return some stored words of which a stem ends so, the end being no whole stem (see compounds)."""

    def spelled_like(self, keys: AbstractSet[str], shortest: int, longest: int) -> Sequence[str]:
        """Return the terms of these lengths that share a deletion key (see spelling)."""

    def folded_like(self, folded: str) -> Sequence[str]:
        """Return a few terms that are this without umlauts."""

    def found_by(self, terms: AbstractSet[str]) -> Sequence[Word]:
        """Return the stored words that any of the terms finds: what to mark."""
