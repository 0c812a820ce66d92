"""Which items of two sequences are the same, in order.

Words, then words in a row, that each side has once are the fixed points (patience diff); between them the shortest way
from one to the other is searched (Myers 1986), up to a limit, since a text of one word repeated would take hours. Where
the limit is met, nothing in that stretch is held to be the same.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

STEPS = 400
ROWS = (1, 3, 6)


class Match(NamedTuple):
    """Items of the one from `old` on are those of the other from `new` on, `length` of them."""

    old: int
    new: int
    length: int


def matches(old: Sequence[str], new: Sequence[str]) -> list[Match]:
    """In order, as long as they can be, none of length zero."""
    found: list[Match] = []
    waiting = [(0, len(old), 0, len(new))]
    while waiting:
        start, end, first, last = waiting.pop()
        begun = start
        while start < end and first < last and old[start] == new[first]:
            start, first = start + 1, first + 1
        found.append(Match(begun, first - (start - begun), start - begun))
        ended = end
        while start < end and first < last and old[end - 1] == new[last - 1]:
            end, last = end - 1, last - 1
        found.append(Match(end, last, ended - end))
        if start == end or first == last:
            continue
        olds, news = old[start:end], new[first:last]
        # Where every word is a common one, words in a row may still be found once.
        anchors = next(filter(None, (_anchors(_rows(olds, size), _rows(news, size)) for size in ROWS)), [])
        if anchors:
            places = [(start, first), *((start + one, first + other) for one, other in anchors), (end, last)]
            for (here, there), (upto, till) in pairwise(places):
                waiting.append((here, upto, there, till))
        else:
            found += [Match(start + one, first + other, 1) for one, other in _shortest(olds, news)]
    return _joined(found)


def _joined(found: list[Match]) -> list[Match]:
    result: list[Match] = []
    for match in sorted(match for match in found if match.length):
        last = result[-1] if result else None
        if last and last.old + last.length == match.old and last.new + last.length == match.new:
            result[-1] = last._replace(length=last.length + match.length)
        else:
            result.append(match)
    return result


def _rows(items: Sequence[str], size: int) -> Sequence[object]:
    """Each item together with the next ones."""
    return items if size == 1 else list(zip(*(items[number:] for number in range(size)), strict=False))


def _anchors(old: Sequence[object], new: Sequence[object]) -> list[tuple[int, int]]:
    """Items that both have once, the longest run of them that comes in the same order in both."""
    counts, others = Counter(old), Counter(new)
    place = {item: number for number, item in enumerate(new) if others[item] == 1}
    pairs = [(number, place[item]) for number, item in enumerate(old) if counts[item] == 1 and item in place]
    tails: list[int] = []
    chain: list[tuple[int, int]] = []
    before: list[int] = []
    for number, (_one, other) in enumerate(pairs):
        at = bisect_left(tails, other)
        before.append(chain[at - 1][1] if at else -1)
        if at == len(tails):
            tails.append(other)
            chain.append((other, number))
        else:
            tails[at] = other
            chain[at] = (other, number)
    result = []
    number = chain[-1][1] if chain else -1
    while number >= 0:
        result.append(pairs[number])
        number = before[number]
    return result[::-1]


def _shortest(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Pairs of the same items on a shortest way from old to new; none when the way is too long to search."""
    length, other = len(old), len(new)
    reach = {1: 0}
    trail: list[dict[int, int]] = []
    for steps in range(min(length + other, STEPS) + 1):
        trail.append(dict(reach))
        for line in range(-steps, steps + 1, 2):
            down = line == -steps or (line != steps and reach[line - 1] < reach[line + 1])
            x = reach[line + 1] if down else reach[line - 1] + 1
            y = x - line
            while x < length and y < other and old[x] == new[y]:
                x, y = x + 1, y + 1
            reach[line] = x
            if x >= length and y >= other:
                return _way_back(trail, length, other)
    return []


def _way_back(trail: list[dict[int, int]], x: int, y: int) -> list[tuple[int, int]]:
    pairs = []
    for steps in range(len(trail) - 1, -1, -1):
        reach, line = trail[steps], x - y
        down = line == -steps or (line != steps and reach[line - 1] < reach[line + 1])
        from_line = line + 1 if down else line - 1
        from_x = reach[from_line]
        from_y = from_x - from_line
        while x > max(from_x, 0) and y > max(from_y, 0):
            x, y = x - 1, y - 1
            pairs.append((x, y))
        x, y = from_x, from_y
    return pairs[::-1]
