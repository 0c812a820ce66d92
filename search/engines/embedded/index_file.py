"""The file of the embedded index: the threads' connections, transactions, and every way it can fail."""

import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from search.engines import IndexUnavailable
from search.engines.embedded import schema
from search.engines.embedded.rows import OpenRows, RowsOfBuild
from search.engines.embedded.words import WordTable
from search.engines.wanted import Wanted

# What was found out about typed words is kept for so many kinds of readers.
_MOST_READERS = 16
_PRAGMAS = ("journal_mode = WAL", "synchronous = NORMAL", "busy_timeout = 20000")


class IndexFile:
    """One SQLite file, which may vanish, be damaged or be made anew at any time."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._local = threading.local()
        # By build: those of the one in use, and for a moment of the one before.
        self._rows: dict[str, RowsOfBuild] = {}

    @contextmanager
    def writing(self) -> Iterator[WordTable]:
        """One write transaction on the generation in use."""
        with self._connected() as connection, transaction(connection):
            yield WordTable(connection, _generation(connection).number)
            # SQLite tells of changes by others alone.
            self._local.state = None

    @contextmanager
    def reading(self) -> Iterator[tuple[WordTable, RowsOfBuild]]:
        """One snapshot of the generation in use, even if a rebuild swaps meanwhile."""
        with self._connected() as connection, transaction(connection, "DEFERRED"):
            generation = _generation(connection)
            (version,) = connection.execute("PRAGMA data_version").fetchone()
            rows = self._rows_of(generation.build)
            state = (generation, version, rows)
            if getattr(self._local, "state", None) != state:
                rows.refresh(connection, generation.number)
                self._local.state, self._local.wanted = state, {}
            yield WordTable(connection, generation.number), rows

    @contextmanager
    def reading_as(self, access: Sequence[str]) -> Iterator[tuple[WordTable, OpenRows]]:
        """The same as a reader with these tokens sees it: the words and rows of what they may open."""
        with self.reading() as (table, rows):
            opened = rows.open_to(access)
            of_readers: dict[frozenset[str], dict[str, Wanted]] = self._local.wanted
            reader = frozenset(access)
            while reader not in of_readers and len(of_readers) >= _MOST_READERS:
                of_readers.pop(next(iter(of_readers)))
            wanted = of_readers.setdefault(reader, {})
            yield WordTable(table.connection, table.generation, wanted, opened.readable), opened

    def _rows_of(self, build: str) -> RowsOfBuild:
        rows = self._rows.get(build)
        if rows is None:
            rows = self._rows[build] = RowsOfBuild()
            for older in list(self._rows)[:-2]:
                self._rows.pop(older, None)
        return rows

    @contextmanager
    def _connected(self) -> Iterator[sqlite3.Connection]:
        """This thread's connection; every way the file can fail becomes IndexUnavailable."""
        try:
            yield self._connection()
        except sqlite3.DatabaseError as error:
            self._forget()
            raise IndexUnavailable(f"{type(error).__name__}: {error}") from error

    def _connection(self) -> sqlite3.Connection:
        try:
            stat = self.path.stat()
        except OSError as error:
            self._forget()
            raise IndexUnavailable(f"there is no index at {self.path}") from error
        identity = (stat.st_dev, stat.st_ino)
        # A file that was deleted and made anew would go on being read from the old one.
        if getattr(self._local, "identity", None) != identity:
            self._forget()
            self._local.connection = _connect(self.path)
            self._local.identity = identity
        connection: sqlite3.Connection = self._local.connection
        return connection

    def _forget(self) -> None:
        connection = getattr(self._local, "connection", None)
        self._local.__dict__.clear()
        if connection is not None:
            connection.close()

    def open_to_rebuild(self) -> sqlite3.Connection:
        """Open the file for a rebuild; a damaged one holds nothing worth keeping and is replaced."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        try:
            connection = _connect(self.path, "rwc")
            schema.in_use(connection)
            if connection.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok":
                return connection
            connection.close()
        except sqlite3.OperationalError:
            raise
        except sqlite3.DatabaseError:
            pass
        for suffix in ("", "-wal", "-shm"):
            self.path.with_name(self.path.name + suffix).unlink(missing_ok=True)
        return _connect(self.path, "rwc")


def _connect(path: Path, mode: str = "rw") -> sqlite3.Connection:
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode={mode}", uri=True, isolation_level=None, timeout=20)
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    return connection


@contextmanager
def transaction(connection: sqlite3.Connection, kind: str = "IMMEDIATE") -> Iterator[None]:
    connection.execute(f"BEGIN {kind}")
    try:
        yield
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def _generation(connection: sqlite3.Connection) -> schema.Generation:
    generation = schema.in_use(connection)
    if not generation.number:
        raise IndexUnavailable("the index has not been built by this version")
    return generation
