"""Rows of one document in the tables of a generation."""

import json

from search.documents import Document, cleaned, read, written
from search.engines.embedded.words import WordTable
from search.engines.ranking import day_number, values_of
from search.engines.suggesting import called
from search.engines.terms import COLUMNS, Analyse, columns_of
from search.tokens import tokens

_NAMES, _MARKS = ", ".join(COLUMNS), ", ".join("?" for _ in COLUMNS)


def write(document: Document, table: WordTable, analyse: Analyse) -> None:
    """Add the document in place of the one of the same key."""
    execute, g = table.connection.execute, table.generation
    remove(document.key, table, analyse)
    stored, document = written(document), cleaned(document)
    columns = _columns(document, table, analyse)
    row = execute(
        f"INSERT INTO documents_{g} (key, language, translation_key, date, title_words, facets, access)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            document.key,
            document.language,
            document.translation_key,
            day_number(document.date),
            sum(1 for _token in tokens(document.title)),
            json.dumps(values_of(document), ensure_ascii=False),
            json.dumps(sorted(document.access)),
        ),
    )
    execute(f"INSERT INTO texts_{g} VALUES (?, ?)", (row.lastrowid, stored))
    execute(f"INSERT INTO fts_{g} (rowid, {_NAMES}) VALUES (?, {_MARKS})", (row.lastrowid, *columns))
    title = called((document.title, document.found_by), *columns[1:3])
    execute(f"INSERT INTO titles_{g} (rowid, title) VALUES (?, ?)", (row.lastrowid, title))


def remove(key: str, table: WordTable, analyse: Analyse) -> None:
    """Delete the document of this key, if there is one."""
    execute, g = table.connection.execute, table.generation
    row = execute(
        f"SELECT d.id, t.stored FROM documents_{g} d JOIN texts_{g} t ON t.id = d.id WHERE d.key = ?", (key,)
    ).fetchone()
    if row:
        number, document = row[0], read(row[1])
        columns = _columns(document, table, analyse)
        title = called((document.title, document.found_by), *columns[1:3])
        # FTS5 keeps no texts, so it is told again what it holds of this one.
        execute(f"INSERT INTO fts_{g} (fts_{g}, rowid, {_NAMES}) VALUES ('delete', ?, {_MARKS})", (number, *columns))
        execute(f"INSERT INTO titles_{g} (titles_{g}, rowid, title) VALUES ('delete', ?, ?)", (number, title))
        execute(f"DELETE FROM texts_{g} WHERE id = ?", (number,))
        execute(f"DELETE FROM documents_{g} WHERE id = ?", (number,))
        execute(f"INSERT INTO gone_{g} (document) VALUES (?)", (number,))


def _columns(document: Document, table: WordTable, analyse: Analyse) -> list[str]:
    columns = columns_of(document, lambda word, language: table.get_or_add(word, language, analyse))
    return [" ".join(terms) for terms in columns]
