"""From an approved text to the site, and what happens there: scheduled, published, corrected, taken off."""

import datetime
import logging
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from blog.models import Submission
from blog.models.submissions import State, Turn
from blog.submitting import errors, letters, sentences
from blog.submitting.details import Text, checked, words_of
from blog.submitting.moving import begin, lock, move
from blog.submitting.publishing import check_publishable, put_on_site, take_off_site
from blog.submitting.states import Act
from blog.submitting.versions import add_version, check_length_of, expect, latest_of
from common.errors import Refused

logger = logging.getLogger(__name__)
LONGEST_NOTE = 500
MOST_AT_ONCE = 20


@transaction.atomic
def schedule(*, submission: Submission, editor: User, at: datetime.datetime) -> Submission:
    """Have the text published at that moment; again, at another one."""
    submission = begin(submission, Act.SCHEDULE, editor)
    if at <= timezone.now():
        raise errors.NotThen
    check_publishable(submission)
    move(submission, Act.SCHEDULE, by=editor, publish_at=at)
    letters.tell_writers(submission, sentences.SCHEDULED, must_act=True, at=at.isoformat())
    return submission


@transaction.atomic
def unschedule(*, submission: Submission, editor: User | None, words: str = "") -> Submission:
    """Take the text off the schedule; it stays approved."""
    submission = begin(submission, Act.UNSCHEDULE, editor)
    move(submission, Act.UNSCHEDULE, by=editor, words=words_of(words), publish_at=None)
    letters.tell_writers(submission, sentences.UNSCHEDULED)
    return submission


@transaction.atomic
def publish(*, submission: Submission, by: User | None) -> Submission:
    """Put the approved text on the site. Published twice at the same moment it is published once.

    `by` None: the worker, whose moment has come.
    """
    current = lock(submission)
    if current.state == State.PUBLISHED and (by is None or current.editor_id == by.pk):
        return current
    submission = begin(submission, Act.PUBLISH, by)
    check_publishable(submission)
    page = put_on_site(submission, by=by)
    now, version = timezone.now(), latest_of(submission)
    first = submission.published_at or now
    given: dict[str, Any] = {
        "page": page,
        "published_at": first,
        "published_version": version,
        "unpublish_asked_at": None,
    }
    move(submission, Act.PUBLISH, by=by, **given)
    letters.tell_writers(submission, sentences.PUBLISHED, must_act=True)
    return submission


@transaction.atomic
def correct(*, submission: Submission, editor: User, text: Text, note: str, expected_version: int) -> Submission:
    """Suggest a correction of the published text; the writer approves it, and until then the site is as it was."""
    note = words_of(note, LONGEST_NOTE)
    if not note:
        raise errors.NoReason
    submission = begin(submission, Act.CORRECT, editor)
    old, text = expect(submission, expected_version), checked(text)
    check_length_of(submission, text.body.characters)
    if add_version(submission, text, by=editor, side=Turn.EDITOR) == old == submission.published_version:
        raise errors.NothingChanged
    move(submission, Act.CORRECT, by=editor, words=note, correction=note)
    letters.tell_writers(submission, sentences.CORRECTION_ASKED, must_act=True, words=note)
    return submission


@transaction.atomic
def unpublish(*, submission: Submission, editor: User, words: str = "") -> Submission:
    """Take the post off the site. Where the writer asked for it, the consent has ended, too."""
    words = words_of(words)
    submission = begin(submission, Act.UNPUBLISH, editor)
    ended: dict[str, Any] = {"consented_at": None} if submission.unpublish_asked_at else {}
    if ended:
        submission.authors.update(consented_at=None)
    move(submission, Act.UNPUBLISH, by=editor, words=words, correction="", **ended)
    # Last: what Wagtail then tells of the page is known already.
    take_off_site(submission, by=editor)
    letters.tell_writers(submission, sentences.UNPUBLISHED, must_act=True, words=words)
    return submission


@transaction.atomic
def leave(*, submission: Submission, editor: User, words: str = "") -> Submission:
    """Leave the published text as it is: answer what was asked, or drop a correction."""
    words = words_of(words)
    submission = begin(submission, Act.LEAVE, editor)
    if submission.unpublish_asked_at and not words:
        raise errors.NoReason
    told: dict[str, Any] = {"unpublish_asked_at": None, "unpublish_reason": "", "correction": ""}
    move(submission, Act.LEAVE, by=editor, words=words, **told)
    letters.tell_writers(submission, sentences.LEFT, words=words)
    return submission


def publish_due() -> bool:
    """Publish what is due. One that cannot be published keeps no other waiting. For the worker; True: ask again."""
    due = Submission.objects.filter(state=State.SCHEDULED, publish_at__lte=timezone.now()).order_by("publish_at", "pk")
    rows = list(due[: MOST_AT_ONCE + 1])
    for submission in rows[:MOST_AT_ONCE]:
        try:
            publish(submission=submission, by=None)
        except Refused as refusal:
            _stop(submission, str(refusal.message))
        except Exception:
            # It may be the machine's fault: the text stays scheduled and is tried again. Its editor hears of it once.
            logger.exception("The text %s could not be published", submission.public_id)
            letters.tell_editor(
                submission, sentences.FAILED, key=f"{submission.pk}:{submission.publish_at:%Y%m%d%H%M}", words=""
            )
    return len(rows) > MOST_AT_ONCE


def _stop(submission: Submission, why: str) -> None:
    """Take off the schedule what may not be published, and tell its editor why."""
    try:
        with transaction.atomic():
            unschedule(submission=submission, editor=None, words=why)
            letters.tell_editor(submission, sentences.FAILED, words=why)
    except Refused:
        logger.info("The text %s was moved meanwhile", submission.public_id)
