"""The rows of documents, kept in memory by each process: what the cluster finds is then only numbers and scores.

A number stands for what is in a row: a row with anything else in it has another. So none here is ever out of date.
"""

import json
import threading
from collections.abc import Iterable
from hashlib import blake2b

from search.documents import Document
from search.engines.ranking import Row, day_number, values_of
from search.tokens import tokens

# Some 40 MB; a site with more documents than this has room for a larger process.
_MOST_KEPT = 60_000
# So many bits are a whole number in every language that reads JSON.
_BITS = 53


def packed(document: Document) -> str:
    """Write what order and facets ask of the document."""
    date = day_number(document.date)
    title_words = sum(1 for _token in tokens(document.title))
    row = Row(document.key, document.language, document.translation_key, date, title_words, values_of(document))
    return json.dumps(row, ensure_ascii=False, separators=(",", ":"))


def number_of(row: str) -> int:
    """Return the number that stands for a packed row."""
    return int.from_bytes(blake2b(row.encode(), digest_size=8).digest()) >> (64 - _BITS)


class KeptRows:
    """Rows by their numbers."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._rows: dict[int, Row] = {}

    def known(self, numbers: Iterable[int]) -> dict[int, Row]:
        """Return those that are here, whatever other threads do meanwhile."""
        rows = self._rows
        return {number: row for number in numbers if (row := rows.get(number))}

    def add(self, rows: Iterable[str]) -> dict[int, Row]:
        """Keep packed rows, and return them."""
        new = {number_of(row): _unpacked(row) for row in rows}
        with self._lock:
            if len(self._rows) + len(new) > _MOST_KEPT:
                self._rows = {}
            self._rows.update(new)
        return new


def _unpacked(row: str) -> Row:
    key, language, translation_key, date, title_words, values = json.loads(row)
    return Row(key, language, translation_key, date, title_words, tuple(values))
