"""What editors do with a text on its way."""

import datetime
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from django.db import transaction

from accounts.models import User
from blog.models import Submission
from blog.models.submissions import Turn
from blog.submitting import errors, letters, permissions, sentences
from blog.submitting.deciding import check_decided, decide
from blog.submitting.details import Text, checked, words_of
from blog.submitting.moving import begin, move
from blog.submitting.states import Act
from blog.submitting.versions import add_version, check_length_of, expect, flat_of, latest_of
from texts import Change

NO_DECISIONS: Mapping[str, str] = MappingProxyType({})
LONGEST_REASON = 500


@transaction.atomic
def take(*, submission: Submission, editor: User) -> Submission:
    """Take a text out of the queue. Of two who take it at the same moment, the second is told."""
    submission = begin(submission, Act.TAKE, editor)
    move(submission, Act.TAKE, by=editor, editor=editor)
    letters.tell_writers(submission, sentences.TAKEN)
    return submission


@transaction.atomic
def take_back(*, submission: Submission, editor: User, words: str = "") -> Submission:
    """Take the turn back from the writer, who is told; what they were writing is kept as their draft."""
    words = words_of(words)
    submission = begin(submission, Act.TAKE_BACK, editor)
    move(submission, Act.TAKE_BACK, by=editor, words=words)
    letters.tell_writers(submission, sentences.TAKEN_BACK, words=words)
    return submission


@transaction.atomic
def hand_over(*, submission: Submission, by: User, to: User, words: str = "") -> Submission:
    """Give the text to another editor, or take over what another one has."""
    words = words_of(words)
    submission = begin(submission, Act.HAND_OVER, by)
    if not permissions.may_edit(to) or permissions.is_writer_of(to, submission):
        raise errors.NotAnEditor
    move(submission, Act.HAND_OVER, by=by, words=words, editor=to)
    if to.pk != by.pk:
        letters.tell(submission, sentences.HANDED_OVER, to, must_act=submission.turn == Turn.EDITOR, words=words)
    return submission


@transaction.atomic
def return_to_writer(
    *, submission: Submission, editor: User, words: str = "", due: datetime.date | None = None
) -> Submission:
    """Give the pen to the writer, with the suggestions and comments made so far."""
    words = words_of(words)
    submission = begin(submission, Act.RETURN, editor)
    move(submission, Act.RETURN, by=editor, words=words, due=due)
    letters.tell_writers(submission, sentences.RETURNED, must_act=True, words=words)
    return submission


@transaction.atomic
def edit(
    *,
    submission: Submission,
    editor: User,
    text: Text,
    expected_version: int,
    decisions: Mapping[str, str] = NO_DECISIONS,
    changes: Sequence[Change] = (),
) -> Submission:
    """Make the next version, and decide the writer's suggestions. Another text voids what the writer has approved.

    `changes` are the suggestions left undecided, where the browser has followed them to.
    """
    submission = begin(submission, Act.EDIT, editor)
    old, text = expect(submission, expected_version), checked(text)
    settled = decide(submission, decisions, flat_of(old), text.body, by=editor)
    new = add_version(submission, text, by=editor, side=Turn.EDITOR, changes=changes)
    if new == old:
        return move(submission, Act.EDIT, by=editor, stays=True) if settled else submission
    asked = submission.state == Submission.State.APPROVAL
    approved = submission.approved_version_id is not None
    move(submission, Act.EDIT, by=editor)
    if asked or approved:
        letters.tell_writers(submission, sentences.CHANGED_AFTER_APPROVAL)
    return submission


@transaction.atomic
def pass_length(*, submission: Submission, editor: User, reason: str) -> Submission:
    """Let the text be as long or as short as it is, for a reason."""
    reason = words_of(reason, LONGEST_REASON)
    if not reason:
        raise errors.NoReason
    submission = begin(submission, Act.PASS_LENGTH, editor)
    return move(submission, Act.PASS_LENGTH, by=editor, words=reason, length_reason=reason, length_passed_by=editor)


@transaction.atomic
def ask_approval(
    *, submission: Submission, editor: User, words: str = "", due: datetime.date | None = None
) -> Submission:
    """Ask the writer to approve the newest version, once there is nothing left to decide in it."""
    words = words_of(words)
    submission = begin(submission, Act.ASK_APPROVAL, editor)
    check_decided(submission)
    check_length_of(submission, latest_of(submission).characters)
    move(submission, Act.ASK_APPROVAL, by=editor, words=words, due=due)
    letters.tell_writers(submission, sentences.APPROVAL_ASKED, must_act=True, words=words)
    return submission


@transaction.atomic
def decline(*, submission: Submission, editor: User, words: str) -> Submission:
    """Say no, kindly and with the reason."""
    words = words_of(words)
    if not words:
        raise errors.NoReason
    submission = begin(submission, Act.DECLINE, editor)
    move(submission, Act.DECLINE, by=editor, words=words, editor=submission.editor or editor)
    letters.tell_writers(submission, sentences.DECLINED, must_act=True, words=words)
    return submission
