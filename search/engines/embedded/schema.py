"""The tables of the embedded index. Every generation has its own set; `meta` says which one is in use.

A rebuild fills the next generation in the same file while readers stay with theirs, and changes one row at
the end. Swapping files instead would leave a reader's write-ahead log beside a file it doesn't belong to.
"""

import secrets
import sqlite3
from typing import NamedTuple

from search import analysis
from search.engines import State
from search.engines.terms import COLUMNS

# Raise when the tables or what is stored in them change: an index of another version is rebuilt.
VERSION = f"6.{analysis.VERSION}"

# Ids are never used again, so that readers who keep rows in memory need only ask for newer ones, and for what is gone.
# The full texts stand in a table of their own: what is read of every document stays narrow. The indexes of words hold
# no second copy of the texts (content = ''); what is deleted from them is worked out from the stored text.
_TABLES = """
CREATE TABLE documents_{g} (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    key TEXT NOT NULL UNIQUE,
    language TEXT NOT NULL,
    translation_key TEXT NOT NULL,
    date INTEGER NOT NULL,
    title_words INTEGER NOT NULL,
    facets TEXT NOT NULL,
    access TEXT NOT NULL
);
CREATE TABLE texts_{g} (id INTEGER PRIMARY KEY, stored TEXT NOT NULL);
CREATE TABLE gone_{g} (id INTEGER PRIMARY KEY AUTOINCREMENT, document INTEGER NOT NULL);
CREATE VIRTUAL TABLE fts_{g} USING fts5 (
    {columns}, content = '', tokenize = "unicode61 remove_diacritics 0 tokenchars '-:#'''"
);
CREATE VIRTUAL TABLE frequency_{g} USING fts5vocab (fts_{g}, row);
CREATE VIRTUAL TABLE titles_{g} USING fts5 (
    title, content = '', detail = none, columnsize = 0, prefix = '1 2 3',
    tokenize = "unicode61 remove_diacritics 0 tokenchars '-:#'''"
);
CREATE TABLE words_{g} (
    id INTEGER PRIMARY KEY,
    word TEXT NOT NULL,
    language TEXT NOT NULL,
    stem TEXT NOT NULL,
    analysis TEXT NOT NULL,
    UNIQUE (word, language)
);
CREATE INDEX words_{g}_stem ON words_{g} (stem);
CREATE TABLE found_by_{g} (
    term TEXT NOT NULL, word INTEGER NOT NULL, PRIMARY KEY (term, word)
) WITHOUT ROWID;
CREATE TABLE endings_{g} (
    ending TEXT NOT NULL, word INTEGER NOT NULL, PRIMARY KEY (ending, word)
) WITHOUT ROWID;
CREATE TABLE terms_{g} (id INTEGER PRIMARY KEY, term TEXT NOT NULL UNIQUE, folded TEXT NOT NULL);
CREATE INDEX terms_{g}_folded ON terms_{g} (folded);
CREATE TABLE misspellings_{g} (key TEXT NOT NULL, term INTEGER NOT NULL, PRIMARY KEY (key, term)) WITHOUT ROWID;
"""
# Also those of earlier versions, which a rebuild removes.
_NAMES: tuple[str, ...] = (
    "frequency",
    "fts",
    "titles",
    "documents",
    "texts",
    "gone",
    "codes",
    "words",
    "found_by",
    "endings",
    "terms",
)
_NAMES += ("misspellings",)


class Generation(NamedTuple):
    """The tables in use: their number, 0 where there are none of this version, and a name that no other build has."""

    number: int
    build: str


def create(connection: sqlite3.Connection, generation: int) -> None:
    """Make the tables of a generation."""
    for statement in _TABLES.format(g=generation, columns=", ".join(COLUMNS)).split(";\n"):
        if statement.strip():
            connection.execute(statement)


def drop(connection: sqlite3.Connection, generation: int) -> None:
    """Remove the tables of a generation, those of an interrupted build included."""
    for name in _NAMES:
        connection.execute(f"DROP TABLE IF EXISTS {name}_{generation}")


def in_use(connection: sqlite3.Connection) -> Generation:
    """Return the generation that readers see."""
    try:
        row = connection.execute("SELECT generation, build FROM meta WHERE version = ?", (VERSION,)).fetchone()
    except sqlite3.OperationalError as error:
        if "no such table" in str(error) or "no such column" in str(error):
            return Generation(0, "")
        raise
    return Generation(*row) if row else Generation(0, "")


def state(connection: sqlite3.Connection) -> State:
    """Return the state of the generation in use: each document that was written or removed has a number of its own."""
    number, build = in_use(connection)
    (written,) = connection.execute(
        "SELECT coalesce(sum(seq), 0) FROM sqlite_sequence WHERE name IN (?, ?)",
        (f"documents_{number}", f"gone_{number}"),
    ).fetchone()
    return State(build, written)


def generations(connection: sqlite3.Connection) -> list[int]:
    """Return the numbers of all generations that have tables, finished or not."""
    rows = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table' AND name GLOB 'documents_[0-9]*'")
    return sorted(int(name.rpartition("_")[2]) for (name,) in rows)


def use(connection: sqlite3.Connection, generation: int) -> None:
    """Have readers see this generation from their next search on."""
    connection.execute("DROP TABLE IF EXISTS meta")
    connection.execute("CREATE TABLE meta (version TEXT NOT NULL, generation INTEGER NOT NULL, build TEXT NOT NULL)")
    connection.execute("INSERT INTO meta VALUES (?, ?, ?)", (VERSION, generation, secrets.token_hex(8)))
