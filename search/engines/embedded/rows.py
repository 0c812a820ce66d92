"""The rows of all documents, kept in memory by each process: what FTS5 finds is then only ids and scores.

Reading 20,000 documents' languages, dates and codes for every query costs more than finding them. New ones are read
when the index has changed; one copy serves all threads, and is replaced by another rather than changed. A thread that
still reads an older state of the index meets rows here that are gone or not there yet: it passes over what is found
without one, and does not ask for what it has not found.
"""

import json
import sqlite3
import threading
from collections.abc import Sequence
from functools import lru_cache
from sys import intern
from typing import NamedTuple

from search.engines.ranking import Row, Rows

# Every set of groups has rows of its own.
_MOST_READERS = 16


class OpenRows(NamedTuple):
    """The rows of all documents, and the ids of those that a reader may open."""

    known: Rows
    readable: frozenset[int]


class RowsOfBuild:
    """The rows of one build of the index."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._last = self._gone = 0
        self._known = Rows(())
        # The tokens that open a document, as they are stored → ids.
        self._by_access: dict[str, set[int]] = {}
        self._by_reader: dict[frozenset[str], OpenRows] = {}

    def refresh(self, connection: sqlite3.Connection, generation: int) -> None:
        """Read what was added since, and forget what is gone."""
        with self._lock:
            rows = {row.id: row for row in self._known.by_key.values()}
            before = self._last, self._gone
            # All is read before anything is changed here: a disk that fails half-way leaves what there was.
            added = connection.execute(
                "SELECT id, language, translation_key, date, title_words, facets, access"
                f" FROM documents_{generation} WHERE id > ? ORDER BY id",
                (self._last,),
            ).fetchall()
            gone = connection.execute(
                f"SELECT id, document FROM gone_{generation} WHERE id > ? ORDER BY id", (self._gone,)
            ).fetchall()
            for key, language, translation_key, date, title_words, facets, access in added:
                rows[key] = Row(key, intern(language), translation_key, date, title_words, _values(facets))
                self._by_access.setdefault(access, set()).add(key)
                self._last = key
            for place, key in gone:
                rows.pop(key, None)
                for keys in self._by_access.values():
                    keys.discard(key)
                self._gone = place
            if before != (self._last, self._gone):
                self._known = Rows(rows.values())
                self._by_reader = {}

    def open_to(self, access: Sequence[str]) -> OpenRows:
        """Return the rows, and which of them a reader with these tokens may open."""
        reader = frozenset(access)
        rows = self._by_reader.get(reader)
        if rows is None:
            with self._lock:
                sets = [keys for tokens, keys in self._by_access.items() if not reader.isdisjoint(json.loads(tokens))]
                rows = OpenRows(self._known, frozenset[int]().union(*sets))
                while len(self._by_reader) >= _MOST_READERS:
                    self._by_reader.pop(next(iter(self._by_reader)))
                self._by_reader[reader] = rows
        return rows


@lru_cache(maxsize=10_000)
def _values(facets: str) -> tuple[str, ...]:
    # Many documents have the same ones, and all of them the same few texts.
    return tuple(map(intern, json.loads(facets)))
