"""How a text comes to the editors: sent, its sender's address confirmed, sent again after it had ended."""

import datetime
import hashlib
import uuid
from dataclasses import dataclass

from allauth.account.adapter import get_adapter
from allauth.account.models import EmailAddress
from django.core import signing
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts.invitations import set_address
from accounts.models import User
from blog.models import Submission
from blog.models.submissions import State, Turn
from blog.submitting import errors, letters
from blog.submitting.details import Details, Text, checked, consent, forget_file, write_authors, write_details
from blog.submitting.moving import USUAL_DAYS, begin, lock, move, write_step
from blog.submitting.states import Act
from blog.submitting.versions import add_version, check_length, expect
from common import languages

SALT = "blog.confirm"
LINK_SECONDS = 3 * 24 * 60 * 60
KEPT_UNCONFIRMED = datetime.timedelta(days=14)
KEPT_ENDED = datetime.timedelta(days=2 * 365)
MOST_UNCONFIRMED = 5


@dataclass(frozen=True)
class Confirmed:
    """`is_new_account`: the account was made just now; it has no password, and the caller signs the person in."""

    submission: Submission
    user: User
    is_new_account: bool


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
        _tell_of_arrival(submission, sender)
    else:
        letters.ask_to_confirm(submission, token_of(submission))
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


def _tell_of_arrival(submission: Submission, writer: User) -> None:
    letters.tell(submission, letters.RECEIPT, writer, must_act=True)
    letters.tell_queue()


def token_of(submission: Submission) -> str:
    """What the link of the letter holds: which text, for which address. Useless once the address is confirmed."""
    return signing.dumps([str(submission.public_id), _digest(submission.unconfirmed_email)], salt=SALT)


def _digest(address: str) -> str:
    return hashlib.sha256(address.lower().encode()).hexdigest()[:24]


def submission_of(token: str) -> Submission:
    """The text that the link confirms; raises Refused where the link has ended, was used or is not ours."""
    try:
        public_id, digest = signing.loads(token, salt=SALT, max_age=LINK_SECONDS)
    except signing.SignatureExpired:
        raise errors.LinkEnded from None
    except signing.BadSignature:
        raise errors.BadLink from None
    found = Submission.objects.filter(public_id=public_id, state=State.UNCONFIRMED).first()
    if found is None or _digest(found.unconfirmed_email) != digest:
        raise errors.LinkEnded
    return found


@transaction.atomic
def confirm(*, token: str, user: User | None = None) -> Confirmed:
    """The sender has opened the link: the text goes to the editors, and is theirs from now on.

    `user` is who has signed in. Where an account has the address, raises SignInFirst until its owner has. Where none
    has, the text becomes that of whoever has signed in, or of a new account without a password.
    """
    submission = lock(submission_of(token))
    # Two links at the same moment: the second waited at the lock.
    submission_of(token)
    address = submission.unconfirmed_email
    owner, is_new = owner_of(address), False
    if owner is not None and (user is None or user.pk != owner.pk):
        raise errors.SignInFirst
    writer = owner or user
    if writer is None:
        writer, is_new = _make_account(address), True
    submission.authors.filter(sort_order=0).update(user=writer)
    submission.versions.filter(made_by=None).update(made_by=writer)
    move(submission, Act.CONFIRM, by=writer, side=Turn.WRITER, unconfirmed_email="")
    _tell_of_arrival(submission, writer)
    return Confirmed(submission, writer, is_new)


def owner_of(address: str) -> User | None:
    """The account that the address signs in, whether it is its first address or another one of it."""
    verified = EmailAddress.objects.filter(email__iexact=address, verified=True).select_related("user").first()
    return verified.user if verified else User.objects.filter(email__iexact=address).first()


def _make_account(address: str) -> User:
    try:
        with transaction.atomic():
            made = User.objects.create_user(address, language=languages.current())
            set_address(made)
    except IntegrityError:
        # Somebody made it meanwhile: then it is theirs to sign in with.
        raise errors.SignInFirst from None
    return made


@transaction.atomic
def reopen(*, submission: Submission, writer: User, text: Text, expected_version: int) -> Submission:
    """Send a text again that was declined, withdrawn or taken off the site; it waits in the queue anew."""
    submission = begin(submission, Act.REOPEN, writer)
    expect(submission, expected_version)
    text = checked(text)
    add_version(submission, text, by=writer, side=Turn.WRITER)
    consent(submission, writer)
    move(submission, Act.REOPEN, by=writer, editor=None, correction="", unpublish_asked_at=None, unpublish_reason="")
    _tell_of_arrival(submission, writer)
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


def forget_unconfirmed() -> bool:
    """Erase the texts whose senders never confirmed an address. For the worker."""
    _erase(Submission.objects.filter(state=State.UNCONFIRMED, created_at__lt=timezone.now() - KEPT_UNCONFIRMED))
    return False


def forget_ended() -> bool:
    """Erase what was declined or withdrawn two years ago and never sent again. For the worker."""
    ended = Submission.objects.filter(state__in=[State.DECLINED, State.WITHDRAWN], page=None)
    _erase(ended.filter(turn_since__lt=timezone.now() - KEPT_ENDED))
    return False


def _erase(rows: QuerySet[Submission]) -> None:
    """Each in a transaction of its own, with its picture; one that has moved on meanwhile stays."""
    for submission in rows:
        with transaction.atomic():
            if submission.picture:
                forget_file(submission, str(submission.picture.name))
            Submission.objects.filter(pk=submission.pk, state=submission.state).delete()
