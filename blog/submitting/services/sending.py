"""How a text comes to the editors: sent, told of, sent again after it had ended."""

import datetime
import uuid

from allauth.account.adapter import get_adapter
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import User
from blog.models import Submission
from blog.models.submissions import State, Turn
from blog.submitting import errors, letters, links
from blog.submitting.details import Details, Text, checked, consent, write_authors, write_details
from blog.submitting.moving import USUAL_DAYS, begin, move, write_step
from blog.submitting.states import Act
from blog.submitting.versions import add_version, check_length, expect, is_farther_out

MOST_UNCONFIRMED = 5


@transaction.atomic
def send(
    *,
    sender: User | None,
    email: str,
    details: Details,
    text: Text,
    key: uuid.UUID | None = None,
    asks_length: bool = False,
) -> Submission:
    """Send the text to the editors, or where the sender has not signed in, keep it until the address is confirmed.

    `key` is that of the draft: the same sender sending it again gets the submission that it became. `asks_length`:
    the text is outside the length of a post, and the message to the editors asks to take it as it is. What is returned
    is not to be shown to somebody who has not signed in: whose text it is, is not proved.
    """
    text, address = checked(text), "" if sender else address_of(email)
    public_id = _public_id(key, sender, address)
    found = Submission.objects.filter(public_id=public_id).first()
    if found:
        return found
    _check(sender, address, details, text, asks_length)
    submission = Submission(
        public_id=public_id,
        state=State.SENT if sender else State.UNCONFIRMED,
        turn=Turn.EDITOR if sender else Turn.WRITER,
        turn_since=timezone.now(),
        due=_due(Turn.EDITOR) if sender else None,
        unconfirmed_email=address,
    )
    try:
        # Sent twice at the same moment: the second waits here for the first, and finds its text.
        with transaction.atomic():
            write_details(submission, details)
    except IntegrityError:
        return Submission.objects.get(public_id=public_id)
    write_authors(submission, details.authors, sender=sender)
    consent(submission, sender)
    add_version(submission, text, by=sender, side=Turn.WRITER)
    write_step(submission, Act.SEND, by=sender, side=Turn.WRITER, before="-")
    if sender:
        letters.tell_of_arrival(submission, sender)
    else:
        letters.ask_to_confirm(submission, links.confirming(submission))
    return submission


def _check(sender: User | None, address: str, details: Details, text: Text, asks_length: bool) -> None:
    if not details.consents:
        raise errors.NoConsent
    if asks_length and not details.message.strip():
        raise errors.NoReason
    if not asks_length:
        check_length(text.body.characters)
    if not sender and _waiting_for(address) >= MOST_UNCONFIRMED:
        raise errors.TooManyWaiting


def _waiting_for(address: str) -> int:
    return Submission.objects.filter(state=State.UNCONFIRMED, unconfirmed_email__iexact=address).count()


def address_of(email: str) -> str:
    """The address as it is kept; Refused where nothing can be sent to it."""
    address = email.strip().lower()
    try:
        validate_email(address)
        return str(get_adapter().clean_email(address))
    except ValidationError as error:
        raise errors.BadAddress(error.messages[0]) from None


def _public_id(key: uuid.UUID | None, sender: User | None, address: str) -> uuid.UUID:
    """One for each sender and draft, so that an address that two people share makes two texts."""
    who = f"user {sender.pk}" if sender else f"address {address}"
    return uuid.uuid5(key, who) if key else uuid.uuid4()


def _due(turn: Turn) -> datetime.date:
    return timezone.localdate() + datetime.timedelta(days=USUAL_DAYS[turn])


@transaction.atomic
def reopen(*, submission: Submission, writer: User, text: Text, expected_version: int) -> Submission:
    """Send a text again that was declined, withdrawn or taken off the site; it waits in the queue anew."""
    submission = begin(submission, Act.REOPEN, writer)
    old, text = expect(submission, expected_version), checked(text)
    # Of the length that the text had the editors have been asked; farther out it is like a new one.
    if is_farther_out(text.body.characters, old.characters):
        check_length(text.body.characters)
    add_version(submission, text, by=writer, side=Turn.WRITER)
    consent(submission, writer)
    move(submission, Act.REOPEN, by=writer, editor=None, correction="", unpublish_asked_at=None, unpublish_reason="")
    letters.tell_of_arrival(submission, writer)
    return submission


@transaction.atomic
def change_details(*, submission: Submission, by: User, details: Details) -> Submission:
    """Change whose text it is, what it is about, its picture and the like."""
    submission = begin(submission, Act.CHANGE_DETAILS, by)
    write_details(submission, details)
    write_authors(submission, details.authors)
    return move(submission, Act.CHANGE_DETAILS, by=by)


@transaction.atomic
def give_consent(*, submission: Submission, writer: User) -> Submission:
    """One of the writers consents to publishing."""
    submission = begin(submission, Act.CONSENT, writer)
    consent(submission, writer)
    return move(submission, Act.CONSENT, by=writer)
