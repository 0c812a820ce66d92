"""Base forms of a typed word, for lists that are searched by name: the glossary."""

from search import answering
from search.analysis import base_language, stem

# A shorter stem would be found inside too many names.
SHORTEST_STEM = 4


def base_forms(word: str, language: str) -> set[str]:
    """Its dictionary forms where the worker knows the word, else its stem."""
    known = answering.ask(word) if language == "fi" else None
    lemmas = {lemma for lemma in known.lemmas if "#" not in lemma} if known else set()
    if lemmas or not base_language(language):
        return lemmas
    cut = stem(word, language).partition("#")[2]
    return {cut} if len(cut) >= SHORTEST_STEM else set()
