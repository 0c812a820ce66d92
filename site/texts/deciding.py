"""Some of several suggested changes accepted, some rejected: the text that comes of it, and where the others are."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from texts.changes import Change, closed, in_order, spliced
from texts.flat import Flat
from texts.following import follow

ACCEPTED, REJECTED = "accepted", "rejected"


class Decided(NamedTuple):
    flat: Flat
    # In the order in which they came. Those that could not be made, since another made first took their words, are
    # here too, and not certain.
    remaining: list[Change]


def decide(flat: Flat, changes: Sequence[Change], decisions: Mapping[str, str]) -> Decided:
    """Make the accepted changes and leave out the rejected ones, by their ids.

    The others keep their places exactly, also right beside a change that was made. Where two are about the same words,
    as those of two editors may be, the one is made and the other followed.
    """
    made, clashing = _apart([change for change in changes if decisions.get(change.id) == ACCEPTED])
    ids = {change.id for change in made}
    waiting = [change for change in changes if change.id not in ids and decisions.get(change.id) != REJECTED]
    result, moved = moved_by(flat, made, waiting, [change.id for change in changes])
    again = {change.id for change in clashing if any(change.id == other.id and other.certain for other in moved)}
    if again:
        # The words are still there: what was made first only looks different, or put words beside them.
        return decide(result, moved, dict.fromkeys(again, ACCEPTED))
    return Decided(result, moved)


def carried(old: Flat, changes: Sequence[Change], decisions: Mapping[str, str], new: Flat) -> list[Change]:
    """Undecided changes of the old text where they are in the text that came with decisions about the others.

    The way through the accepted ones is counted, and only what the writer edited besides is followed: a suggestion next
    to an accepted one stays certain.
    """
    flat, remaining = decide(old, changes, decisions)
    moved = []
    for change in remaining:
        place = follow(change.start, change.end, flat, new)
        moved.append(change.at(place.start, place.end, certain=place.certain))
    return moved


def _apart(changes: Sequence[Change]) -> tuple[list[Change], list[Change]]:
    """Changes that can be made together, and those that are over one of them or not certain."""
    made: list[Change] = []
    clashing: list[Change] = []
    for change in changes:
        clashes = not change.certain or any(change.overlaps(other) for other in made)
        (clashing if clashes else made).append(change)
    return made, clashing


def moved_by(
    flat: Flat, made: Sequence[Change], others: Sequence[Change], order: Sequence[str] = ()
) -> tuple[Flat, list[Change]]:
    """The text with changes made, and other changes of the old text where they are in the new one.

    Words put in at one and the same place stand there in the order of the ids.
    """
    made = in_order(made)
    result, places = closed(spliced(flat, made), flat).normalised()
    ruler = Ruler(flat.text, made, places, {name: number for number, name in enumerate(order)})
    return result, [_moved(change, flat, result, ruler) for change in others]


def _moved(change: Change, old: Flat, new: Flat, ruler: "Ruler") -> Change:
    over = [other for other in ruler.made if other.overlaps(change)]
    if not over:
        is_lost = change.start == change.end and ruler.is_lost(change.start)
        return change.at(*ruler.moved(change), certain=not is_lost)
    place = follow(change.start, change.end, old, new)
    # The words may have been put in elsewhere too: only what came of the very range counts.
    start, end = min(change.start, over[0].start), max(change.end, over[-1].end)
    start, end = ruler.stretch(start, end)
    return change.at(place.start, place.end, certain=place.certain and start <= place.start and place.end <= end)


class Ruler:
    """Where places of the old text are once changes have been made: counted, not guessed."""

    def __init__(self, text: str, made: Sequence[Change], places: list[int] | None, order: Mapping[str, int]) -> None:
        self.text = text
        self.order = order
        self.made = made
        self.starts = [change.start for change in made]
        self.ends = [change.end for change in made]
        self.places = places
        self.ahead = [0]
        for change in made:
            self.ahead.append(self.ahead[-1] + len(change.replacement.text) - (change.end - change.start))

    def moved(self, change: Change) -> tuple[int, int]:
        """Where a change is that none of those made is over. What was put in at its border stays outside of it."""
        start, end = change.start, change.end
        if start == end:
            before = bisect_left(self.starts, start)
            while before < len(self.made) and self._stands_first(self.made[before], change):
                before += 1
        else:
            before = bisect_right(self.ends, start)
        return self._place(start + self.ahead[before]), self._place(end + self.ahead[before])

    def _stands_first(self, made: Change, other: Change) -> bool:
        is_earlier = self.order.get(made.id, 0) < self.order.get(other.id, 0)
        return made.start == made.end == other.start and is_earlier

    def stretch(self, start: int, end: int) -> tuple[int, int]:
        """A range with all that was put in at its borders."""
        before, after = bisect_left(self.ends, start), bisect_right(self.starts, end)
        return self._place(start + self.ahead[before]), self._place(end + self.ahead[after])

    def is_lost(self, place: int) -> bool:
        """Whether what stood on the left and what stood on the right of a place are both not there any more."""
        left, right = len(self.text[:place].rstrip()), len(self.text) - len(self.text[place:].lstrip())
        is_left = any(change.start < place and left <= change.end <= place for change in self.made)
        return is_left and any(place <= change.start <= right for change in self.made)

    def _place(self, place: int) -> int:
        return place if self.places is None else self.places[place]
