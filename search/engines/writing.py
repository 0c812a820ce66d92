"""Rows of one document in the tables of a generation."""

import datetime
import json
from typing import Any

from search.analysis import base_language
from search.documents import Document, cleaned, written
from search.engines.ranking import CODES, day_number, values_of
from search.engines.schema import COLUMNS
from search.engines.suggesting import called
from search.engines.words import Analyse, WordTable
from search.tokens import tokens

# A phrase may reach from the lead into the body: both are one running text to a reader.
_GAP = " "
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
    title = called((document.title, document.found_by), columns[1])
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
        title = called((document.title, document.found_by), columns[1])
        # FTS5 keeps no texts, so it is told again what it holds of this one.
        execute(f"INSERT INTO fts_{g} (fts_{g}, rowid, {_NAMES}) VALUES ('delete', ?, {_MARKS})", (number, *columns))
        execute(f"INSERT INTO titles_{g} (titles_{g}, rowid, title) VALUES ('delete', ?, ?)", (number, title))
        execute(f"DELETE FROM texts_{g} WHERE id = ?", (number,))
        execute(f"DELETE FROM documents_{g} WHERE id = ?", (number,))
        execute(f"INSERT INTO gone_{g} (document) VALUES (?)", (number,))


def read(stored: str) -> Document:
    """Return the document that `write` stored."""
    values: dict[str, Any] = json.loads(stored)
    for name in (*CODES.values(), "access"):
        values[name] = tuple(values[name])
    if values["date"]:
        values["date"] = datetime.date.fromisoformat(values["date"])
    return Document(**values)


def _columns(document: Document, table: WordTable, analyse: Analyse) -> tuple[str, ...]:
    language = base_language(document.language)
    text = _GAP.join((*document.texts, document.found_by))
    return (*_terms(document.title, language, table, analyse), *_terms(text, language, table, analyse))


def _terms(text: str, language: str, table: WordTable, analyse: Analyse) -> tuple[str, str, str]:
    """Turn a text into its written forms, base forms and parts, separated by spaces."""
    surfaces: list[str] = []
    lemmas: list[str] = []
    parts: list[str] = []
    for token in tokens(text):
        word = table.get_or_add(token.word, language, analyse)
        surfaces.append(word.surface)
        lemmas += word.lemmas
        parts += dict.fromkeys(part.base for part in word.parts)
    return " ".join(surfaces), " ".join(lemmas), " ".join(parts)
