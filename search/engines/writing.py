"""Rows of one document in the tables of a generation."""

import datetime
import json
import sqlite3
from typing import Any

from search.analysis import base_language
from search.documents import PUBLIC, Document, cleaned, written
from search.engines.words import Analyse, WordTable
from search.tokens import tokens

_CODE_FIELDS = ("regions", "themes", "phenomena", "task_areas", "access")
# A phrase may reach from the lead into the body: both are one running text to a reader.
_GAP = " "


def write(document: Document, table: WordTable, analyse: Analyse) -> None:
    """Add the document in place of the one of the same key."""
    connection, g = table.connection, table.generation
    remove(document.key, connection, g)
    stored, document = written(document), cleaned(document)
    language = base_language(document.language)
    row = connection.execute(
        f"INSERT INTO documents_{g} (key, kind, language, translation_key, public, date, stored)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            document.key,
            document.kind,
            document.language,
            document.translation_key,
            PUBLIC in document.access,
            document.date.isoformat() if document.date else "",
            stored,
        ),
    )
    codes = {(name, code, row.lastrowid) for name in _CODE_FIELDS for code in getattr(document, name)}
    connection.executemany(f"INSERT INTO codes_{g} VALUES (?, ?, ?)", codes)
    title = _columns(document.title, language, table, analyse)
    text = _columns(_GAP.join((document.lead, document.body, document.found_by)), language, table, analyse)
    connection.execute(
        f"INSERT INTO fts_{g} (rowid, title_surface, title_lemma, title_parts, surface, lemma, parts)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (row.lastrowid, *title, *text),
    )


def remove(key: str, connection: sqlite3.Connection, generation: int) -> None:
    """Delete the document of this key, if there is one."""
    g = generation
    row = connection.execute(f"SELECT id FROM documents_{g} WHERE key = ?", (key,)).fetchone()
    if row:
        connection.execute(f"DELETE FROM fts_{g} WHERE rowid = ?", row)
        connection.execute(f"DELETE FROM codes_{g} WHERE document = ?", row)
        connection.execute(f"DELETE FROM documents_{g} WHERE id = ?", row)


def read(stored: str) -> Document:
    """Return the document that `write` stored."""
    values: dict[str, Any] = json.loads(stored)
    for name in _CODE_FIELDS:
        values[name] = tuple(values[name])
    if values["date"]:
        values["date"] = datetime.date.fromisoformat(values["date"])
    return Document(**values)


def _columns(text: str, language: str, table: WordTable, analyse: Analyse) -> tuple[str, str, str]:
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
