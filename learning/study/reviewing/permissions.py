"""Who sees what of a peer review. Teachers of the run see everything, with names."""

from typing import TYPE_CHECKING, Any

from learning.study.models import Enrolment, PeerReview, SubmissionVersion
from learning.study.models.enrolments import STUDYING
from learning.study.reviewing.exchange import RELEASED
from learning.study.reviewing.services import has_practised, reviews_left

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser, AnonymousUser

    Person = AbstractBaseUser | AnonymousUser


def reviews_version(user: Any, version: SubmissionVersion) -> bool:
    """Whether the person has the work to review, or has reviewed it: its files open to them too."""
    mine = PeerReview.objects.filter(
        submission=version.submission_id, reviewer__learner_id=user.pk, reviewer__status__in=STUDYING
    )
    review = mine.exclude(status=RELEASED).select_related("reviewer").first()
    if review is None or review.reviewer is None or not user.is_active:
        return False
    return has_practised(review.reviewer, version.submission.run_assignment)


def may_read_own(enrolment: Enrolment, run_assignment: Any) -> bool:
    """Whether the reviews of the learner's own work are open to them: when they have written theirs."""
    return not reviews_left(enrolment, run_assignment)


def register() -> None:
    from learning.study.assignments.permissions import READERS

    if reviews_version not in READERS:
        READERS.append(reviews_version)
