"""What the one with the pen has decided of suggested changes, held against the text that came with it."""

from collections.abc import Mapping, Sequence

from django.utils import timezone

from accounts.models import User
from blog.models import Submission, Suggestion
from blog.submitting import errors
from texts import Change, Flat
from texts.changes import closed, spliced
from texts.following import follow

ACCEPTED, REJECTED = Suggestion.Status.ACCEPTED, Suggestion.Status.REJECTED


def change_of(suggestion: Suggestion) -> Change:
    """The suggestion as a change of the version that it is bound to."""
    return Change(
        suggestion.start,
        suggestion.end,
        Flat.of_json(suggestion.replacement),
        id=str(suggestion.pk),
        certain=suggestion.is_certain,
    )


def undecided(submission: Submission) -> int:
    return submission.suggestions.filter(status=Suggestion.Status.OPEN).count()


def check_decided(submission: Submission) -> None:
    count = undecided(submission)
    if count:
        raise errors.Undecided(count)


def decide(submission: Submission, decisions: Mapping[str, str], old: Flat, new: Flat, *, by: User) -> int:
    """Settle the suggestions that `decisions` accepts or rejects by their ids; return how many were settled.

    `old` is the version that they are bound to, `new` the text that came with the decisions. A suggestion that is said
    to be accepted, while the text still has the words that it would have replaced, is not accepted: it stays open.
    Ids of other texts, and of suggestions that were settled before, mean nothing.
    """
    rows = {str(row.pk): row for row in submission.suggestions.filter(status=Suggestion.Status.OPEN)}
    told = [(rows[pk], decision) for pk, decision in decisions.items() if pk in rows]
    accepted = [row for row, decision in told if decision == ACCEPTED]
    made = [row for group in _apart(accepted) for row in _made(group, old, new)]
    rejected = [row for row, decision in told if decision == REJECTED]
    for row, status in [*((row, ACCEPTED) for row in made), *((row, REJECTED) for row in rejected)]:
        settle(row, status, by=by)
    return len(made) + len(rejected)


def settle(suggestion: Suggestion, status: str, *, by: User | None) -> None:
    suggestion.status, suggestion.decided_at, suggestion.decided_by = status, timezone.now(), by
    suggestion.save(update_fields=["status", "decided_at", "decided_by"])


def _apart(rows: Sequence[Suggestion]) -> list[list[Suggestion]]:
    """The suggestions in groups in which none is over another: each group can be made at once."""
    groups: list[list[Suggestion]] = []
    for row in sorted(rows, key=lambda row: (row.start, row.end)):
        group = next((group for group in groups if group[-1].end <= row.start), None)
        if group is None:
            groups.append([row])
        else:
            group.append(row)
    return groups


def _made(rows: Sequence[Suggestion], old: Flat, new: Flat) -> list[Suggestion]:
    """Those of the suggestions that the new text has taken in, also where the writer has gone on from them."""
    changes = [change_of(row) for row in rows]
    expected, places = closed(spliced(old, changes), old).normalised()
    ahead = 0
    result = []
    for row, change in zip(rows, changes, strict=True):
        start, end = change.start + ahead, change.start + ahead + len(change.replacement.text)
        ahead = end - change.end
        if places is not None:
            start, end = places[start], places[end]
        is_there = start < end and _stands(start, end, expected, new)
        if is_there or (change.start < change.end and not _stands(change.start, change.end, old, new)):
            result.append(row)
    return result


def _stands(start: int, end: int, old: Flat, new: Flat) -> bool:
    """Whether the words of the range, with their formatting, stand where they are followed to."""
    place = follow(start, end, old, new)
    return new.piece(place.start, place.end) == old.piece(start, end)
