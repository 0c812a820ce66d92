"""What a sender tells beside the text itself, and the text as it is sent."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.core.files import File
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from blog.models import Channel, Submission, SubmissionAuthor
from blog.submitting import errors
from common.lines import is_seen, one_line
from common.photographs import bare
from common.validators import UNREADABLE, validate_image
from texts import Flat

if TYPE_CHECKING:
    from blog.models import TextVersion

LONGEST_TITLE = 200
LONGEST_LEAD = 500
LONGEST_WORDS = 2_000
MOST_AUTHORS = 10
ENDINGS = {"JPEG": ".jpg", "PNG": ".png", "WEBP": ".webp", "GIF": ".gif", "AVIF": ".avif"}


@dataclass(frozen=True)
class AuthorDetails:
    """An author as the byline tells them: by role alone unless `shows_name`. `user` where they have an account.

    `id`: the author that this changes; account and consent stay with them.
    """

    title: str
    user: User | None = None
    name: str = ""
    shows_name: bool = False
    group: Any = None
    organisation: Any = None
    other_organisation: str = ""
    id: int | None = None


@dataclass(frozen=True)
class Details:
    """`authors`: the sender first; their account is the sender's, whatever `user` says.

    `picture`: a file that takes the place of the one before; None keeps it. `drops_picture` takes it away.
    """

    authors: Sequence[AuthorDetails]
    channel: Channel | None = None
    language: str = "fi"
    task_area: Any = None
    phenomena: Sequence[Any] = ()
    themes: Sequence[Any] = ()
    picture: "File[bytes] | None" = None
    drops_picture: bool = False
    picture_alt: str = ""
    picture_credit: str = ""
    message: str = ""
    consents: bool = False
    employer_reminded: bool = False


@dataclass(frozen=True)
class Text:
    """Title and lead are plain text; the body comes in through Flat alone, whichever way it came."""

    title: str
    lead: str = ""
    body: Flat = field(default_factory=Flat)

    @classmethod
    def of(cls, version: "TextVersion") -> "Text":
        return cls(version.title, version.lead, Flat.of_html(version.body))


def checked(text: Text) -> Text:
    """The text in normal form; raises Refused where it cannot be sent as it is, whatever its length."""
    title, lead, body = one_line(text.title), one_line(text.lead), text.body.normal()
    if not title or not body.text.strip():
        raise errors.NoText
    if len(title) > LONGEST_TITLE:
        raise errors.TitleTooLong
    if len(lead) > LONGEST_LEAD:
        raise errors.LeadTooLong
    return Text(title, lead, body)


def words_of(text: str, most: int = LONGEST_WORDS) -> str:
    """What somebody wrote beside the text: plain, with its lines. Refused where there is too much of it."""
    lines = text.replace("\r\n", "\n").split("\n")
    plain = "\n".join("".join(sign for sign in line if is_seen(sign)).rstrip() for line in lines).strip()
    if len(plain) > most:
        raise errors.too_long(most)
    return plain


def write_details(submission: Submission, details: Details) -> None:
    """Give the unsaved or locked submission what was told of it, and save it. Authors follow by `write_authors`."""
    submission.channel = _channel(details, submission)
    submission.language = details.language
    submission.task_area = details.task_area
    submission.message = words_of(details.message)
    submission.employer_reminded = details.employer_reminded
    submission.picture_alt = one_line(details.picture_alt)[:300]
    submission.picture_credit = one_line(details.picture_credit)[:200]
    has_picture = details.picture is not None or (submission.picture and not details.drops_picture)
    if has_picture and not submission.picture_alt:
        raise errors.NoAltText
    _write_picture(submission, details)
    # What is chosen is written beside the row, so the row comes first.
    submission.save()
    submission.phenomena = list(details.phenomena)
    submission.themes = list(details.themes)
    submission.save()


def write_authors(submission: Submission, authors: Sequence[AuthorDetails], *, sender: User | None = None) -> None:
    """Make the byline what was told, in its order. Who is an author already keeps account and consent.

    `sender`: whose the text is, when it is sent; the first author is they.
    """
    if not authors or len(authors) > MOST_AUTHORS:
        raise errors.NoRole
    before = list(submission.authors.all())
    named = any(each.id for each in authors)
    known = {row.pk: row for row in before} if named else {}
    # A form that does not name the rows changes them one by one, as long as there are as many.
    same = before if len(before) == len(authors) and not named else []
    rows = []
    for order, details in enumerate(authors):
        row = known.pop(details.id or 0, None) or (same[order] if same else SubmissionAuthor(submission=submission))
        _tell_author(row, details, order)
        rows.append(row)
    if sender:
        rows[0].user = sender
    elif any(row.user_id for row in before) and not any(row.user_id for row in rows):
        # Somebody has to be able to answer the editors.
        raise errors.NoWriter
    submission.authors.exclude(pk__in=[row.pk for row in rows if row.pk]).delete()
    for row in rows:
        row.save()


def _tell_author(row: SubmissionAuthor, details: AuthorDetails, order: int) -> None:
    row.title, row.name = one_line(details.title)[:150], one_line(details.name)[:150]
    if not row.title:
        raise errors.NoRole
    if details.shows_name and not row.name:
        raise errors.NoName
    row.user = details.user or row.user
    row.shows_name, row.group, row.organisation = details.shows_name, details.group, details.organisation
    row.other_organisation = one_line(details.other_organisation)[:150]
    row.sort_order = order


def _channel(details: Details, submission: Submission) -> Channel:
    channel = details.channel or Channel.objects.filter(is_default=True).first() or Channel.objects.first()
    if channel is None or (not channel.takes_texts and channel.pk != submission.channel_id):
        raise errors.ChannelClosed
    return channel


def _write_picture(submission: Submission, details: Details) -> None:
    old = submission.picture.name if submission.picture else ""
    if details.picture is not None:
        name = _picture_name(details.picture)
        try:
            # A phone writes into the picture where it was taken: that may be a client's home.
            picture = bare(details.picture)
        except UNREADABLE:
            raise errors.BadPicture from None
        submission.picture.save(name, picture, save=False)
    elif details.drops_picture:
        submission.picture = ""
    if old and old != (submission.picture.name or ""):
        forget_file(submission, old)


def _picture_name(picture: "File[bytes]") -> str:
    """A name that tells nothing of the person, with the ending of what the file is; refused where it is no picture."""
    from PIL import Image

    try:
        validate_image(picture)
        with Image.open(picture) as image:
            ending = ENDINGS.get(image.format or "")
    except ValidationError as error:
        raise errors.BadPicture(error.messages[0]) from None
    finally:
        picture.seek(0)
    if ending is None:
        raise errors.BadPicture
    return f"{uuid.uuid4().hex}{ending}"


def forget_file(submission: Submission, name: str) -> None:
    """Delete the private file once the change is committed."""
    storage = submission.picture.storage
    transaction.on_commit(lambda: storage.delete(name))


def consent(submission: Submission, user: User | None) -> None:
    """Keep the consent of the person, or of a sender who has no account yet."""
    now = timezone.now()
    rows = submission.authors.filter(user=user) if user else submission.authors.all()[:1]
    for row in rows:
        row.consented_at = row.consented_at or now
        row.save(update_fields=["consented_at"])
    submission.consented_at = submission.consented_at or now
    submission.save(update_fields=["consented_at"])
