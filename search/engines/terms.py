"""What the words of a document become in an index: columns of terms. The same for every engine."""

from collections.abc import Callable

from search.analysis import Word, base_language
from search.documents import Document
from search.tokens import tokens

# From a lower-case word and its language to its terms. It may load dictionaries.
Analyse = Callable[[str, str], Word]
COLUMNS = ("title_surface", "title_lemma", "title_parts", "surface", "lemma", "parts")
# One for each. The ratio of lemma to parts matters most: at 1:1 compounds drown the word itself.
# A title counts threefold.
WEIGHTS = (1.5, 6.0, 1.5, 0.5, 2.0, 0.5)
# A phrase may reach from the lead into the body: both are one running text to a reader.
_GAP = " "
_SHORTEST_MEANT = 3


def columns_of(document: Document, analyse: Analyse) -> tuple[list[str], ...]:
    """Return the terms of a cleaned document, for each of the columns."""
    language = base_language(document.language)
    text = _GAP.join((*document.texts, *document.keywords, document.found_by))
    return (*_terms(document.title, language, analyse), *_terms(text, language, analyse))


def _terms(text: str, language: str, analyse: Analyse) -> tuple[list[str], list[str], list[str]]:
    """Turn a text into its written forms, base forms and parts."""
    surfaces: list[str] = []
    lemmas: list[str] = []
    parts: list[str] = []
    for token in tokens(text):
        word = analyse(token.word, language)
        surfaces.append(word.surface)
        lemmas += word.lemmas
        parts += dict.fromkeys(part.base for part in word.parts)
    return surfaces, lemmas, parts


def terms_of(word: Word) -> set[str]:
    """Return everything that a word is found by."""
    return {word.surface, *word.lemmas, *(part.base for part in word.parts)}


def may_be_meant(term: str) -> bool:
    """Whether a mistyped word may be near to the term: neither a stem nor a number is what anybody types."""
    return "#" not in term and len(term) >= _SHORTEST_MEANT and term[0].isalpha()
