"""What words are besides words: strong, emphasised, linked."""

from collections.abc import Iterable
from itertools import groupby
from typing import NamedTuple

KINDS = frozenset({"strong", "em", "a"})
SPACES = " \u00a0\u202f\u2028\n"


class Mark(NamedTuple):
    """Characters from start up to end are of a kind; the value of a link is its address."""

    start: int
    end: int
    kind: str
    value: str = ""

    def moved(self, by: int) -> "Mark":
        return self._replace(start=self.start + by, end=self.end + by)


def within(marks: Iterable[Mark], start: int, end: int) -> list[Mark]:
    """The parts of marks inside a range, at the places where they are."""
    return [
        mark._replace(start=max(mark.start, start), end=min(mark.end, end))
        for mark in marks
        if mark.start < end and start < mark.end
    ]


def joined(marks: Iterable[Mark]) -> tuple[Mark, ...]:
    """Marks of one kind that touch or overlap made one; where two links overlap, the one that begins first stays."""
    result: list[Mark] = []
    for _kind, same in groupby(
        sorted(marks, key=lambda mark: (mark.kind, mark.start, mark.end)), lambda mark: mark.kind
    ):
        own: list[Mark] = []
        for mark in same:
            last = own[-1] if own else None
            if last and mark.start <= last.end and mark.value == last.value:
                own[-1] = last._replace(end=max(last.end, mark.end))
            elif last and mark.start < last.end:
                if last.end < mark.end:
                    own.append(mark._replace(start=last.end))
            elif mark.start < mark.end:
                own.append(mark)
        result += own
    return tuple(sorted(result))


def fitted(marks: Iterable[Mark], text: str) -> tuple[Mark, ...]:
    """Marks in normal form: joined, none reaching over the end of a block, none beginning or ending with a space."""
    result = []
    for mark in joined(marks):
        start = mark.start
        for part in text[mark.start : mark.end].split("\n"):
            lead = len(part) - len(part.lstrip(SPACES))
            words = part.strip(SPACES)
            if words:
                result.append(mark._replace(start=start + lead, end=start + lead + len(words)))
            start += len(part) + 1
    return tuple(sorted(result))
