"""Where a text stands for its writer: a word, whose turn it is since when, and what is expected now."""

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from blog.models import Submission
from blog.models.submissions import State, Turn
from common import dates

if TYPE_CHECKING:
    from blog.working.work import Work


@dataclass(frozen=True)
class Standing:
    """`kind` is the look of the badge: now, ok, note or plain."""

    badge: str
    kind: str
    since: datetime.datetime
    due: datetime.date | None
    is_late: bool
    expected: str = ""


def badge_of(submission: Submission) -> tuple[str, str]:
    """Whose turn it is, or how it ended, in a word or two."""
    state = State(submission.state)
    if submission.turn == Turn.WRITER:
        return pgettext("text", "Waits for you"), "now"
    if submission.turn == Turn.EDITOR and state != State.PUBLISHED:
        return (pgettext("stage", "With the editors") if state != State.SENT else pgettext("text", "In the queue")), ""
    said = {
        State.SCHEDULED: (pgettext("stage", "Scheduled"), "ok"),
        State.PUBLISHED: (pgettext("stage", "Published"), "ok"),
        State.DECLINED: (pgettext("text", "Not published"), "note"),
        State.WITHDRAWN: (pgettext("text", "Withdrawn"), "note"),
        State.UNPUBLISHED: (pgettext("text", "Taken off the site"), "note"),
    }
    return said.get(state, (str(state.label), ""))


def short(submission: Submission) -> Standing:
    """For lists: without what is expected."""
    badge, kind = badge_of(submission)
    is_late = submission.turn == Turn.WRITER and submission.due is not None and submission.due < timezone.localdate()
    return Standing(badge, kind, submission.turn_since, submission.due, is_late)


def of(submission: Submission, work: "Work") -> Standing:
    told = short(submission)
    return Standing(told.badge, told.kind, told.since, told.due, told.is_late, _expected(submission, work))


def _expected(submission: Submission, work: "Work") -> str:
    state = State(submission.state)
    if state == State.PUBLISHED:
        return _of_published(submission)
    if state == State.SCHEDULED and submission.publish_at:
        return _("The text is published on %(day)s %(time)s. You need not do anything.") % {
            "day": dates.day(submission.publish_at),
            "time": dates.clock(submission.publish_at),
        }
    said = {
        State.SENT: _("The text waits for an editor. You need not do anything: you get a letter when it is your turn."),
        State.EDITING: _(
            "An editor works on the text. You need not do anything: you get a letter when it is your turn."
        ),
        State.WITH_WRITER: _("Go through the comments and suggestions, change what you like and send the text back."),
        State.APPROVAL: _("Read the text from beginning to end. If it may be published exactly so, approve it."),
        State.APPROVED: _("You have approved the text. The editor sets the day of publishing."),
        State.DECLINED: _("The editors do not publish this text. You may change it and send it again."),
        State.WITHDRAWN: _("You have withdrawn the text. Nobody works on it. You may send it again."),
        State.UNPUBLISHED: _("The text is no longer on the site. You may send it again."),
    }
    return said.get(state, "")


def _of_published(submission: Submission) -> str:
    if submission.turn == Turn.WRITER:
        return _("The editor suggests a correction of the published text. It comes to the page when you approve it.")
    if submission.unpublish_asked_at:
        return _("You have asked to take the text off the site. The editor answers you.")
    return _("The text is in the blog.")
