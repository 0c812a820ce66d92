"""The engine inside the site: one SQLite FTS5 file beside the data, whatever the main database is."""

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from pathlib import Path

from search.documents import PUBLIC, Document, digest, read
from search.engines import EVERYTHING, Check, Filters, IndexUnavailable, Results, Sort, State, Suggestion
from search.engines.embedded import schema
from search.engines.embedded.fts import matching
from search.engines.embedded.index_file import IndexFile, transaction
from search.engines.embedded.suggesting import suggest
from search.engines.embedded.words import WordTable
from search.engines.embedded.writing import remove, write
from search.engines.matching import plan
from search.engines.presenting import presented
from search.engines.ranking import arrange
from search.engines.terms import Analyse
from search.engines.wanted import AskUnseen
from search.query import Query

_BATCH = 200


class EmbeddedEngine:
    """One index file. `analyse` may load dictionaries and is used in writing; `ask` serves queries."""

    def __init__(self, path: Path, analyse: Analyse, ask: AskUnseen) -> None:
        self.path = path
        self._file = IndexFile(path)
        self._analyse = analyse
        self._ask = ask

    def index(self, documents: Iterable[Document]) -> None:
        with self._file.writing() as table:
            for document in documents:
                write(document, table, self._analyse)

    def delete(self, keys: Iterable[str]) -> None:
        with self._file.writing() as table:
            for key in keys:
                remove(key, table, self._analyse)

    def rebuild(self, documents: Iterable[Document], progress: Callable[[int], None] | None = None) -> int:
        connection = self._file.open_to_rebuild()
        try:
            old = schema.in_use(connection).number
            for leftover in schema.generations(connection):
                if leftover != old:
                    schema.drop(connection, leftover)
            new, count = old + 1, 0
            schema.create(connection, new)
            table = WordTable(connection, new)
            analyse = _remembering(WordTable(connection, old), self._analyse) if old else self._analyse
            source = iter(documents)
            while batch := list(islice(source, _BATCH)):
                with transaction(connection):
                    for document in batch:
                        write(document, table, analyse)
                count += len(batch)
                if progress:
                    progress(count)
            for name in ("fts", "titles"):
                connection.execute(f"INSERT INTO {name}_{new} ({name}_{new}) VALUES ('optimize')")
            with transaction(connection):
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
        with self._file.reading_as(access) as (table, rows):
            asked = plan(query, table, self._ask, language)
            # The newest of each day stand in the order of relevance: those of few days may be any.
            layers = matching(asked.tiers, table, rows.readable, with_all_scores=sort is Sort.NEWEST)
            first = (max(page, 1) - 1) * per_page
            arranged = arrange(layers, rows.known, filters, sort, language, first, per_page)
            shown = [(_document(placed.key, table), placed.score) for placed in arranged.shown]
            return presented(query, asked, arranged, shown, table)

    def suggest(
        self, typed: str, *, access: Sequence[str] = (PUBLIC,), language: str = "fi", limit: int = 8
    ) -> tuple[Suggestion, ...]:
        with self._file.reading_as(access) as (table, rows):
            return suggest(typed, table, rows, self._ask, language, limit)

    def fetch(self, keys: Iterable[str], *, access: Sequence[str] = (PUBLIC,)) -> dict[str, Document]:
        wanted = list(keys)
        with self._file.reading() as (table, _rows):
            g = table.generation
            found = table.connection.execute(
                f"SELECT d.key, t.stored FROM documents_{g} d JOIN texts_{g} t ON t.id = d.id"
                f" WHERE d.key IN ({','.join('?' * len(wanted))})",
                wanted,
            )
            documents = {key: read(stored) for key, stored in found}
        return {key: document for key, document in documents.items() if document.is_open_to(access)}

    def is_built(self) -> bool:
        try:
            with self._file.reading():
                return True
        except IndexUnavailable as error:
            # A locked or unreadable disk is no reason to throw the index away.
            return isinstance(error.__cause__, sqlite3.OperationalError)

    def state(self) -> State | None:
        with self._file.reading() as (table, _rows):
            return schema.state(table.connection)

    def digests(self) -> dict[str, str]:
        with self._file.reading() as (table, _rows):
            g = table.generation
            found = table.connection.execute(
                f"SELECT d.key, t.stored FROM documents_{g} d JOIN texts_{g} t ON t.id = d.id"
            )
            return {key: digest(stored) for key, stored in found}

    def check(self) -> Check:
        try:
            with self._file.reading() as (table, _rows):
                names = [f"{name}_{table.generation}" for name in ("documents", "texts")]
                names += [f"{name}_{table.generation}_docsize" for name in ("fts",)]
                ask = table.connection.execute
                counts = [ask(f"SELECT count(*) FROM {name}").fetchone()[0] for name in names]
                (verdict,) = ask("PRAGMA quick_check(1)").fetchone()
        except IndexUnavailable as error:
            return Check(problem=str(error))
        if verdict != "ok" or len(set(counts)) > 1:
            return Check(counts[0], f"damaged: {verdict}, documents, texts and indexed: {counts}")
        return Check(counts[0])


def _document(key: int | str, table: WordTable) -> Document:
    (stored,) = table.connection.execute(f"SELECT stored FROM texts_{table.generation} WHERE id = ?", (key,)).fetchone()
    return read(stored)


def _remembering(known: WordTable, analyse: Analyse) -> Analyse:
    return lambda word, language: known.get(word, language) or analyse(word, language)
