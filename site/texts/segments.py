"""Two texts laid against each other: what both have, and what stands in one in place of something in the other."""

from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

from texts.flat import Flat
from texts.marks import SPACES
from texts.matching import matches
from texts.tokens import TOKEN, tokens_of


class Segment(NamedTuple):
    """A range of the old text and the one that stands for it in the new."""

    is_same: bool
    start: int
    end: int
    new_start: int
    new_end: int


def segments(old: str, new: str) -> list[Segment]:
    """The whole of both texts, in order, segments of the same and of different words by turns."""
    return _joined(_readable(_joined(_raw(old, new)), old, new))


def _raw(old: str, new: str) -> Iterator[Segment]:
    olds, news = tokens_of(old), tokens_of(new)
    here = there = 0
    for match in matches([token.text for token in olds], [token.text for token in news]):
        for number in range(match.length):
            one, other = olds[match.old + number], news[match.new + number]
            yield from _between(old, new, here, one.start, there, other.start)
            yield Segment(True, one.start, one.end, other.start, other.end)
            here, there = one.end, other.end
    yield from _between(old, new, here, len(old), there, len(new))


def _between(old: str, new: str, start: int, end: int, first: int, last: int) -> Iterator[Segment]:
    """What stands between two words that match: the white space that both have at its ends is the same."""
    begun, begun_new = start, first
    while start < end and first < last and old[start] == new[first] and old[start] in SPACES:
        start, first = start + 1, first + 1
    yield Segment(True, begun, start, begun_new, first)
    ended, ended_new = end, last
    while start < end and first < last and old[end - 1] == new[last - 1] and old[end - 1] in SPACES:
        end, last = end - 1, last - 1
    yield Segment(False, start, end, first, last)
    yield Segment(True, end, ended, last, ended_new)


def _joined(parts: Iterator[Segment]) -> list[Segment]:
    filled = (part for part in parts if part.start < part.end or part.new_start < part.new_end)
    result = []
    for is_same, group in groupby(filled, lambda part: part.is_same):
        own = list(group)
        result.append(Segment(is_same, own[0].start, own[-1].end, own[0].new_start, own[-1].new_end))
    return result


def _readable(parts: list[Segment], old: str, new: str) -> Iterator[Segment]:
    """One change in place of two where only a space, or fewer words than either changes, stands between them."""
    for number, part in enumerate(parts):
        if part.is_same and 0 < number < len(parts) - 1:
            between = old[part.start : part.end]
            sizes = [_size(parts[at], old, new) for at in (number - 1, number + 1)]
            words = len(TOKEN.findall(between))
            if "\n" not in between and words < min(3, *sizes):
                part = part._replace(is_same=False)
        yield part


def _size(part: Segment, old: str, new: str) -> int:
    """How many words a change is about."""
    return max(len(TOKEN.findall(old[part.start : part.end])), len(TOKEN.findall(new[part.new_start : part.new_end])))


def styles(flat: Flat) -> list[object]:
    """How each character looks: the marks of a letter, the kind of block of a line end."""
    result: list[object] = []
    for start, end, marks in flat.runs():
        result += [tuple((mark.kind, mark.value) for mark in sorted(marks, key=lambda mark: mark[2:]))] * (end - start)
    for kind, place in zip(flat.blocks, flat.ends, strict=True):
        result[place] = kind
    return result


def restyled(same: Segment, old: list[object], new: list[object]) -> Iterator[Segment]:
    """The parts of the same words that look different."""
    if old[same.start : same.end] == new[same.new_start : same.new_end]:
        return
    by = same.new_start - same.start
    places = range(same.start, same.end)
    # The look of a line end, the kind of its block, is a word; that of a letter is not.
    for (differs, _is_end), group in groupby(
        places, lambda place: (old[place] != new[place + by], isinstance(old[place], str))
    ):
        if differs:
            own = list(group)
            yield Segment(True, own[0], own[-1] + 1, own[0] + by, own[-1] + 1 + by)
