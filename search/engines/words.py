"""The word table: every distinct word of the index, analysed once."""

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from search import analysis
from search.analysis import Word
from search.engines.spelling import deletions
from search.tokens import fold

if TYPE_CHECKING:
    from search.engines.wanted import Wanted

Analyse = Callable[[str, str], Word]
# With this many words remembered, indexing holds about 100 MB at most.
_REMEMBERED = 200_000


class WordTable:
    """Reads and extends the word table of one generation."""

    def __init__(
        self, connection: sqlite3.Connection, generation: int, wanted: "dict[str, Wanted] | None" = None
    ) -> None:
        self.connection = connection
        self.generation = generation
        # Typed words that were looked up before, while the index stays as it is.
        self.wanted = {} if wanted is None else wanted
        self._seen: dict[tuple[str, str], Word] = {}

    def get(self, word: str, language: str) -> Word | None:
        """Return the stored analysis of a word that the index holds."""
        row = self.connection.execute(
            f"SELECT analysis FROM words_{self.generation} WHERE language = ? AND word = ?", (language, word)
        ).fetchone()
        return Word.load(word, row[0]) if row else None

    def get_or_add(self, word: str, language: str, unseen: Analyse) -> Word:
        """Return the analysis, storing it and all it can be found by when the word is new."""
        found = self._seen.get((language, word)) or self.get(word, language)
        if found is None:
            found = unseen(word, language)
            self._add(found, language)
        if len(self._seen) >= _REMEMBERED:
            self._seen.clear()
        self._seen[language, word] = found
        return found

    def _add(self, word: Word, language: str) -> None:
        g, execute = self.generation, self.connection.execute
        stem = analysis.stem(word.surface, language) if language else ""
        row = execute(
            f"INSERT INTO words_{g} (language, word, stem, analysis) VALUES (?, ?, ?, ?)",
            (language, word.surface, stem, word.dump()),
        )
        terms = {word.surface, *word.lemmas, *(part.base for part in word.parts)}
        self.connection.executemany(
            f"INSERT INTO found_by_{g} VALUES (?, ?)", [(term, row.lastrowid) for term in terms]
        )
        for term in terms:
            if "#" in term or len(term) < 3 or not term[0].isalpha():
                continue
            added = execute(f"INSERT OR IGNORE INTO terms_{g} (term, folded) VALUES (?, ?)", (term, fold(term)))
            if added.rowcount:
                self.connection.executemany(
                    f"INSERT INTO misspellings_{g} VALUES (?, ?)", [(key, added.lastrowid) for key in deletions(term)]
                )

    def of_same_stem(self, word: str, language: str) -> list[Word]:
        """Return stored words that share the word's Snowball stem, for want of a dictionary."""
        rows = self.connection.execute(
            f"SELECT word, analysis FROM words_{self.generation} WHERE stem = ? LIMIT 20",
            (analysis.stem(word, language),),
        )
        return [Word.load(*row) for row in rows]

    def found_by(self, terms: Iterable[str]) -> list[Word]:
        """Return the stored words that any of the terms finds."""
        wanted: Sequence[str] = list(terms)
        g = self.generation
        rows = self.connection.execute(
            f"SELECT DISTINCT w.word, w.analysis FROM found_by_{g} f JOIN words_{g} w ON w.id = f.word"
            f" WHERE f.term IN ({','.join('?' * len(wanted))})",
            wanted,
        )
        return [Word.load(*row) for row in rows]

    def frequency(self, term: str) -> int:
        """Return the number of documents that hold the term."""
        row = self.connection.execute(f"SELECT doc FROM frequency_{self.generation} WHERE term = ?", (term,)).fetchone()
        return int(row[0]) if row else 0
