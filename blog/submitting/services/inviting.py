"""Joint authors: a letter with a link, by which an author of the byline becomes somebody with an account."""

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import User
from blog.models import Submission, SubmissionAuthor
from blog.models.submissions import Turn
from blog.submitting import addresses, errors, links
from blog.submitting.details import consent
from blog.submitting.moving import begin, lock, write_step
from blog.submitting.services.sending import address_of
from blog.submitting.states import Act
from blog.submitting.versions import latest_of
from common import languages
from notifications.kinds import Notice
from notifications.letters import write_to_address


@transaction.atomic
def invite(*, submission: Submission, by: User, author_id: int, email: str) -> SubmissionAuthor:
    """Send the link to an author of the text who has no account with it yet; returns the author.

    Who opens the link and signs in reads the text, works on it as a writer does, and consents to publishing.
    """
    address = address_of(email)
    submission = begin(submission, Act.CHANGE_DETAILS, by)
    author = submission.authors.filter(pk=author_id, user=None).first()
    if author is None:
        raise errors.JoinedAlready
    language = languages.current()
    with translation.override(language):
        told = {"title": latest_of(submission).title, "role": author.title, "name": str(by)}
        notice = Notice(
            _("Write with us: %(title)s") % told,
            [
                _("%(name)s has sent the text “%(title)s” to the blog and tells that you wrote it together.") % told,
                _("Open the link, sign in or make an account, and you see the text, its way to the blog and comments."),
                _("The text is not published without your consent once you have joined. The link holds for two weeks."),
            ],
            _("To the text"),
            addresses.joining(links.joining(author)),
        )
        why = _("You get this because a writer gave your address for a text that you wrote together.")
        write_to_address(address, language, notice, why)
    return author


@transaction.atomic
def join(*, token: str, user: User, consents: bool) -> Submission:
    """The person becomes the author, who from now on reads and works on the text as a writer does."""
    submission = lock(links.joined_by(token).submission)
    # Two who open it at the same moment: the second waited at the lock.
    author = links.joined_by(token)
    if not consents:
        raise errors.NoConsent
    if submission.authors.filter(user=user).exists():
        raise errors.JoinedAlready
    if submission.editor_id == user.pk:
        raise errors.EditsThis
    author.user = user
    author.save(update_fields=["user"])
    consent(submission, user)
    write_step(submission, Act.CONSENT, by=user, side=Turn.WRITER)
    return submission
