"""What a typed word may stand for: its base forms. Search, which knows inflection, stands above and lends its own."""

from collections.abc import Callable, Iterable

BaseForms = Callable[[str, str], Iterable[str]]
_lent: list[BaseForms] = []


def lend(base_forms: BaseForms) -> None:
    """Have `base_forms(word, language)` tell the base forms of a word; the last one lent is asked."""
    _lent[:] = [base_forms]


def base_forms(word: str, language: str) -> set[str]:
    """The word in lower case, and its base forms where they are known."""
    return {word.casefold(), *(form for each in _lent for form in each(word.casefold(), language))}
