"""From documents to what the cluster is sent."""

from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from typing import Any

from search import analysis
from search.analysis import Part, Word
from search.documents import Document, cleaned, digest, written
from search.engines.compounds import endings
from search.engines.elasticsearch.rows import number_of, packed
from search.engines.spelling import deletions
from search.engines.suggesting import called
from search.engines.terms import COLUMNS, Analyse, columns_of, may_be_meant, terms_of
from search.tokens import fold

# What the analysis of a written word in a language is called in the index of words.
Key = tuple[str, str]
# As many take some 25 MB of the worker's; a rebuild of more words analyses the rare ones anew.
_REMEMBERED = 50_000


class Analysed:
    """Words as they are analysed, each once, with those noted that the index of words may not hold yet."""

    def __init__(self, analyse: Analyse) -> None:
        self._analyse = analyse
        self._known: dict[Key, Word] = {}
        self._unwritten: dict[Key, Word] = {}

    def __call__(self, word: str, language: str) -> Word:
        found = self._known.get((language, word))
        if found is None:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            found = self._known[language, word] = self._analyse(word, language)
            self._unwritten[language, word] = found
        return found

    def recall(self, word: str, language: str) -> Word:
        """Return the analysis without noting the word."""
        return self._known.get((language, word)) or self._analyse(word, language)

    def unwritten(self) -> dict[Key, Word]:
        """What was analysed since `wrote` was last called."""
        return dict(self._unwritten)

    def wrote(self, keys: Iterable[Key]) -> None:
        for key in keys:
            self._unwritten.pop(key, None)


def source(document: Document, analyse: Analyse) -> dict[str, Any]:
    """What the index holds of the document: its terms, what it is ordered by, who may open it, and its text."""
    stored, document = written(document), cleaned(document)
    words: dict[str, Word] = {}

    def noted(word: str, language: str) -> Word:
        words[word] = analyse(word, language)
        return words[word]

    columns = dict(zip(COLUMNS, columns_of(document, noted), strict=True))
    return {
        **{name: " ".join(terms) for name, terms in columns.items()},
        "any": " ".join({term for terms in columns.values() for term in terms}),
        "begins": called(
            (document.title, document.found_by), " ".join(columns["title_lemma"]), " ".join(columns["title_parts"])
        ),
        "access": list(document.access),
        "row": (row := packed(document)),
        "number": number_of(row),
        "digest": digest(stored),
        "stored": stored,
        "words": "".join(map(_line, words.values())),
    }


def word_sources(words: Iterable[tuple[Key, Word]]) -> Iterator[tuple[str, dict[str, Any]]]:
    """(id, source) of each word, and of each term that a mistyped word may be near to."""
    terms: set[str] = set()
    for (language, surface), word in words:
        stem = analysis.stem(surface, language) if language else ""
        yield (
            word_id(language, surface),
            {
                "stem": stem,
                "word": surface,
                "analysis": word.dump(),
                "endings": sorted({ending for lemma in word.lemmas for ending in endings(lemma)}),
            },
        )
        terms |= terms_of(word)
    for term in filter(may_be_meant, terms):
        yield f"t:{term}", {"term": term, "folded": fold(term), "length": len(term), "keys": sorted(deletions(term))}


def word_id(language: str, surface: str) -> str:
    """Name a written word of a language in the index of words."""
    return f"w:{language}:{surface}"


def _line(word: Word) -> str:
    """Write an analysis; no term has a space in it."""
    parts = " ".join(f"{part.base} {part.start} {part.end}" for part in word.parts)
    return f" {word.surface} | {' '.join(word.lemmas)} | {parts} \n"


def found_among(lines: str, terms: AbstractSet[str]) -> Iterator[Word]:
    """Yield the words that any of the terms finds; making all of a page's words costs more than a search."""
    starts = set()
    for term in terms:
        place = lines.find(f" {term} ")
        while place >= 0:
            starts.add(lines.rfind("\n", 0, place) + 1)
            place = lines.find(f" {term} ", place + 1)
    for start in sorted(starts):
        surface, lemmas, parts = (piece.split() for piece in lines[start : lines.index("\n", start)].split("|"))
        bases = zip(parts[::3], map(int, parts[1::3]), map(int, parts[2::3]), strict=True)
        word = Word(surface[0], tuple(lemmas), tuple(Part(*part) for part in bases))
        # What was found may have been a place in the word.
        if not terms.isdisjoint((word.surface, *word.lemmas, *(part.base for part in word.parts))):
            yield word
