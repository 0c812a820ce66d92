"""A visitor's text comes to the editors when the link to its sender's address has been opened."""

from dataclasses import dataclass

from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction

from accounts.invitations import set_address
from accounts.models import User
from blog.models import Submission
from blog.models.submissions import Turn
from blog.submitting import errors, letters, links
from blog.submitting.moving import lock, move
from blog.submitting.states import Act
from common import languages


@dataclass(frozen=True)
class Confirmed:
    """`is_new_account`: the account was made just now; it has no password, and the caller signs the person in."""

    submission: Submission
    user: User
    is_new_account: bool


@transaction.atomic
def confirm(*, token: str, user: User | None = None) -> Confirmed:
    """The sender has opened the link: the text goes to the editors, and is theirs from now on.

    `user` is who has signed in. Where an account has the address, raises SignInFirst until its owner has. Where none
    has, the text becomes that of whoever has signed in, or of a new account without a password.
    """
    submission = lock(links.unconfirmed(token))
    # Two links at the same moment: the second waited at the lock.
    links.unconfirmed(token)
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
    letters.tell_of_arrival(submission, writer)
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
