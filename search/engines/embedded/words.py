"""The word table: every distinct word of the index, analysed once."""

import sqlite3
from collections.abc import Set as AbstractSet

from search import analysis
from search.analysis import Word
from search.engines.asking import MOST_ENDING_SO, MOST_FOLDED, MOST_OF_A_STEM
from search.engines.compounds import endings
from search.engines.spelling import deletions
from search.engines.terms import Analyse, may_be_meant, terms_of
from search.engines.wanted import Wanted
from search.tokens import fold

# Of a large index the commonest words come round soon enough; all of them would take 100 MB of the worker's.
_REMEMBERED = 20_000
# A word of more documents is not counted among those of each reader: that one of theirs holds it is enough.
_MOST_COUNTED = 100


class WordTable:
    """Reads and extends the word table of one generation; the Lexicon of the embedded engine.

    `readable` are the ids of what the reader may open: words of other documents count as unknown.
    """

    def __init__(
        self,
        connection: sqlite3.Connection,
        generation: int,
        wanted: dict[str, Wanted] | None = None,
        readable: AbstractSet[int] | None = None,
    ) -> None:
        self.connection = connection
        self.generation = generation
        self.wanted: dict[str, Wanted] = {} if wanted is None else wanted
        self.readable = readable
        self._seen: dict[tuple[str, str], Word] = {}

    def get(self, word: str, language: str) -> Word | None:
        """Return the stored analysis of a word that the index holds."""
        row = self.connection.execute(
            f"SELECT analysis FROM words_{self.generation} WHERE word = ? AND language = ?", (word, language)
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
            f"INSERT INTO words_{g} (word, language, stem, analysis) VALUES (?, ?, ?, ?)",
            (word.surface, language, stem, word.dump()),
        )
        terms = terms_of(word)
        self.connection.executemany(
            f"INSERT INTO found_by_{g} VALUES (?, ?)", [(term, row.lastrowid) for term in terms]
        )
        ends = {ending for lemma in word.lemmas for ending in endings(lemma)}
        self.connection.executemany(f"INSERT INTO endings_{g} VALUES (?, ?)", [(end, row.lastrowid) for end in ends])
        for term in filter(may_be_meant, terms):
            added = execute(f"INSERT OR IGNORE INTO terms_{g} (term, folded) VALUES (?, ?)", (term, fold(term)))
            if added.rowcount:
                self.connection.executemany(
                    f"INSERT INTO misspellings_{g} VALUES (?, ?)", [(key, added.lastrowid) for key in deletions(term)]
                )

    def documents(self) -> int:
        if self.readable is not None:
            return len(self.readable)
        (count,) = self.connection.execute(f"SELECT count(*) FROM documents_{self.generation}").fetchone()
        return int(count)

    def words(self, surfaces: AbstractSet[str]) -> dict[tuple[str, str], Word]:
        rows = self.connection.execute(
            f"SELECT language, word, analysis FROM words_{self.generation} WHERE word IN ({_marks(surfaces)})",
            [*surfaces],
        )
        return {(language, word): Word.load(word, dumped) for language, word, dumped in rows}

    def frequencies(self, terms: AbstractSet[str]) -> dict[str, int]:
        counts = {}
        for term in terms:
            row = self.connection.execute(
                f"SELECT doc FROM frequency_{self.generation} WHERE term = ?", (term,)
            ).fetchone()
            counts[term] = self._among_readable(term, int(row[0])) if row else 0
        return counts

    def _among_readable(self, term: str, count: int) -> int:
        if self.readable is None:
            return count
        name = f"fts_{self.generation}"
        expression = '"' + term.replace('"', '""') + '"'
        holding = self.connection.execute(f"SELECT rowid FROM {name} WHERE {name} MATCH ?", (expression,))
        known = (True for (key,) in holding if key in self.readable)
        if count > _MOST_COUNTED:
            return count if next(known, False) else 0
        return sum(known)

    def of_same_stem(self, stem: str) -> list[Word]:
        rows = self.connection.execute(
            f"SELECT word, analysis FROM words_{self.generation} WHERE stem = ? LIMIT {MOST_OF_A_STEM}", (stem,)
        )
        return [Word.load(*row) for row in rows]

    def ending_in(self, ends: AbstractSet[str]) -> list[Word]:
        g = self.generation
        rows = self.connection.execute(
            f"SELECT DISTINCT w.word, w.analysis FROM endings_{g} e JOIN words_{g} w ON w.id = e.word"
            f" WHERE e.ending IN ({_marks(ends)}) ORDER BY w.word LIMIT {MOST_ENDING_SO}",
            [*ends],
        )
        return [Word.load(*row) for row in rows]

    def spelled_like(self, keys: AbstractSet[str], shortest: int, longest: int) -> list[str]:
        g = self.generation
        rows = self.connection.execute(
            f"SELECT DISTINCT t.term FROM misspellings_{g} m JOIN terms_{g} t ON t.id = m.term"
            f" WHERE m.key IN ({_marks(keys)}) AND length(t.term) BETWEEN ? AND ?",
            (*keys, shortest, longest),
        )
        return [term for (term,) in rows]

    def folded_like(self, folded: str) -> list[str]:
        rows = self.connection.execute(
            f"SELECT term FROM terms_{self.generation} WHERE folded = ? LIMIT {MOST_FOLDED}", (folded,)
        )
        return [term for (term,) in rows]

    def found_by(self, terms: AbstractSet[str]) -> list[Word]:
        g = self.generation
        rows = self.connection.execute(
            f"SELECT DISTINCT w.word, w.analysis FROM found_by_{g} f JOIN words_{g} w ON w.id = f.word"
            f" WHERE f.term IN ({_marks(terms)})",
            [*terms],
        )
        return [Word.load(*row) for row in rows]


def _marks(values: AbstractSet[str]) -> str:
    return ",".join("?" * len(values))
