"""Names in the order of the reader's language: in Finnish and Swedish å, ä and ö are the last letters of the alphabet.

The order is that of the Unicode CLDR for fi, sv and en. PostgreSQL has it as ICU collations; SQLite, which orders by
code points (Z before a, Ä before Å), is taught it under the same names, and what to sort by as a function.
"""

import sqlite3
import unicodedata
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from django.db.models.functions import Collate

from common import languages

LANGUAGES = ("fi", "sv", "en")
# What is a letter of its own, and which foreign letters stand with it.
LAST_LETTERS = {"å": "å", "ä": "ä", "æ": "ä", "ö": "ö", "ø": "ö", "ő": "ö"}
PLACES = {"å": "{", "ä": "|", "ö": "}"}
FOREIGN = {"ü": "y", "ű": "y", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "ł": "l", "ŋ": "n", "ŧ": "t", "œ": "oe"}

Key = tuple[str, str, str]


def sort_key(text: str, language: str = "") -> Key:
    """What to sort by: the letters first, then accents, then capitals."""
    return _key(text, language or languages.current())


def first_letter(text: str, language: str = "") -> str:
    """The letter that the text is found under in an index; "#" where it begins with none."""
    place = next(iter(sort_key(text.strip(), language)[0]), "")
    back = {place: letter for letter, place in PLACES.items()}
    letter = back.get(place, place)
    return letter.upper() if letter.isalpha() else "#"


class InOrder(Collate):
    """A column in the order of a language."""

    def __init__(self, column: str, language: str) -> None:
        super().__init__(column, _name(language))
        self.language = language

    def as_sqlite(self, compiler: Any, connection: Any, **_more: Any) -> tuple[str, Any]:
        # What to sort by is made once for each row; a collation is asked for each comparison, nine times a row of 500.
        sql, params = compiler.compile(self.source_expressions[0])
        return f"{_function(self.language)}({sql})", params


def in_order(column: str, language: str = "") -> InOrder:
    """The column for order_by(), in the order of the language."""
    return InOrder(column, language or languages.current())


@lru_cache(maxsize=8192)
def _key(text: str, language: str) -> Key:
    text = unicodedata.normalize("NFC", text)
    folded = text.casefold()
    return "".join(_place(letter, language) for letter in folded), folded, text.swapcase()


def _place(letter: str, language: str) -> str:
    if language != "en" and letter in LAST_LETTERS:
        return PLACES[LAST_LETTERS[letter]]
    if letter in FOREIGN and (language != "en" or letter not in "üű"):
        return FOREIGN[letter]
    # Without its accent; a sign that has none stays.
    base = "".join(c for c in unicodedata.normalize("NFKD", letter) if not unicodedata.combining(c))
    return {"æ": "ae", "ø": "o"}.get(base, base)


def _name(language: str) -> str:
    return f"{language}-x-icu"


def _function(language: str) -> str:
    return f"{language}_order"


def _sorting(language: str) -> Callable[[str | None], str | None]:
    # Kept as it is given: lists of hundreds are put in order again and again.
    @lru_cache(maxsize=8192)
    def sort_by(text: str | None) -> str | None:
        # No text has the sign that comes first, so the parts are compared one after another.
        return None if text is None else "\x01".join(_key(text, language))

    return sort_by


def teach_sqlite(connection: BaseDatabaseWrapper, **kwargs: Any) -> None:
    """Give a new connection the orders that PostgreSQL has of itself as collations."""
    if connection.vendor == "sqlite":
        raw: sqlite3.Connection = connection.connection
        for language in LANGUAGES:
            raw.create_function(_function(language), 1, _sorting(language), deterministic=True)


def connect() -> None:
    connection_created.connect(teach_sqlite, dispatch_uid="collation")
