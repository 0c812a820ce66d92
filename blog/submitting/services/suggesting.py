"""Suggested changes: made to the newest version, kept as rows, decided by who has the pen."""

from collections.abc import Sequence
from itertools import pairwise

from django.db import transaction

from accounts.models import User
from blog.models import Submission, Suggestion
from blog.submitting import errors, letters, sentences
from blog.submitting.deciding import change_of, settle
from blog.submitting.details import words_of
from blog.submitting.moving import begin, side_of, write_step
from blog.submitting.states import Act
from blog.submitting.versions import expect, flat_of
from texts import Change, Flat
from texts.changes import spliced

MOST_OPEN = 300
LONGEST_REASON = 1_000
OPEN, WITHDRAWN = Suggestion.Status.OPEN, Suggestion.Status.WITHDRAWN


@transaction.atomic
def suggest(
    *, submission: Submission, author: User, version: int, changes: Sequence[Change], reason: str = ""
) -> list[Suggestion]:
    """Make these the author's open suggestions to that version, which has to be the newest; return them in order.

    What was suggested before and is not among them is withdrawn; what is the same keeps its row. Changes that carry
    the id of somebody else's suggestion are left alone.
    """
    reason = words_of(reason, LONGEST_REASON)
    submission = begin(submission, Act.SUGGEST, author)
    newest = expect(submission, version)
    flat = flat_of(newest)
    open_now = list(submission.suggestions.filter(status=OPEN))
    # Also those decided meanwhile: the author's page may still show them.
    others = {str(pk) for pk in submission.suggestions.exclude(author=author).values_list("pk", flat=True)}
    own = [row for row in open_now if row.author_id == author.pk]
    wanted = _checked([change for change in changes if change.id not in others], flat)
    for row in own:
        wanted = _whole(wanted, change_of(row), flat)
    if len(wanted) + len(open_now) - len(own) > MOST_OPEN:
        raise errors.TooMuch
    side = side_of(author, submission)
    kept: list[Suggestion] = []
    for change in wanted:
        row = next((row for row in own if row not in kept and _same(row, change)), None)
        if row is None:
            row = Suggestion(
                submission=submission, author=author, side=side, version=newest, first_version=newest, reason=reason
            )
            row.start, row.end, row.quote = change.start, change.end, flat.text[change.start : change.end]
            row.replacement, row.is_certain = change.replacement.json(), change.certain
            row.save()
        kept.append(row)
    dropped = [row for row in own if row not in kept]
    for row in dropped:
        settle(row, WITHDRAWN, by=author)
    if dropped or any(row not in own for row in kept):
        write_step(submission, Act.SUGGEST, by=author, side=side)
        # Who has to wait for the turn is told when it comes.
        if submission.turn != side:
            letters.tell_other_side(submission, author, sentences.SUGGESTED)
    return kept


@transaction.atomic
def withdraw_suggestion(*, suggestion: Suggestion, author: User) -> Suggestion:
    """Take back one's own suggestion that nobody has decided yet."""
    submission = begin(suggestion.submission, Act.SUGGEST, author)
    row = submission.suggestions.select_for_update(of=("self",)).filter(pk=suggestion.pk, author=author).first()
    if row is None:
        raise errors.NotYours
    if row.status == OPEN:
        settle(row, WITHDRAWN, by=author)
    return row


def _checked(changes: Sequence[Change], flat: Flat) -> list[Change]:
    """The changes in order. Refused where one is outside the text or over another."""
    wanted = sorted(changes, key=lambda change: (change.start, change.end))
    for change in wanted:
        if not 0 <= change.start <= change.end <= len(flat.text):
            raise errors.StaleVersion
    for before, after in pairwise(wanted):
        if before.end > after.start or before.overlaps(after):
            raise errors.OverlappingChanges
    return [change for change in wanted if flat.piece(change.start, change.end) != change.replacement]


def _whole(wanted: list[Change], made: Change, flat: Flat) -> list[Change]:
    """A browser tells the change of a sentence by its words: parts that together are what was suggested are that."""
    parts = [change for change in wanted if made.start <= change.start and change.end <= made.end]
    moved = [change.at(change.start - made.start, change.end - made.start) for change in parts]
    rest = [change for change in wanted if change not in parts]
    if len(parts) < 2 or any(change.overlaps(made) for change in rest):
        return wanted
    if spliced(flat.piece(made.start, made.end), moved) != made.replacement:
        return wanted
    return sorted([made, *rest], key=lambda change: (change.start, change.end))


def _same(row: Suggestion, change: Change) -> bool:
    made = change_of(row)
    return (made.start, made.end, made.replacement) == (change.start, change.end, change.replacement)
