"""Who sees a work and its files: its writer, the teachers of the run, and whoever was asked to review it."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from learning.study import permissions
from learning.study.models import Submission, SubmissionFile, SubmissionVersion
from learning.study.models.assignments import SubmissionStatus

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser, AnonymousUser

    Person = AbstractBaseUser | AnonymousUser

# Others who may read a version: each answers for itself. Reviewing adds its own when it is ready.
READERS: list[Callable[[Any, SubmissionVersion], bool]] = []


def is_own(user: "Person", submission: Submission) -> bool:
    """Also of those who have withdrawn: what they handed in stays theirs to read."""
    person: Any = user
    return bool(person.is_active) and submission.enrolment.learner_id == person.pk


def may_read(user: "Person", submission: Submission) -> bool:
    """Its writer, and the teachers of its run unless it was taken back."""
    if not user.is_authenticated:
        return False
    if is_own(user, submission):
        return True
    is_taken_back = submission.status == SubmissionStatus.TAKEN_BACK
    return not is_taken_back and permissions.may_teach(user, submission.run_assignment.run)


def may_open_file(user: "Person", file: SubmissionFile) -> bool:
    if not user.is_authenticated:
        return False
    version = file.version
    return may_read(user, version.submission) or any(reads(user, version) for reads in READERS)
