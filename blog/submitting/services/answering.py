"""What writers do with a text on its way."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from blog.models import Submission
from blog.models.submissions import State, Turn
from blog.submitting import errors, letters, publishing, sentences
from blog.submitting.deciding import decide
from blog.submitting.details import Text, checked, consent, words_of
from blog.submitting.moving import begin, move
from blog.submitting.states import Act
from blog.submitting.versions import add_version, expect, flat_of
from texts import Change


@transaction.atomic
def send_back(
    *,
    submission: Submission,
    writer: User,
    text: Text,
    changes: Sequence[Change],
    decisions: Mapping[str, str],
    expected_version: int,
    words: str = "",
) -> Submission:
    """Hand the text back to the editor: with decisions on suggestions, and the writer's own changes.

    `changes` are the suggestions left undecided, where the browser has followed them to.
    """
    words = words_of(words)
    submission = begin(submission, Act.SEND_BACK, writer)
    old, text = expect(submission, expected_version), checked(text)
    decide(submission, decisions, flat_of(old), text.body, by=writer)
    add_version(submission, text, by=writer, side=Turn.WRITER, changes=changes)
    move(submission, Act.SEND_BACK, by=writer, words=words)
    letters.tell_editor(submission, sentences.SENT_BACK, words=words)
    return submission


@transaction.atomic
def approve(*, submission: Submission, writer: User, version: int) -> Submission:
    """Approve exactly that version, which has to be the newest; a correction of a published text goes on the site."""
    submission = begin(submission, Act.APPROVE, writer)
    approved = expect(submission, version)
    consent(submission, writer)
    given: dict[str, Any] = {"approved_version": approved, "approved_at": timezone.now()}
    if submission.state == State.PUBLISHED:
        note, submission.approved_version = submission.correction, approved
        publishing.correct_page(submission, approved, note)
        turn = Turn.EDITOR if submission.unpublish_asked_at else Turn.NOBODY
        move(
            submission,
            Act.APPROVE,
            by=writer,
            words=note,
            turn=turn,
            published_version=approved,
            correction="",
            **given,
        )
        letters.tell_writers(submission, sentences.CORRECTED)
    else:
        move(submission, Act.APPROVE, by=writer, **given)
    letters.tell_editor(submission, sentences.APPROVED, must_act=submission.turn == Turn.EDITOR)
    return submission


@transaction.atomic
def refuse_approval(*, submission: Submission, writer: User, words: str) -> Submission:
    """Say what should still be changed; the editor has the turn."""
    words = words_of(words)
    if not words:
        raise errors.NoReason
    submission = begin(submission, Act.REFUSE_APPROVAL, writer)
    move(submission, Act.REFUSE_APPROVAL, by=writer, words=words, correction="")
    letters.tell_editor(submission, sentences.REFUSED, words=words)
    return submission


@transaction.atomic
def withdraw(*, submission: Submission, writer: User, words: str = "") -> Submission:
    """Take the text back, at any stage before it is published."""
    words = words_of(words)
    submission = begin(submission, Act.WITHDRAW, writer)
    had_an_editor = submission.editor_id is not None
    move(submission, Act.WITHDRAW, by=writer, words=words)
    if had_an_editor:
        letters.tell_editor(submission, sentences.WITHDRAWN, must_act=False, words=words)
    return submission


@transaction.atomic
def ask_unpublish(*, submission: Submission, writer: User, words: str) -> Submission:
    """Ask for the published text to be taken off the site; a correction on its way is dropped."""
    words = words_of(words, 1_000)
    submission = begin(submission, Act.ASK_UNPUBLISH, writer)
    asked: dict[str, Any] = {"unpublish_asked_at": timezone.now(), "unpublish_reason": words, "correction": ""}
    move(submission, Act.ASK_UNPUBLISH, by=writer, words=words, **asked)
    letters.tell_editor(submission, sentences.UNPUBLISH_ASKED, words=words)
    return submission
