"""The rows of all documents, kept in memory by each process: what FTS5 finds is then only ids and scores.

Reading 20,000 documents' languages, dates and codes for every query costs more than finding them. New ones are read
when the index has changed; one copy serves all threads. A thread that still reads an older state of the index
meets ids here that are gone or not there yet: it passes over the former and does not ask for the latter.
"""

import json
import sqlite3
import threading
from collections.abc import Mapping, Sequence
from functools import lru_cache
from sys import intern

from search.engines.ranking import Row

# Every set of groups has rows of its own.
_MOST_READERS = 16


class Rows:
    """The rows of one build of the index."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._last = self._gone = 0
        # The tokens that open a document, as they are stored → id → row.
        self._by_access: dict[str, dict[int, Row]] = {}
        self._by_reader: dict[frozenset[str], Mapping[int, Row]] = {}

    def refresh(self, connection: sqlite3.Connection, generation: int) -> None:
        """Read what was added since, and forget what is gone."""
        with self._lock:
            before = self._last, self._gone
            added = connection.execute(
                "SELECT id, language, translation_key, date, title_words, facets, access"
                f" FROM documents_{generation} WHERE id > ? ORDER BY id",
                (self._last,),
            )
            for key, language, translation_key, date, title_words, facets, access in added:
                row = Row(key, intern(language), translation_key, date, title_words, _values(facets))
                self._by_access.setdefault(access, {})[key] = row
                self._last = key
            gone = connection.execute(
                f"SELECT id, document FROM gone_{generation} WHERE id > ? ORDER BY id", (self._gone,)
            )
            for place, key in gone:
                for rows in self._by_access.values():
                    rows.pop(key, None)
                self._gone = place
            if before != (self._last, self._gone):
                self._by_reader = {}

    def open_to(self, access: Sequence[str]) -> Mapping[int, Row]:
        """Return the rows of what a reader with these tokens may open, by id."""
        reader = frozenset(access)
        rows = self._by_reader.get(reader)
        if rows is None:
            with self._lock:
                sets = [rows for tokens, rows in self._by_access.items() if not reader.isdisjoint(json.loads(tokens))]
                rows = sets[0] if len(sets) == 1 else {key: row for rows in sets for key, row in rows.items()}
                while len(self._by_reader) >= _MOST_READERS:
                    self._by_reader.pop(next(iter(self._by_reader)))
                self._by_reader[reader] = rows
        return rows


@lru_cache(maxsize=10_000)
def _values(facets: str) -> tuple[str, ...]:
    # Many documents have the same ones, and all of them the same few texts.
    return tuple(map(intern, json.loads(facets)))
