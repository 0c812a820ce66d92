"""Mistyped words: near words of the index, found by the keys that one missing letter leaves."""

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from search.engines.asking import Lexicon
from search.query import Query
from search.tokens import fold

PREFIX = 7
SHORTEST = 3
# Nearly every other word of so few letters is a near spelling.
SHORT = 4
FARTHEST = 2.0
# An umlaut and a double letter: what even a word of the dictionary may be a slip for, and all that may be wrong with a
# word of three letters. Those that no text has are abbreviations for the most part.
LIKELIEST = 0.7
# Where nothing else is left to offer.
FARTHEST_OF_ALL = 3.0
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


class NearWord(NamedTuple):
    """A word of the index in place of a mistyped one."""

    term: str
    distance: float
    frequency: int


def deletions(word: str) -> set[str]:
    """Return the folded beginning of a word and what is left of it with any one letter missing."""
    start = fold(word)[:PREFIX]
    return {start, *(start[:place] + start[place + 1 :] for place in range(len(start)))}


def keys_of(word: str) -> set[str]:
    """Return what a misspelling of the word may have left of it, or it of a misspelling."""
    # A letter too many pushes another out of the beginning, so look at one letter more without each in turn.
    start = fold(word)[: PREFIX + 1]
    return deletions(word) | {start[:place] + start[place + 1 :] for place in range(len(start))}


def suggest(lexicon: Lexicon, word: str) -> list[NearWord]:
    """Return near words of the index, likeliest first; words of under three letters have none."""
    if len(word) < SHORTEST:
        return []
    farthest = LIKELIEST if len(word) == SHORTEST else FARTHEST if len(word) > SHORT else 1.0
    terms = _likely(word, lexicon.spelled_like(keys_of(word), len(word) - 2, len(word) + 2))
    return _in_order({term: away for term in terms if (away := distance(word, term, farthest)) <= farthest}, lexicon)


def nearest(lexicon: Lexicon, word: str) -> list[str]:
    """Return the terms of the index that a reader may have meant, of those that look less alike too."""
    if len(word) < SHORTEST:
        return []
    terms = _likely(word, lexicon.spelled_like(keys_of(word), len(word) - 3, len(word) + 3))
    far = {term: away for term in terms if (away := distance(word, term, FARTHEST_OF_ALL)) <= FARTHEST_OF_ALL}
    return [near.term for near in _in_order(far, lexicon)[: 2 * MOST_SUGGESTIONS]]


def _likely(word: str, terms: Sequence[str]) -> Sequence[str]:
    """So little is left of a short word that its beginning and all letters but one must be right."""
    if len(word) > SHORT:
        return terms
    return [term for term in terms if fold(term)[:1] == fold(word)[:1] and is_one_slip(word, term)]


def offered(lexicon: Lexicon, query: Query) -> tuple[str, ...]:
    """Return spellings that would find something, where nothing was found."""
    words = (*query.words, *(phrase[0] for phrase in query.phrases if len(phrase) == 1))
    return tuple(dict.fromkeys(term for word in words for term in nearest(lexicon, word)))[:MOST_SUGGESTIONS]


def with_umlauts(word: str) -> Iterator[str]:
    """Guess where umlauts were left out: everywhere, or in the last parts of a compound, or in the first ones."""
    if word != fold(word):
        return
    places = [place for place, letter in enumerate(word) if letter in "ao"]
    if places:
        yield _fronted(word)
    for place in places[1:]:
        yield word[:place] + _fronted(word[place:])
        yield _fronted(word[:place]) + word[place:]


def _fronted(letters: str) -> str:
    return letters.replace("a", "ä").replace("o", "ö")


def is_one_slip(typed: str, meant: str) -> bool:
    """Whether one letter is missing, too much, another one or in its neighbour's place at most; umlauts apart."""
    one, other = fold(typed), fold(meant)
    # What is left without the same beginning and the same end.
    one, other = _differing(one, other)
    one, other = _differing(one[::-1], other[::-1])
    return max(len(one), len(other)) <= 1 or (len(one) == 2 and one == other[::-1])


def _differing(one: str, other: str) -> tuple[str, str]:
    """Leave the same beginning out of both."""
    same = next((place for place, pair in enumerate(zip(one, other, strict=False)) if len({*pair}) > 1), None)
    start = min(len(one), len(other)) if same is None else same
    return one[start:], other[start:]


def _in_order(distances: Mapping[str, float], lexicon: Lexicon) -> list[NearWord]:
    counts = lexicon.frequencies(distances.keys())
    found = [NearWord(term, away, counts[term]) for term, away in distances.items() if counts.get(term)]
    return sorted(found, key=lambda s: (s.distance - 0.1 * math.log1p(s.frequency), s.term))


def _substitution(one: str, other: str) -> float:
    if one == other:
        return 0.0
    pair = frozenset((one, other))
    return _UMLAUTS.get(pair, 0.8 if pair in _NEIGHBOURS else 1.0)


def distance(typed: str, meant: str, farthest: float = FARTHEST) -> float:
    """Return the weighted edit distance: a likely slip costs less than one. Beyond `farthest` it is infinite."""
    if abs(len(typed) - len(meant)) > farthest / DOUBLED:
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
