"""The engine inside the site: one SQLite FTS5 file beside the data, whatever the main database is."""

import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

from search.documents import PUBLIC, Document, digest
from search.engines import EVERYTHING, Check, Filters, Hit, IndexUnavailable, Results, Sort, schema
from search.engines.matching import plan
from search.engines.ranking import Found, arrange, rank
from search.engines.wanted import AskUnseen, Wanted
from search.engines.words import Analyse, WordTable
from search.engines.writing import read, remove, write
from search.excerpts import Spans, excerpt, marked, spans_of
from search.query import Query
from search.tokens import tokens

_BATCH = 200
_MOST_FORMS = 3
_PRAGMAS = ("journal_mode = WAL", "synchronous = NORMAL", "busy_timeout = 20000")


class EmbeddedEngine:
    """One index file. `analyse` may load dictionaries and is used in writing; `ask` serves queries."""

    def __init__(self, path: Path, analyse: Analyse, ask: AskUnseen) -> None:
        self.path = path
        self._analyse = analyse
        self._ask = ask
        self._local = threading.local()

    def index(self, documents: Iterable[Document]) -> None:
        with self._writing() as (connection, generation):
            table = WordTable(connection, generation)
            for document in documents:
                write(document, table, self._analyse)

    def delete(self, keys: Iterable[str]) -> None:
        with self._writing() as (connection, generation):
            for key in keys:
                remove(key, connection, generation)

    def rebuild(self, documents: Iterable[Document], progress: Callable[[int], None] | None = None) -> int:
        connection = self._open_to_rebuild()
        try:
            old = schema.generation_in_use(connection)
            for leftover in schema.generations(connection):
                if leftover != old:
                    schema.drop(connection, leftover)
            new, count = old + 1, 0
            schema.create(connection, new)
            table = WordTable(connection, new)
            analyse = _remembering(WordTable(connection, old), self._analyse) if old else self._analyse
            source = iter(documents)
            while batch := list(islice(source, _BATCH)):
                with _transaction(connection):
                    for document in batch:
                        write(document, table, analyse)
                count += len(batch)
                if progress:
                    progress(count)
            connection.execute(f"INSERT INTO fts_{new} (fts_{new}) VALUES ('optimize')")
            with _transaction(connection):
                schema.use(connection, new)
            if old:
                schema.drop(connection, old)
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            return count
        finally:
            connection.close()

    def search(
        self,
        query: Query,
        *,
        filters: Filters = EVERYTHING,
        page: int = 1,
        per_page: int = 10,
        sort: Sort = Sort.RELEVANCE,
        access: Sequence[str] = (PUBLIC,),
        language: str = "fi",
    ) -> Results:
        if not query:
            return Results()
        with self._reading() as (connection, generation):
            table = WordTable(connection, generation, self._wanted(connection))
            # The largest id, at no cost: nearly the number of documents.
            (count,) = connection.execute(f"SELECT max(id) FROM documents_{generation}").fetchone()
            asked = plan(query, table, count or 0, self._ask)
            found = rank(connection, generation, [tier.expression for tier in asked.tiers], filters, access)
            ordered, facets = arrange(found.values(), filters.kinds, sort, language)
            first = (max(page, 1) - 1) * per_page
            shown = ordered[first : first + per_page]
            spans = _spans(query, asked.wanted, table)
            own = _spans(query, [word for word in asked.wanted if (word.typed,) == query.words], table)
            hits = tuple(_hit(f, connection, generation, spans) for f in shown)
        used = min((f.tier for f in ordered), default=0)
        corrections = asked.tiers[used].corrections if ordered else {}
        return Results(len(ordered), hits, facets, corrections, _forms(query, hits, own))

    def is_built(self) -> bool:
        try:
            with self._reading():
                return True
        except IndexUnavailable as error:
            # A locked or unreadable disk is no reason to throw the index away.
            return isinstance(error.__cause__, sqlite3.OperationalError)

    def digests(self) -> dict[str, str]:
        with self._reading() as (connection, generation):
            rows = connection.execute(f"SELECT key, stored FROM documents_{generation}")
            return {key: digest(stored) for key, stored in rows}

    def check(self) -> Check:
        try:
            with self._reading() as (connection, generation):
                (count,) = connection.execute(f"SELECT count(*) FROM documents_{generation}").fetchone()
                (indexed,) = connection.execute(f"SELECT count(*) FROM fts_{generation}").fetchone()
                (verdict,) = connection.execute("PRAGMA quick_check(1)").fetchone()
        except IndexUnavailable as error:
            return Check(problem=str(error))
        if verdict != "ok" or count != indexed:
            return Check(count, f"damaged: {verdict}, {count} documents, {indexed} indexed")
        return Check(count)

    @contextmanager
    def _writing(self) -> Iterator[tuple[sqlite3.Connection, int]]:
        """One write transaction on the generation in use."""
        with self._connected() as connection, _transaction(connection):
            yield connection, _generation(connection)
            self._local.version = None

    def _wanted(self, connection: sqlite3.Connection) -> dict[str, Wanted]:
        """What this thread has looked up since another connection, or it itself, last wrote to the index."""
        (version,) = connection.execute("PRAGMA data_version").fetchone()
        if getattr(self._local, "version", None) != version:
            self._local.version, self._local.wanted = version, {}
        wanted: dict[str, Wanted] = self._local.wanted
        return wanted

    @contextmanager
    def _reading(self) -> Iterator[tuple[sqlite3.Connection, int]]:
        """One snapshot of the generation in use, even if a rebuild swaps meanwhile."""
        with self._connected() as connection, _transaction(connection, "DEFERRED"):
            yield connection, _generation(connection)

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

    def _open_to_rebuild(self) -> sqlite3.Connection:
        """Open the file for a rebuild; a damaged one holds nothing worth keeping and is replaced."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        try:
            connection = _connect(self.path, "rwc")
            schema.generation_in_use(connection)
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
def _transaction(connection: sqlite3.Connection, kind: str = "IMMEDIATE") -> Iterator[None]:
    connection.execute(f"BEGIN {kind}")
    try:
        yield
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def _generation(connection: sqlite3.Connection) -> int:
    generation = schema.generation_in_use(connection)
    if not generation:
        raise IndexUnavailable("the index has not been built by this version")
    return generation


def _remembering(known: WordTable, analyse: Analyse) -> Analyse:
    return lambda word, language: known.get(word, language) or analyse(word, language)


def _spans(query: Query, words: Sequence[Wanted], table: WordTable) -> dict[str, tuple[int, int]]:
    """Tell which letters of which written words to mark."""
    surfaces = {surface for wanted in words for surface in wanted.surfaces}
    surfaces.update(word for phrase in query.phrases for word in phrase)
    terms = {term for wanted in words for term in wanted.all_terms()}
    spans = spans_of(table.found_by(surfaces | terms), surfaces, terms)
    # A word of a phrase need not be among those found by a term.
    spans.update((surface, (0, len(surface))) for surface in surfaces)
    return spans


def _hit(found: Found, connection: sqlite3.Connection, generation: int, spans: Spans) -> Hit:
    (stored,) = connection.execute(f"SELECT stored FROM documents_{generation} WHERE id = ?", (found.id,)).fetchone()
    document = read(stored)
    words = excerpt((document.lead, document.body), spans)
    return Hit(document, marked(document.title, spans), words, -found.score)


def _forms(query: Query, hits: Iterable[Hit], spans: Spans) -> tuple[str, ...]:
    """A few other written forms that one typed word finds, shortest first; only from what the reader may open."""
    if len(query.words) != 1 or query.phrases:
        return ()
    texts = (text for hit in hits for text in (hit.document.title, hit.document.lead, hit.document.body))
    whole = {word for text in texts for word, _s, _e in tokens(text) if spans.get(word) == (0, len(word))}
    return tuple(sorted(whole - set(query.words), key=lambda form: (len(form), form))[:_MOST_FORMS])
