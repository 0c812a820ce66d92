"""Where words of one text are in the next: to be trusted, or to be looked at by a person.

A place is certain when the very words stand where the comparison of the texts puts them and no others could be meant:
with as many of their neighbours as it takes, they are found once in both texts. Words that have copies elsewhere must
have kept a neighbour on both sides, since the copy next door may be the one that was there before.
"""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from texts.flat import Flat
from texts.matching import matches
from texts.tokens import tokens_of

# How many words on each side are asked to tell a place from others like it.
NEIGHBOURS = 3
# A copy of words may be typed right beside them, and the first ones changed. So many neighbours that have stayed on
# each side of words with copies, or so many words found nowhere else, can hardly be such a copy.
COPIES_APART = 3
# Words and neighbours together, at least.
LEAST = 4
SEVERAL = 3
# Of words beside a repetition so many are unsure too, and so many repeated ones are looked for.
BESIDE = 2
REPEATED = 50
BEGIN, END = "\x02", "\x03"


@dataclass(frozen=True)
class Place:
    start: int
    end: int
    certain: bool


def follow(start: int, end: int, old: Flat, new: Flat) -> Place:
    """Where the range of the old text is in the new one; the nearest place, not certain, where its words are not."""
    if old.text == new.text:
        return Place(start, end, True)
    return comparison(old.text, new.text).follow(start, end)


@lru_cache(maxsize=8)
def comparison(old: str, new: str) -> "Comparison":
    """Many places of one text are followed one after another; the texts are compared once."""
    return Comparison(old, new)


class Words:
    """The words of a text, with a sign before the first and after the last, and where each is."""

    def __init__(self, text: str) -> None:
        words = [token for token in tokens_of(text) if token.is_word]
        self.text = text
        self.words = [BEGIN, *(token.text for token in words), END]
        self.starts = [0, *(token.start for token in words), len(text)]
        self.ends = [0, *(token.end for token in words), len(text)]
        self.row = f" {' '.join(self.words)} "

    def has_once(self, row: str) -> bool:
        found = self.row.find(row)
        return found >= 0 and self.row.find(row, found + 1) < 0


def repeated(words: list[str], one: int, other: int, step: int) -> int:
    """How many words from one place on are those from the other place on, in one direction; no more than a few."""
    for count in range(REPEATED):
        here, there = one + step * count, other + step * count
        if not (0 <= here < len(words) and 0 <= there < len(words)) or words[here] != words[there]:
            return count
    return REPEATED


class Comparison:
    def __init__(self, old: str, new: str) -> None:
        self.old, self.new = Words(old), Words(new)
        # The place in the new text of each word of the old one that is there still; -1 for the others.
        self.partner = [-1] * len(self.old.words)
        for match in matches(self.old.words, self.new.words):
            self.partner[match.old : match.old + match.length] = range(match.new, match.new + match.length)
        self.unsure = self._beside_repetitions()

    def _beside_repetitions(self) -> set[int]:
        """Words next to others put in or taken out that say the same again: which of them were there before?"""
        unsure: set[int] = set()
        stayed = [at for at, partner in enumerate(self.partner) if partner >= 0]
        for one, other in pairwise(stayed):
            before, after = 0, 0
            for words, left, right in (
                (self.old.words, one, other),
                (self.new.words, self.partner[one], self.partner[other]),
            ):
                if right - left > 1:
                    before = max(before, repeated(words, left, right - 1, -1))
                    after = max(after, repeated(words, right, left + 1, 1))
            if before or after:
                unsure.update(range(one - before - BESIDE, other + after + BESIDE + 1))
        return unsure

    def follow(self, start: int, end: int) -> Place:
        old = self.old
        sign_at_end = len(old.words) - 1
        first = min(bisect_right(old.ends, start, lo=1), sign_at_end)
        last = bisect_left(old.starts, end, lo=1, hi=sign_at_end) - 1
        if first <= last:
            return self._words(first, last, start, end)
        return self._gap(first - 1, first, start, end)

    def _words(self, first: int, last: int, start: int, end: int) -> Place:
        """A range with words in it, or inside a word."""
        old, new, partner = self.old, self.new, self.partner
        here = partner[first]
        if here < 0 or any(partner[at] != here + at - first for at in range(first, last + 1)):
            return self._nearest(first, last, start, end)
        begins = new.starts[here] + start - old.starts[first]
        ends = begins + end - start
        if begins < 0 or new.text[begins:ends] != old.text[start:end]:
            return self._nearest(first, last, start, end)
        return Place(begins, ends, self._is_sure(first, last))

    def _gap(self, before: int, after: int, start: int, end: int) -> Place:
        """A range between two words: spaces and signs, or nothing at all."""
        old, new = self.old, self.new
        one, other = self.partner[before], self.partner[after]
        if one < 0 or other != one + 1:
            return self._nearest(before, after, start, end)
        from_left = new.ends[one] + start - old.ends[before]
        from_right = new.starts[other] + start - old.starts[after]
        stays = old.text[old.ends[before] : old.starts[after]] == new.text[new.ends[one] : new.starts[other]]
        if stays or start == end == old.ends[before]:
            begins = from_left
        elif start == end == old.starts[after]:
            begins = from_right
        else:
            return self._nearest(before, after, start, end)
        return Place(begins, begins + end - start, self._is_sure(before, after))

    def _is_sure(self, first: int, last: int) -> bool:
        """Whether words that are there still, next to one another, can be no others than the ones that were meant."""
        before, after = self._reach(first, -1), self._reach(last, 1)
        size, sign_at_end = last - first + 1, len(self.partner) - 1
        if min(sign_at_end, last + after) - max(0, first - before) + 1 < LEAST:
            return False
        if self._is_once(first, last):
            is_apart = (before > 0 and after > 0) or size >= SEVERAL
        else:
            is_apart = before >= COPIES_APART + self._copies(first, last, -1) and after >= COPIES_APART + self._copies(
                first, last, 1
            )
        if not is_apart or not self.unsure.isdisjoint(range(first, last + 1)):
            return False
        return any(
            self._is_once(max(0, first - min(before, count)), min(sign_at_end, last + min(after, count)))
            for count in range(NEIGHBOURS + 1)
        )

    def _reach(self, at: int, step: int) -> int:
        """How many neighbours in one direction are still the neighbours; all, where the text begins or ends so."""
        partner = self.partner
        for count in range(1, NEIGHBOURS + 1):
            here = at + step * count
            if not 0 <= here < len(partner):
                return NEIGHBOURS
            if partner[here] != partner[at] + step * count:
                return count - 1
        return NEIGHBOURS

    def _copies(self, first: int, last: int, step: int) -> int:
        """How many of the next words are the same ones again: "no no" may have become one "no" of the two."""
        words, own = self.old.words, {*self.old.words[first : last + 1]}
        here = first if step < 0 else last
        return next(count for count in range(len(words)) if words[here + step * (count + 1)] not in own)

    def _is_once(self, first: int, last: int) -> bool:
        row = f" {' '.join(self.old.words[first : last + 1])} "
        return self.old.has_once(row) and self.new.has_once(row)

    def _nearest(self, first: int, last: int, start: int, end: int) -> Place:
        """The words of the range that are left; where none is, what stands between the words that were around it."""
        new, partner = self.new, self.partner
        left = [partner[at] for at in range(first, last + 1) if partner[at] >= 0 and self._touches(at, start, end)]
        if left:
            return Place(new.starts[left[0]], new.ends[left[-1]], False)
        starts, ends, sign_at_end = self.old.starts, self.old.ends, len(partner) - 1
        down, up = range(min(last, sign_at_end - 1), -1, -1), range(max(first, 1), sign_at_end + 1)
        before = next(partner[at] for at in down if partner[at] >= 0 and ends[at] <= start)
        after = next(partner[at] for at in up if partner[at] >= 0 and starts[at] >= end)
        between = new.text[new.ends[before] : new.starts[after]]
        words = between.lstrip()
        begins = new.ends[before] + len(between) - len(words)
        if start == end:
            return Place(begins, begins, False)
        # Not over the end of a block: what came in its place began there.
        return Place(begins, begins + len(words.split("\n")[0].rstrip()), False)

    def _touches(self, at: int, start: int, end: int) -> bool:
        return self.old.starts[at] < end and start < self.old.ends[at]
