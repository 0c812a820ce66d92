"""Comments on words of a text and answers to them, and notes among editors."""

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from blog.models import Remark, Step, Submission, Thread
from blog.models.submissions import Turn
from blog.submitting import errors, letters, permissions, sentences
from blog.submitting.details import words_of
from blog.submitting.moving import begin, side_of, write_step
from blog.submitting.states import Act
from blog.submitting.versions import flat_of, latest_of
from texts.following import follow

LONGEST = 4_000
MOST_THREADS = 300
MOST_REMARKS = 200


@transaction.atomic
def comment(
    *,
    submission: Submission,
    author: User,
    version: int,
    start: int = 0,
    end: int = 0,
    quote: str = "",
    text: str,
    is_private: bool = False,
) -> Thread:
    """Comment words of the version, or with no quote, all of the text. `is_private`: among editors.

    Where the text has gone on since that version, the words are followed to the newest one. Without places, the quote
    is looked for; where it stands more than once, the first is taken and marked for a look.
    """
    said = _said(text)
    submission = begin(submission, Act.COMMENT, author)
    if submission.threads.count() >= MOST_THREADS:
        raise errors.TooMuch
    side = side_of(author, submission)
    newest = latest_of(submission)
    start, end, quote, certain = _place(submission, version, start, end, quote)
    thread = Thread.objects.create(
        submission=submission,
        version=newest,
        author=author,
        side=side,
        start=start,
        end=end,
        quote=quote,
        is_certain=certain,
        is_private=is_private and side == Turn.EDITOR,
    )
    Remark.objects.create(thread=thread, author=author, side=side, text=said)
    _tell(thread, author)
    return thread


@transaction.atomic
def reply(*, thread: Thread, author: User, text: str) -> Remark:
    """Answer in the thread; one that was settled is open again."""
    said = _said(text)
    thread = _begin(thread, author)
    if thread.remarks.count() >= MOST_REMARKS:
        raise errors.TooMuch
    if thread.resolved_at is not None:
        _settle(thread, None)
    made = Remark.objects.create(thread=thread, author=author, side=side_of(author, thread.submission), text=said)
    _tell(thread, author)
    return made


@transaction.atomic
def resolve(*, thread: Thread, by: User) -> Thread:
    """Settle the thread; doing so twice keeps the first time."""
    thread = _begin(thread, by)
    return thread if thread.resolved_at else _settle(thread, by)


@transaction.atomic
def reopen_thread(*, thread: Thread, by: User) -> Thread:
    return _settle(_begin(thread, by), None)


@transaction.atomic
def note(*, submission: Submission, editor: User, text: str) -> Step:
    """Write something down for editors alone."""
    words = words_of(text)
    if not words:
        raise errors.NoReason
    submission = begin(submission, Act.NOTE, editor)
    side = side_of(editor, submission)
    return write_step(submission, Act.NOTE, by=editor, side=side, words=words, is_private=True)


def _said(text: str) -> str:
    said = words_of(text, LONGEST)
    if not said:
        raise errors.NoReason
    return said


def _begin(thread: Thread, by: User) -> Thread:
    submission = begin(thread.submission, Act.COMMENT, by)
    if thread.is_private and not permissions.may_edit(by):
        raise errors.NotYours
    # What writers must not know of is not there for them, also where an editor is among the writers.
    if thread.is_private and permissions.is_writer_of(by, submission):
        raise errors.NotYours
    fresh = Thread.objects.get(pk=thread.pk)
    fresh.submission = submission
    return fresh


def _settle(thread: Thread, by: User | None) -> Thread:
    thread.resolved_at, thread.resolved_by = (timezone.now() if by else None), by
    thread.save(update_fields=["resolved_at", "resolved_by"])
    return thread


def _place(submission: Submission, number: int, start: int, end: int, quote: str) -> tuple[int, int, str, bool]:
    """Where the words are in the newest version, what they are, and whether that is certain."""
    quote = quote.strip()
    if not quote:
        return 0, 0, "", True
    newest = latest_of(submission)
    flat = flat_of(newest)
    seen = submission.versions.filter(number=number).first()
    if seen is not None and seen != newest and end > start:
        old = flat_of(seen)
        if old.text[start:end].strip() == quote:
            place = follow(start, end, old, flat)
            return place.start, place.end, old.text[start:end][:LONGEST], place.certain
    if end > start and flat.text[start:end].strip() == quote:
        return start, end, flat.text[start:end][:LONGEST], True
    return _found(flat.text, quote)


def _found(text: str, quote: str) -> tuple[int, int, str, bool]:
    """The words typed or copied by hand."""
    at = text.find(quote)
    if at < 0:
        raise errors.NoSuchWords
    return at, at + len(quote), quote[:LONGEST], text.find(quote, at + 1) < 0


def _tell(thread: Thread, author: User) -> None:
    if thread.is_private:
        letters.tell_editors_of_thread(thread, author)
    else:
        letters.tell_other_side(thread.submission, author, sentences.COMMENTED)
