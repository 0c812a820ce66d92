"""What a work is called to those who mark it: its writer's name, or a name that tells nothing."""

from pathlib import PurePath
from typing import Any

from django.db.models import Q
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from learning.study.models import Submission, SubmissionFile

_SALT = "learning.study.marking.names"
# Without letters and digits that are taken for one another.
_LETTERS = "ABCDEFHKLMNPRSTUVY"
# The same as is_hidden, for rows of works.
HIDDEN = Q(run_assignment__is_marked_anonymously=True, mark=None)


def is_hidden(submission: Submission) -> bool:
    """Whether those who mark do not see whose work it is: until the first assessment is released."""
    return submission.run_assignment.is_marked_anonymously and submission.mark_id is None


def name_for(viewer: Any, submission: Submission) -> str:
    """The name to show; the same one for everybody, since those who know the writer would tell."""
    if not is_hidden(submission):
        return str(submission.enrolment.learner)
    return _("Work %(code)s") % {"code": code_of(submission)}


def code_of(submission: Submission) -> str:
    """Stable, and in no order: neither the place in the group nor the time of handing in shows in it."""
    number = int(salted_hmac(_SALT, str(submission.public_id)).hexdigest()[:12], 16)
    number, digits = divmod(number, 1000)
    number, first = divmod(number, len(_LETTERS))
    return f"{_LETTERS[first]}{_LETTERS[number % len(_LETTERS)]}{digits:03}"


def file_name(file: SubmissionFile, number: int, submission: Submission) -> str:
    """Names of files tend to have their writers' names in them."""
    if not is_hidden(submission):
        return file.name
    return _("File %(number)d") % {"number": number} + PurePath(file.name).suffix.lower()
