"""The tables of the embedded index. Every generation has its own set; `meta` says which one is in use.

A rebuild fills the next generation in the same file while readers stay with theirs, and changes one row at
the end. Swapping files instead would leave a reader's write-ahead log beside a file it doesn't belong to.
"""

import sqlite3

from search import analysis

# Raise when the tables or what is stored in them change: an index of another version is rebuilt.
VERSION = f"2.{analysis.VERSION}"

COLUMNS = ("title_surface", "title_lemma", "title_parts", "surface", "lemma", "parts")
# The ratio of lemma to parts matters most: at 1:1 compounds drown the word itself. A title counts threefold.
WEIGHTS = (1.5, 6.0, 1.5, 0.5, 2.0, 0.5)
SURFACE = "{title_surface surface}"
LEMMA = "{title_lemma title_parts lemma parts}"
WHOLE_LEMMA = "{title_lemma lemma}"

_TABLES = """
CREATE TABLE documents_{g} (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    language TEXT NOT NULL,
    translation_key TEXT NOT NULL,
    public INTEGER NOT NULL,
    date TEXT NOT NULL,
    stored TEXT NOT NULL
);
CREATE TABLE codes_{g} (
    name TEXT NOT NULL, code TEXT NOT NULL, document INTEGER NOT NULL, PRIMARY KEY (name, code, document)
) WITHOUT ROWID;
CREATE INDEX codes_{g}_document ON codes_{g} (document);
CREATE VIRTUAL TABLE fts_{g} USING fts5 ({columns}, tokenize = "unicode61 remove_diacritics 0 tokenchars '-:#'''");
CREATE VIRTUAL TABLE frequency_{g} USING fts5vocab (fts_{g}, row);
CREATE TABLE words_{g} (
    id INTEGER PRIMARY KEY,
    language TEXT NOT NULL,
    word TEXT NOT NULL,
    stem TEXT NOT NULL,
    analysis TEXT NOT NULL,
    UNIQUE (language, word)
);
CREATE INDEX words_{g}_stem ON words_{g} (stem);
CREATE TABLE found_by_{g} (
    term TEXT NOT NULL, word INTEGER NOT NULL, PRIMARY KEY (term, word)
) WITHOUT ROWID;
CREATE TABLE terms_{g} (id INTEGER PRIMARY KEY, term TEXT NOT NULL UNIQUE, folded TEXT NOT NULL);
CREATE INDEX terms_{g}_folded ON terms_{g} (folded);
CREATE TABLE misspellings_{g} (key TEXT NOT NULL, term INTEGER NOT NULL, PRIMARY KEY (key, term)) WITHOUT ROWID;
"""
_NAMES = ("frequency", "fts", "documents", "codes", "words", "found_by", "terms", "misspellings")


def create(connection: sqlite3.Connection, generation: int) -> None:
    """Make the tables of a generation."""
    for statement in _TABLES.format(g=generation, columns=", ".join(COLUMNS)).split(";\n"):
        if statement.strip():
            connection.execute(statement)


def drop(connection: sqlite3.Connection, generation: int) -> None:
    """Remove the tables of a generation, those of an interrupted build included."""
    for name in _NAMES:
        connection.execute(f"DROP TABLE IF EXISTS {name}_{generation}")


def generation_in_use(connection: sqlite3.Connection) -> int:
    """Return the number of the generation that readers see; 0 when there is none of this version."""
    try:
        row = connection.execute("SELECT generation FROM meta WHERE version = ?", (VERSION,)).fetchone()
    except sqlite3.OperationalError as error:
        if "no such table" in str(error):
            return 0
        raise
    return int(row[0]) if row else 0


def generations(connection: sqlite3.Connection) -> list[int]:
    """Return the numbers of all generations that have tables, finished or not."""
    rows = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table' AND name GLOB 'documents_[0-9]*'")
    return sorted(int(name.rpartition("_")[2]) for (name,) in rows)


def use(connection: sqlite3.Connection, generation: int) -> None:
    """Have readers see this generation from their next search on."""
    connection.execute("CREATE TABLE IF NOT EXISTS meta (version TEXT NOT NULL, generation INTEGER NOT NULL)")
    connection.execute("DELETE FROM meta")
    connection.execute("INSERT INTO meta VALUES (?, ?)", (VERSION, generation))
