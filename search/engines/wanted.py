"""A typed word and what it is found by."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice, product

from search import analysis
from search.analysis import Word
from search.engines.asking import All, Any, Clause, Field, Lexicon, Near, Term

# Asks whoever has the dictionary; None: no answer in time.
AskUnseen = Callable[[str], Word | None]
_MOST_READINGS = 3
# A name of many words, each with several readings, would be looked for in thousands of ways.
_MOST_TOGETHER = 30
_MOST_REMEMBERED = 2_000


@dataclass(frozen=True, slots=True)
class Wanted:
    """A typed word: the written forms and the base forms and stems that it is found by."""

    typed: str
    surfaces: tuple[str, ...]
    terms: tuple[str, ...]
    # The parts of a compound of the dictionary, each with its base forms.
    parts: tuple[tuple[str, ...], ...] = ()
    prefix: bool = False
    # Whether the dictionary has the very word, so that it is hardly mistyped.
    is_base: bool = False
    # Whether some text has it in this very form.
    is_written: bool = False
    # The number of documents that hold the word, about.
    count: int = 0

    def asked(self) -> Clause:
        """Ask for the word in any of its forms; one without written forms asks for each of its parts."""
        if not self.surfaces:
            return All(tuple(Any(tuple(Term(Field.LEMMA, term) for term in part)) for part in self.parts))
        wanted = [Term(Field.SURFACE, surface) for surface in self.surfaces]
        wanted += [Term(Field.SURFACE, self.typed, prefix=True)] if self.prefix else []
        wanted += [Term(Field.LEMMA, term) for term in self.terms]
        return Any(tuple(wanted))

    def all_terms(self) -> tuple[str, ...]:
        """Everything that a document found by this word may be highlighted by."""
        return self.terms if self.surfaces else tuple(term for part in self.parts for term in part)

    def length(self) -> int:
        """Return how many words of a text it stands for."""
        return 1 if self.surfaces else len(self.parts)


def near(words: Sequence[Wanted]) -> Clause | None:
    """Ask for several words close to each other, in any of their forms but in one language; numbers don't count."""
    words = [word for word in words if word.terms]
    if not words:
        return None
    together: list[Clause] = []
    for language in analysis.LANGUAGES:
        terms = [[term for term in word.terms if _language(term) == language][:_MOST_READINGS] for word in words]
        # Other readings stand between the words too.
        together += [Near(reading, 3 * len(words)) for reading in islice(product(*terms), _MOST_TOGETHER)]
    return Any(tuple(together)) if together else None


def _language(term: str) -> str:
    return term.split("#")[0] if "#" in term else "fi"


def want(words: Iterable[str], lexicon: Lexicon, ask: AskUnseen) -> list[Wanted]:
    """Look typed words up in every language: the query's own isn't known."""
    words = list(words)
    new = {word for word in words if word not in lexicon.wanted}
    found, certain = _look_up(new, lexicon, ask) if new else ({}, set())
    for word, wanted in found.items():
        # Of a word that the index lacks, who has the dictionary may know more the next time.
        if wanted.count and word in certain and len(lexicon.wanted) < _MOST_REMEMBERED:
            lexicon.wanted[word] = wanted
    return [found.get(word) or lexicon.wanted[word] for word in words]


def _look_up(words: set[str], lexicon: Lexicon, ask: AskUnseen) -> tuple[dict[str, Wanted], set[str]]:
    """Return what the words are found by, and of which of them the dictionary has told."""
    known = lexicon.words(words)
    finnish = {word: known.get(("fi", word)) or ask(word) for word in words}
    found: dict[str, Wanted] = {}
    for word in words:
        terms: dict[str, None] = {}
        if finnish[word] is None:
            # Without a dictionary the word may itself be a base form, or have kin in the index.
            kin = lexicon.of_same_stem(analysis.stem(word, "fi"))
            terms.update(dict.fromkeys([word, *(lemma for other in kin for lemma in other.lemmas)]))
        for language in analysis.LANGUAGES:
            looked_up = finnish[word] if language == "fi" else known.get((language, word))
            terms.update(dict.fromkeys((looked_up or analysis.stand_in(word, language)).lemmas))
        found[word] = Wanted(word, (word,), tuple(terms))
    bases = {part.base for word in finnish.values() if word for part in word.parts}
    counts = lexicon.frequencies(bases.union(words, *(wanted.terms for wanted in found.values())))
    wanted = {
        word: replace(
            wanted,
            terms=_held(wanted.terms, counts),
            is_base=_is_base(finnish[word]),
            is_written=counts.get(word, 0) > 0,
            parts=_split(finnish[word] or analysis.stand_in(word, "fi"), counts),
            count=max(counts.get(term, 0) for term in (word, *wanted.terms)),
        )
        for word, wanted in found.items()
    }
    return wanted, {word for word, analysed in finnish.items() if analysed}


def _is_base(word: Word | None) -> bool:
    """Compounds are left out: the dictionary takes any two words for one."""
    return word is not None and word.surface in word.lemmas and not word.parts


def _held(terms: tuple[str, ...], counts: Mapping[str, int]) -> tuple[str, ...]:
    """Leave out what would find nothing, if anything finds something: each term costs time at every document."""
    return tuple(term for term in terms if counts.get(term)) or terms


def _split(word: Word, counts: Mapping[str, int]) -> tuple[tuple[str, ...], ...]:
    """Take a compound apart into the longest parts that the index holds; not one that was only guessed."""
    parts: list[tuple[str, ...]] = []
    place = 0
    while not any("#" in lemma for lemma in word.lemmas):
        # Between the pieces of sote-keskus.
        place += word.surface[place : place + 1] == "-"
        bases: dict[int, list[str]] = {}
        for part in word.parts:
            if part.start == place:
                bases.setdefault(part.end, []).append(part.base)
        if not bases:
            break
        held = [end for end, names in bases.items() if any(counts.get(name) for name in names)]
        place = max(held) if held else min(bases)
        parts.append(tuple(bases[place]))
    return tuple(parts)


def of_index(terms: Iterable[str], lexicon: Lexicon) -> list[Wanted]:
    """Turn terms of the index, written words or base forms, to what they find."""
    terms = list(terms)
    words = lexicon.words(set(terms)) if terms else {}
    found = []
    for term in terms:
        looked_up = [words.get((language, term)) for language in (*analysis.LANGUAGES, "")]
        lemmas = dict.fromkeys(lemma for word in looked_up if word for lemma in word.lemmas)
        found.append(Wanted(term, (term,), tuple(lemmas) or (term,)))
    return found
