"""A typed word and what it is found by."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import product

from search import analysis
from search.analysis import Word
from search.engines.schema import LEMMA, SURFACE, WHOLE_LEMMA
from search.engines.words import WordTable

# Asks whoever has the dictionary; None: no answer in time.
AskUnseen = Callable[[str], Word | None]
_MOST_READINGS = 3
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
    # The number of documents that hold the word, about.
    count: int = 0

    def expression(self) -> str:
        """Write the word for FTS5's MATCH; one without written forms asks for each of its parts."""
        if not self.surfaces:
            return f"({' AND '.join(_any(part) for part in self.parts)})"
        wanted = [f"{SURFACE} : {quoted(surface)}" for surface in self.surfaces]
        wanted += [f"{SURFACE} : {quoted(self.typed)} *"] if self.prefix else []
        wanted += [f"{LEMMA} : {quoted(term)}" for term in self.terms]
        return f"({' OR '.join(wanted)})"

    def all_terms(self) -> tuple[str, ...]:
        """Everything that a document found by this word may be highlighted by."""
        return self.terms if self.surfaces else tuple(term for part in self.parts for term in part)


def quoted(term: str) -> str:
    return '"' + term.replace('"', '""') + '"'


def _any(terms: Iterable[str]) -> str:
    return f"({' OR '.join(f'{LEMMA} : {quoted(term)}' for term in terms)})"


def near(words: Sequence[Wanted]) -> str:
    """Ask for several words close to each other, in any of their forms but in one language; numbers don't count."""
    words = [word for word in words if word.terms]
    if not words:
        return ""
    expressions = []
    for language in analysis.LANGUAGES:
        terms = [[term for term in word.terms if _language(term) == language][:_MOST_READINGS] for word in words]
        for reading in product(*terms):
            together = " ".join(map(quoted, reading))
            # Other readings stand between the words too.
            expressions.append(f"{WHOLE_LEMMA} : NEAR({together}, {3 * len(words)})")
    return f"({' OR '.join(expressions)})"


def _language(term: str) -> str:
    return term.split("#")[0] if "#" in term else "fi"


def phrase(words: Iterable[str]) -> str:
    return f"({SURFACE} : {quoted(' '.join(words))})"


def want(word: str, table: WordTable, ask: AskUnseen) -> Wanted:
    """Look a typed word up in every language: the query's own isn't known."""
    known = table.wanted.get(word)
    if known is None:
        known = _look_up(word, table, ask)
        # Of a word that the index lacks, who has the dictionary may know more the next time.
        if known.count and len(table.wanted) < _MOST_REMEMBERED:
            table.wanted[word] = known
    return known


def _look_up(word: str, table: WordTable, ask: AskUnseen) -> Wanted:
    terms: dict[str, None] = {}
    parts: tuple[tuple[str, ...], ...] = ()
    for language in analysis.LANGUAGES:
        found = table.get(word, language)
        if found is None and language == "fi":
            found = ask(word)
        if found is None and language == "fi":
            # Without a dictionary the word may itself be a base form, or have kin in the index.
            kin = table.of_same_stem(word, language)
            terms.update(dict.fromkeys([word, *(lemma for other in kin for lemma in other.lemmas)]))
        found = found or analysis.stand_in(word, language)
        terms.update(dict.fromkeys(found.lemmas))
        parts = _split(found, table) if language == "fi" else parts
    return Wanted(word, (word,), tuple(terms), parts, count=max(map(table.frequency, {word, *terms})))


def _split(word: Word, table: WordTable) -> tuple[tuple[str, ...], ...]:
    """Take a compound apart into the longest parts that the index holds; not one that was only guessed."""
    parts: list[tuple[str, ...]] = []
    place = 0
    while not any("#" in lemma for lemma in word.lemmas):
        bases: dict[int, list[str]] = {}
        for part in word.parts:
            if part.start == place:
                bases.setdefault(part.end, []).append(part.base)
        if not bases:
            break
        held = [end for end, names in bases.items() if any(map(table.frequency, names))]
        place = max(held) if held else min(bases)
        parts.append(tuple(bases[place]))
    return tuple(parts)


def of_index(term: str, table: WordTable) -> Wanted:
    """Turn a term of the index, a written word or a base form, to what it finds."""
    words = [table.get(term, language) for language in (*analysis.LANGUAGES, "")]
    lemmas = dict.fromkeys(lemma for word in words if word for lemma in word.lemmas)
    return Wanted(term, (term,), tuple(lemmas) or (term,))
