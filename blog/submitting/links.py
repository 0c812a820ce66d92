"""What the links in letters to people without an account hold, and what they lead to."""

import hashlib
from typing import Any

from django.core import signing

from blog.models import Submission, SubmissionAuthor
from blog.models.submissions import OPEN, State
from blog.submitting import errors

DAY = 24 * 60 * 60
CONFIRMING, CONFIRMING_HOLDS = "blog.confirm", 3 * DAY
JOINING, JOINING_HOLDS = "blog.invite", 14 * DAY


def confirming(submission: Submission) -> str:
    """Which text, for which address. Useless once the address is confirmed."""
    return signing.dumps([str(submission.public_id), _digest(submission.unconfirmed_email)], salt=CONFIRMING)


def unconfirmed(token: str) -> Submission:
    """The text that the link confirms; raises Refused where the link has ended, was used or is not ours."""
    public_id, digest = _read(token, CONFIRMING, CONFIRMING_HOLDS)
    found = Submission.objects.filter(public_id=public_id, state=State.UNCONFIRMED).first()
    if found is None or _digest(found.unconfirmed_email) != digest:
        raise errors.LinkEnded
    return found


def joining(author: SubmissionAuthor) -> str:
    """Which author of which text. Useless once somebody has joined as that author."""
    return signing.dumps([author.submission_id, author.pk], salt=JOINING)


def joined_by(token: str) -> SubmissionAuthor:
    """The author that the link is for; raises Refused where it has ended, was used or is not ours."""
    submission, pk = _read(token, JOINING, JOINING_HOLDS)
    rows = SubmissionAuthor.objects.select_related("submission")
    found = rows.filter(pk=pk, submission=submission, submission__state__in=OPEN, user=None).first()
    if found is None:
        raise errors.LinkEnded
    return found


def _read(token: str, salt: str, seconds: int) -> Any:
    try:
        return signing.loads(token, salt=salt, max_age=seconds)
    except signing.SignatureExpired:
        raise errors.LinkEnded from None
    except signing.BadSignature:
        raise errors.BadLink from None


def _digest(address: str) -> str:
    return hashlib.sha256(address.lower().encode()).hexdigest()[:24]
