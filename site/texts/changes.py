"""What is different between two texts, as changes that a person can read one by one."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from texts.flat import Flat, concatenated
from texts.segments import restyled, segments, styles


@dataclass(frozen=True)
class Change:
    """Something put in place of a range. A change of formatting alone puts the same words there."""

    start: int
    end: int
    replacement: Flat = field(default_factory=Flat)
    id: str = ""
    # False: the words that the change was about could not be found again, and the place is the nearest one.
    certain: bool = True

    def at(self, start: int, end: int, *, certain: bool = True) -> "Change":
        return replace(self, start=start, end=end, certain=self.certain and certain)

    def overlaps(self, other: "Change") -> bool:
        """Whether the two are about the same words, or one puts something into the midst of the other's."""
        if self.start == self.end or other.start == other.end:
            inner, outer = (self, other) if self.start == self.end else (other, self)
            return outer.start < inner.start < outer.end
        return self.start < other.end and other.start < self.end

    def json(self) -> dict[str, Any]:
        return {"id": self.id, "start": self.start, "end": self.end, "with": self.replacement.json()}


def spliced(flat: Flat, changes: Sequence[Change]) -> Flat:
    """The text with changes made, not yet in normal form. The changes are in order and not over one another."""
    parts: list[Flat] = []
    here = 0
    for change in changes:
        if change.start < here:
            raise ValueError("changes are over one another")
        parts += [flat.piece(here, change.start), change.replacement]
        here = change.end
    return concatenated([*parts, flat.piece(here, len(flat.text))])


def in_order(changes: Sequence[Change]) -> list[Change]:
    return sorted(changes, key=lambda change: (change.start, change.end))


def apply(flat: Flat, changes: Sequence[Change]) -> Flat:
    """The text with all the changes made, in normal form. The changes may come in any order, none over another."""
    return closed(spliced(flat, in_order(changes)), flat).normal()


def closed(made: Flat, old: Flat) -> Flat:
    """A text whose last line end may have been taken away with it: the last block ends the text all the same."""
    if made.text and not made.text.endswith("\n"):
        return made + Flat("\n", old.blocks[-1:] or ("p",))
    return made


def changes_between(old: Flat, new: Flat) -> list[Change]:
    """The changes that make the new text of the old one: whole words, and apart from them what only looks different."""
    looks, new_looks = styles(old), styles(new)
    return [
        Change(part.start, part.end, new.piece(part.new_start, part.new_end))
        for segment in segments(old.text, new.text)
        for part in (restyled(segment, looks, new_looks) if segment.is_same else [segment])
    ]


def undone(flat: Flat, changes: Sequence[Change]) -> list[Change]:
    """The changes that bring the text back, once these have been made."""
    return changes_between(apply(flat, changes), flat)
