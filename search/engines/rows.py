"""The rows of all documents, kept in memory by each process: what FTS5 finds is then only ids and scores.

Reading 20,000 documents' languages, dates and codes for every query costs more than finding them. New ones are read
when the index has changed; one copy serves all threads. A thread that still reads an older state of the index
meets ids here that are gone or not there yet: it passes over the former and does not ask for the latter.
"""

import json
import sqlite3
import threading
from collections.abc import Sequence
from functools import lru_cache

from search.engines.ranking import Row, Value


class Rows:
    """The rows of one build of the index."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._last = self._gone = 0
        # id → row and the number of the group of readers who may open it.
        self.by_id: dict[int, tuple[Row, int]] = {}
        self._groups: dict[str, int] = {}

    def refresh(self, connection: sqlite3.Connection, generation: int) -> None:
        """Read what was added since, and forget what is gone."""
        with self._lock:
            added = connection.execute(
                "SELECT id, language, translation_key, date, title_words, facets, access"
                f" FROM documents_{generation} WHERE id > ? ORDER BY id",
                (self._last,),
            )
            for key, language, translation_key, date, title_words, facets, access in added:
                group = self._groups.setdefault(access, len(self._groups))
                values = _values(facets)
                self.by_id[key] = (Row(key, language, translation_key, date, title_words, values), group)
                self._last = key
            gone = connection.execute(
                f"SELECT id, document FROM gone_{generation} WHERE id > ? ORDER BY id", (self._gone,)
            )
            for place, key in gone:
                self.by_id.pop(key, None)
                self._gone = place

    def open_to(self, access: Sequence[str]) -> set[int]:
        """Return the groups of documents that a reader with these tokens may open."""
        own = set(access)
        return {group for tokens, group in [*self._groups.items()] if not own.isdisjoint(json.loads(tokens))}


@lru_cache(maxsize=10_000)
def _values(facets: str) -> tuple[Value, ...]:
    # Many documents have the same ones.
    return tuple((facet, value) for facet, value in json.loads(facets))
