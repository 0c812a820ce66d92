"""Mistyped words: near words of the index, found by the keys that one missing letter leaves."""

import math
import sqlite3
from collections.abc import Callable
from typing import NamedTuple

from search.tokens import fold

PREFIX = 7
FARTHEST = 2.0
# A double letter written single or the other way round: the commonest slip in Finnish.
DOUBLED = 0.5
MOST_SUGGESTIONS = 5
_UMLAUTS = {frozenset(pair): 0.15 for pair in ("aä", "oö", "aå", "oå")}
_ROWS = ("1234567890+", "qwertyuiopå", "asdfghjklöä", "zxcvbnm,.-")
_NEIGHBOURS = {
    frozenset((one, other))
    for y, row in enumerate(_ROWS)
    for x, one in enumerate(row)
    for dy, dx in ((0, 1), (1, -1), (1, 0))
    if y + dy < len(_ROWS) and 0 <= x + dx < len(_ROWS[y + dy])
    for other in _ROWS[y + dy][x + dx]
}


class Suggestion(NamedTuple):
    """A word of the index in place of a mistyped one."""

    term: str
    distance: float
    frequency: int


def deletions(word: str) -> set[str]:
    """Return the folded beginning of a word and what is left of it with any one letter missing."""
    start = fold(word)[:PREFIX]
    return {start, *(start[:place] + start[place + 1 :] for place in range(len(start)))}


def suggest(
    connection: sqlite3.Connection, generation: int, word: str, frequency: Callable[[str], int]
) -> list[Suggestion]:
    """Return near words of the index, likeliest first; words of under three letters have none."""
    if len(word) < 3:
        return []
    # A letter too many pushes another out of the beginning, so look at one letter more without each in turn.
    start = fold(word)[: PREFIX + 1]
    keys = sorted(deletions(word) | {start[:place] + start[place + 1 :] for place in range(len(start))})
    farthest = FARTHEST if len(word) > 4 else 1.0
    rows = connection.execute(
        f"SELECT DISTINCT t.term FROM misspellings_{generation} m JOIN terms_{generation} t ON t.id = m.term"
        f" WHERE m.key IN ({','.join('?' * len(keys))}) AND length(t.term) BETWEEN ? AND ?",
        (*keys, len(word) - 2, len(word) + 2),
    )
    found = []
    for (term,) in rows:
        away = distance(word, term, farthest)
        count = frequency(term) if away <= farthest else 0
        if count:
            found.append(Suggestion(term, away, count))
    return sorted(found, key=lambda s: (s.distance - 0.1 * math.log1p(s.frequency), s.term))


def _substitution(one: str, other: str) -> float:
    if one == other:
        return 0.0
    pair = frozenset((one, other))
    return _UMLAUTS.get(pair, 0.8 if pair in _NEIGHBOURS else 1.0)


def distance(typed: str, meant: str, farthest: float = FARTHEST) -> float:
    """Return the weighted edit distance: a likely slip costs less than one. Beyond `farthest` it is infinite."""
    if abs(len(typed) - len(meant)) > 2:
        return math.inf
    before: list[float] = []
    previous: list[float] = []
    row = [float(column) for column in range(len(meant) + 1)]
    for i, letter in enumerate(typed, 1):
        before, previous, row = previous, row, [float(i)] + [math.inf] * len(meant)
        for j in range(max(1, i - 3), min(len(meant), i + 3) + 1):
            wanted = meant[j - 1]
            extra = DOUBLED if i > 1 and letter == typed[i - 2] else 1.0
            missing = DOUBLED if j > 1 and wanted == meant[j - 2] else 1.0
            best = min(previous[j - 1] + _substitution(letter, wanted), previous[j] + extra, row[j - 1] + missing)
            if before and j > 1 and letter == meant[j - 2] and typed[i - 2] == wanted:
                best = min(best, before[j - 2] + 0.8)
            row[j] = best
        if min(row) > farthest:
            return math.inf
    return row[-1] if row[-1] <= farthest else math.inf
