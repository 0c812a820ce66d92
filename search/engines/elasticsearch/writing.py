"""From documents to what the cluster is sent."""

import json
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from functools import lru_cache
from typing import Any

from search import analysis
from search.analysis import Part, Word
from search.documents import Document, cleaned, digest, written
from search.engines.ranking import Row, day_number, values_of
from search.engines.spelling import deletions
from search.engines.suggesting import called
from search.engines.terms import COLUMNS, Analyse, columns_of, may_be_meant, terms_of
from search.tokens import fold, tokens

# What the analysis of a written word in a language is called in the index of words.
Key = tuple[str, str]
# Base forms, and (base form, first letter, last letter) of each part.
Dumped = tuple[list[str], list[tuple[str, int, int]]]
_REMEMBERED = 200_000


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
        "begins": called((document.title, document.found_by), " ".join(columns["title_lemma"])),
        "access": list(document.access),
        "row": _packed(document),
        "digest": digest(stored),
        "stored": stored,
        "words": _json({word.surface: [word.lemmas, word.parts] for word in words.values()}),
    }


def _packed(document: Document) -> str:
    date = day_number(document.date)
    title_words = sum(1 for _token in tokens(document.title))
    row = Row(document.key, document.language, document.translation_key, date, title_words, values_of(document))
    return _json(row)


@lru_cache(maxsize=50_000)
def unpacked(packed: str) -> Row:
    """Read what `source` put in `row`: the same for as long as the document stays as it is."""
    key, language, translation_key, date, title_words, values = json.loads(packed)
    return Row(key, language, translation_key, date, title_words, tuple(values))


def word_sources(words: Iterable[tuple[Key, Word]]) -> Iterator[tuple[str, dict[str, Any]]]:
    """(id, source) of each word, and of each term that a mistyped word may be near to."""
    terms: set[str] = set()
    for (language, surface), word in words:
        stem = analysis.stem(surface, language) if language else ""
        yield word_id(language, surface), {"stem": stem, "word": surface, "analysis": word.dump()}
        terms |= terms_of(word)
    for term in filter(may_be_meant, terms):
        yield f"t:{term}", {"term": term, "folded": fold(term), "length": len(term), "keys": sorted(deletions(term))}


def word_id(language: str, surface: str) -> str:
    """Name a written word of a language in the index of words."""
    return f"w:{language}:{surface}"


def words_of(dumped: str) -> dict[str, Dumped]:
    """Read the analyses that `source` kept beside a document: written word → base forms and parts."""
    words: dict[str, Dumped] = json.loads(dumped)
    return words


def found_among(words: dict[str, Dumped], terms: AbstractSet[str]) -> Iterator[Word]:
    """Yield the words that any of the terms finds; making all of a page's words costs more than a search."""
    for surface, (lemmas, parts) in words.items():
        if surface in terms or not terms.isdisjoint(lemmas) or any(part[0] in terms for part in parts):
            yield Word(surface, tuple(lemmas), tuple(Part(*part) for part in parts))


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
