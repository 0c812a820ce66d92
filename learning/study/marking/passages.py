"""Passages that texts have alike: seven words in a row or more, whatever stands between the words."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

# So many words in a row are hardly the same by chance.
ROW = 7
# Rows that so many of the works have come from something that all have read.
COMMON_SHARE, COMMON_LEAST = 3, 4
WORD = re.compile(r"[^\W_]+")
Row = tuple[str, ...]


class Passage(NamedTuple):
    """Places in both texts, in code points."""

    start: int
    end: int
    other_start: int
    other_end: int
    words: int


@dataclass(frozen=True)
class Read:
    """A text as its words. `skipped` are ranges that are not compared, as quotations."""

    text: str
    skipped: tuple[tuple[int, int], ...] = ()

    @cached_property
    def places(self) -> list[tuple[int, int]]:
        found = (match.span() for match in WORD.finditer(self.text))
        return [(start, end) for start, end in found if not any(a <= start < b for a, b in self.skipped)]

    @cached_property
    def words(self) -> list[str]:
        return [self.text[start:end].casefold() for start, end in self.places]

    def rows(self) -> Iterator[tuple[int, Row]]:
        """Each row of words with the number of its first one."""
        words = self.words
        for at in range(len(words) - ROW + 1):
            yield at, tuple(words[at : at + ROW])

    @cached_property
    def first_places(self) -> dict[Row, int]:
        found: dict[Row, int] = {}
        for at, row in self.rows():
            found.setdefault(row, at)
        return found


class Compared:
    """Texts of one assignment. Rows of what all were given to read are left out."""

    def __init__(self, texts: dict[int, Read], given: Iterable[Read] = ()) -> None:
        self.texts = texts
        known = {row for read in given for _at, row in read.rows()}
        holders: dict[Row, set[int]] = defaultdict(set)
        for key, read in texts.items():
            for row in read.first_places:
                if row not in known:
                    holders[row].add(key)
        most = max(COMMON_LEAST, len(texts) // COMMON_SHARE)
        self.shared = {row: keys for row, keys in holders.items() if 1 < len(keys) <= most}

    def pairs(self, new: set[int]) -> list[tuple[int, int]]:
        """Pairs with something alike of which one at least is new; the lower key first."""
        found = {
            (min(one, other), max(one, other))
            for keys in self.shared.values()
            for one in keys & new
            for other in keys
            if one != other
        }
        return sorted(found)

    def passages(self, one: int, other: int) -> list[Passage]:
        """The passages of two texts, in the order of the first."""
        left, right = self.texts[one], self.texts[other]
        found, at = [], 0
        last = len(left.words) - ROW
        while at <= last:
            row = tuple(left.words[at : at + ROW])
            there = right.first_places.get(row) if row in self.shared else None
            if there is None:
                at += 1
                continue
            size = _length(left.words, right.words, at, there)
            found.append(_passage(left, right, at, there, size))
            at += size
        return found

    def percent(self, one: int, other: int, passages: list[Passage]) -> int:
        """How much of the shorter text is in them."""
        shorter = min(len(self.texts[one].words), len(self.texts[other].words))
        return min(100, round(100 * sum(each.words for each in passages) / shorter)) if shorter else 0


def _length(left: list[str], right: list[str], at: int, there: int) -> int:
    size = ROW
    while at + size < len(left) and there + size < len(right) and left[at + size] == right[there + size]:
        size += 1
    return size


def _passage(left: Read, right: Read, at: int, there: int, size: int) -> Passage:
    return Passage(
        left.places[at][0],
        left.places[at + size - 1][1],
        right.places[there][0],
        right.places[there + size - 1][1],
        size,
    )
