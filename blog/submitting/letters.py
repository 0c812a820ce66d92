"""Whom an act is told to, in its transaction. What is said is in `sentences`."""

import datetime
from typing import Any

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts.models import User
from blog.models import Submission, Thread
from blog.submitting import addresses, permissions, sentences
from common import languages
from notifications.kinds import Notice
from notifications.letters import write_to_address
from notifications.services import notify

# After eight in the morning, what happens is for the next morning's letter.
MORNING = datetime.timedelta(hours=8)


def tell(
    submission: Submission, kind: str, person: User, *, must_act: bool = False, key: str = "", **facts: Any
) -> bool:
    """Tell the person; False where the key was told before."""
    version = submission.versions.order_by("-number").first()
    about = {
        "submission": str(submission.public_id),
        "title": version.title if version else "",
        "version": version.number if version else 0,
        "at_desk": not permissions.is_writer_of(person, submission),
    }
    told = notify(person=person, kind=kind, context=about | facts, must_act=must_act, key=key)
    return told is not None


def tell_writers(submission: Submission, kind: str, *, must_act: bool = False, key: str = "", **facts: Any) -> None:
    for author in submission.authors.exclude(user=None).select_related("user"):
        if author.user:
            tell(submission, kind, author.user, must_act=must_act, key=key, **facts)


def tell_editor(submission: Submission, kind: str, *, must_act: bool = True, key: str = "", **facts: Any) -> None:
    """Tell the editor who holds the text; all editors where nobody does."""
    for editor in [submission.editor] if submission.editor else permissions.editors():
        tell(submission, kind, editor, must_act=must_act, key=key, **facts)


def tell_other_side(submission: Submission, by: User, kind: str) -> None:
    """Tell those whose text or work it is, but not who did it; once a day, with all that has gathered."""
    key = f"{submission.pk}:{timezone.localtime(timezone.now()) + datetime.timedelta(days=1) - MORNING:%Y%m%d}"
    if permissions.is_writer_of(by, submission):
        if submission.editor:
            tell(submission, kind, submission.editor, key=key)
        return
    tell_writers(submission, kind, key=key)


def tell_editors_of_thread(thread: Thread, by: User) -> None:
    """What editors say among themselves is told to the one who holds the text and to those who take part."""
    submission = thread.submission
    people = {remark.author for remark in thread.remarks.select_related("author")} | {submission.editor}
    key = f"{submission.pk}:private:{timezone.localdate():%Y%m%d}"
    for person in people:
        if person is not None and person.pk != by.pk and permissions.may_edit(person):
            tell(submission, sentences.COMMENTED, person, key=key)


def tell_of_arrival(submission: Submission, writer: User) -> None:
    """The text has come to the editors: a receipt to its writer, and word of the queue to them."""
    tell(submission, sentences.RECEIPT, writer, must_act=True)
    tell_queue()


def tell_queue(*, must_act: bool = True) -> None:
    """Tell editors that texts wait, once a day at most, however many come; at once, or in the morning's letter."""
    today = f"{timezone.localdate():%Y%m%d}"
    for editor in permissions.editors():
        notify(person=editor, kind=sentences.QUEUE, context={}, must_act=must_act, key=today)


def ask_to_confirm(submission: Submission, token: str) -> None:
    """The letter to an address of which nothing is known yet, in the language of the page."""
    language = languages.current()
    with translation.override(language):
        version = submission.versions.get(number=1)
        notice = Notice(
            _("Confirm your e-mail address: %(title)s") % {"title": version.title},
            [
                _("Open the link, and your text goes to the editors. It holds for three days and works once."),
                _("If you did not send a text to us, you need not do anything: it is erased in two weeks."),
                *sentences.copy_of(version),
            ],
            _("Confirm the address"),
            addresses.confirming(token),
        )
        why = _("You get this because a text was sent to the blog with this address.")
        write_to_address(submission.unconfirmed_email, language, notice, why)
