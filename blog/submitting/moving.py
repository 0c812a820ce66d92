"""The one way in which a submission changes its state: locked, checked against the table, written down."""

import datetime
from typing import Any

from django.utils import timezone

from accounts.models import User
from blog.models import Step, Submission
from blog.models.submissions import ENDED, State, Turn
from blog.submitting import errors, permissions
from blog.submitting.states import MOVES, Act, Side
from common.errors import Refused

# Approval stays where it is of use: everywhere else what comes next may be another text.
KEEPS_APPROVAL = {State.APPROVED, State.SCHEDULED, State.PUBLISHED, State.UNPUBLISHED}
# By when whoever's turn it is acts, where nobody says otherwise.
USUAL_DAYS = {Turn.WRITER: 14, Turn.EDITOR: 7}
SIDE_IN_ROWS = {Side.WRITER: Turn.WRITER, Side.EDITOR: Turn.EDITOR, Side.HOLDER: Turn.EDITOR}


def lock(submission: Submission) -> Submission:
    """Read the submission anew and keep others from moving it until the transaction ends."""
    # "No key": rows that refer to it may still be written.
    return Submission.objects.select_for_update(no_key=True).get(pk=submission.pk)


def begin(submission: Submission, act: Act, by: User | None) -> Submission:
    """Lock the submission for the act; raises Refused with the sentence to show where the person may not do it now.

    `by` None is the service itself.
    """
    submission = lock(submission)
    sides = permissions.sides_of(by, submission) if by else frozenset({Side.SERVICE})
    move = MOVES.get((State(submission.state), act))
    if move and move.on_turn in {None, submission.turn} and move.sides & sides:
        return submission
    raise why_not(submission, act, sides)


def why_not(submission: Submission, act: Act, sides: frozenset[Side]) -> Refused:
    """The sentence for somebody of the sides, whom the table does not allow the act now."""
    if not sides:
        return errors.NotYours()
    if submission.state == State.UNCONFIRMED:
        return errors.NotConfirmed()
    move = MOVES.get((State(submission.state), act))
    if move and Side.HOLDER in move.sides and Side.EDITOR in sides and Side.HOLDER not in sides:
        return errors.NotHolding() if submission.editor_id else errors.NotTaken()
    return errors.Ended() if submission.state in ENDED else errors.NotYourTurn()


def side_of(by: User | None, submission: Submission) -> Turn:
    """Which side the act stands on in the history."""
    sides = permissions.sides_of(by, submission) if by else frozenset()
    return next((SIDE_IN_ROWS[side] for side in SIDE_IN_ROWS if side in sides), Turn.NOBODY)


def move(
    submission: Submission,
    act: Act,
    *,
    by: User | None,
    words: str = "",
    due: datetime.date | None = None,
    stays: bool = False,
    side: Turn | None = None,
    **changes: Any,
) -> Submission:
    """Write the act and where it leads; the caller has locked the submission and checked the rules of the act.

    `stays`: the act left the text as it was, and so also the state.
    """
    side = side_of(by, submission) if side is None else side
    rule = MOVES[State(submission.state), act]
    before = submission.state
    if not stays:
        _lead_on(submission, rule.after, changes.pop("turn", rule.turn), due)
    for name, value in changes.items():
        setattr(submission, name, value)
    submission.save()
    write_step(submission, act, by=by, side=side, before=before, words=words)
    return submission


def _lead_on(submission: Submission, after: State | None, turn: Turn | None, due: datetime.date | None) -> None:
    now = timezone.now()
    if after is not None:
        submission.state = after
        if after not in KEEPS_APPROVAL:
            submission.approved_version = submission.approved_at = None
        if after != State.SCHEDULED:
            submission.publish_at = None
    if turn is not None:
        submission.turn, submission.turn_since, submission.reminded_at = turn, now, None
        days = USUAL_DAYS.get(turn)
        submission.due = due or (timezone.localdate(now) + datetime.timedelta(days) if days else None)


def write_step(
    submission: Submission,
    act: Act,
    *,
    by: User | None,
    side: Turn,
    before: str = "",
    words: str = "",
    is_private: bool = False,
) -> Step:
    newest = submission.versions.order_by("-number").values_list("number", flat=True).first()
    return Step.objects.create(
        submission=submission,
        act=act,
        by=by,
        side=side,
        before=before or submission.state,
        after=submission.state,
        version=newest,
        words=words,
        is_private=is_private,
    )
