"""Accepting, rejecting and undoing without a script: the posted text and its decisions, made the next ones."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from blog.models import Submission, Suggestion
from blog.submitting.deciding import change_of
from texts import Body, Change, Flat, apply
from texts.deciding import carried
from texts.following import follow

ACCEPTED, REJECTED, OPEN = Suggestion.Status.ACCEPTED, Suggestion.Status.REJECTED, Suggestion.Status.OPEN


@dataclass(frozen=True)
class Worked:
    """A text that somebody works on: what it is now, what was decided, and which version it began from."""

    old: Flat
    body: Body
    decisions: dict[str, str] = field(default_factory=dict)
    # Suggestions whose words could not be found again: a person makes the change, or rejects it.
    unclear: Sequence[str] = ()

    @property
    def flat(self) -> Flat:
        return self.body.flat


def open_of(submission: Submission) -> list[Suggestion]:
    return list(submission.suggestions.filter(status=OPEN).order_by("start", "pk"))


def pending(rows: Sequence[Suggestion], worked: Worked) -> list[Change]:
    """The suggestions that wait for a decision, where they are in the text as it is now."""
    told = {change.id: change for change in worked.body.changes}
    changes = [change_of(row) for row in rows]
    places = {change.id: change for change in carried(worked.old, changes, worked.decisions, worked.flat)}
    found = []
    for change in changes:
        if change.id not in worked.decisions:
            place = told.get(change.id) or places[change.id]
            found.append(change.at(place.start, place.end, certain=place.certain))
    return apart(found)


def apart(changes: Sequence[Change]) -> list[Change]:
    """In order; what would be over an earlier one after the text has changed goes to the end of that one."""
    kept: list[Change] = []
    for change in sorted(changes, key=lambda each: (each.start, each.end)):
        end = kept[-1].end if kept else 0
        if change.start < end:
            change = change.at(end, max(end, change.end), certain=False)
        kept.append(change)
    return kept


def accept(rows: Sequence[Suggestion], worked: Worked, ids: Sequence[str]) -> Worked:
    """Make the changes whose places are certain; the others are told."""
    waiting = [change for change in pending(rows, worked) if change.id in ids]
    sure = [change for change in waiting if change.certain]
    decided = worked.decisions | dict.fromkeys((change.id for change in sure), ACCEPTED.value)
    unclear = [change.id for change in waiting if not change.certain]
    return Worked(worked.old, Body(apply(worked.flat, sure)), decided, unclear)


def reject(rows: Sequence[Suggestion], worked: Worked, ids: Sequence[str]) -> Worked:
    known = {str(row.pk) for row in rows}
    decided = worked.decisions | {pk: REJECTED.value for pk in ids if pk in known and pk not in worked.decisions}
    return Worked(worked.old, Body(worked.flat), decided)


def undo(rows: Sequence[Suggestion], worked: Worked, pk: str) -> Worked:
    """Take a decision back; what was accepted goes out of the text, where it still is as it was accepted."""
    row = next((each for each in rows if str(each.pk) == pk), None)
    if row is None or pk not in worked.decisions:
        return worked
    left = {each: decision for each, decision in worked.decisions.items() if each != pk}
    if worked.decisions[pk] != ACCEPTED:
        return Worked(worked.old, Body(worked.flat), left)
    change = change_of(row)
    made = apply(worked.old, [change])
    place = follow(change.start, change.start + len(change.replacement.text), made, worked.flat)
    if not place.certain:
        return Worked(worked.old, Body(worked.flat), worked.decisions, [pk])
    back = Change(place.start, place.end, worked.old.piece(change.start, change.end))
    return Worked(worked.old, Body(apply(worked.flat, [back])), left)
