"""What learners do in a peer review: practise, write, thank, ask a teacher to look.

Locks are taken in one order: enrolment, run assignment, review. Works that come and people who leave take the second.
"""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from learning.study.models import (
    Enrolment,
    LetOff,
    PeerReview,
    ReviewAppeal,
    RunAssignment,
    SampleReview,
    Submission,
    SubmissionVersion,
)
from learning.study.models.enrolments import STUDYING
from learning.study.reviewing import errors, notifications
from learning.study.reviewing.arranging import give, left, lock, work_came, work_went
from learning.study.reviewing.exchange import DONE, GIVEN, RELEASED, Exchange, exchange_of
from learning.study.services.completing import complete_if_done

__all__ = ["left", "practise", "review", "reviews_left", "thank", "work_came", "work_went"]

Kept = Sequence[dict[str, Any]]


def reviews_left(enrolment: Enrolment, run_assignment: RunAssignment) -> int:
    """How many reviews are still waited for from the learner; 0 where there is no peer review."""
    if not run_assignment.has_peers:
        return 0
    written = PeerReview.objects.filter(reviewer=enrolment, status=DONE, submission__run_assignment=run_assignment)
    off = LetOff.objects.filter(enrolment=enrolment, run_assignment=run_assignment).values_list("reviews", flat=True)
    return max(run_assignment.reviews_each - written.count() - sum(off), 0)


def has_practised(enrolment: Enrolment, run_assignment: RunAssignment) -> bool:
    """Whether the works of others are open to the learner: the sample, where there is one, comes first."""
    rows = SampleReview.objects.filter(enrolment=enrolment, run_assignment=run_assignment)
    return not run_assignment.assignment.sample or rows.exists()


@transaction.atomic
def practise(*, enrolment: Enrolment, run_assignment: RunAssignment, criteria: Kept, words: str = "") -> SampleReview:
    """Keep the learner's review of the sample, after which it is compared with the teachers'. Once."""
    enrolment = _lock_studying(enrolment)
    if not run_assignment.has_peers or not run_assignment.assignment.sample:
        raise errors.NoSample
    found = SampleReview.objects.filter(enrolment=enrolment, run_assignment=run_assignment).first()
    if found is not None:
        raise errors.AlreadyPractised
    return SampleReview.objects.create(
        enrolment=enrolment, run_assignment=run_assignment, criteria=list(criteria), words=words
    )


@transaction.atomic
def open_work(*, review: PeerReview, enrolment: Enrolment) -> PeerReview:
    """The reviewer reads the work: from now on it is theirs to review."""
    review = _own(review, enrolment)
    if review.opened_at is None and review.status == GIVEN:
        review.opened_at = timezone.now()
        review.save(update_fields=["opened_at"])
    return review


@transaction.atomic
def review(
    *, review: PeerReview, enrolment: Enrolment, version: int, criteria: Kept, answers: Kept, words: str
) -> PeerReview:
    """Write the review of the version that was read, or write it anew while nobody has read it."""
    review = _own(review, enrolment)
    if review.read_at is not None:
        raise errors.AlreadyRead
    is_first = review.status == GIVEN
    review.version = version_of(review.submission, version)
    review.criteria, review.answers, review.words = list(criteria), list(answers), words
    review.status, review.done_at = DONE, review.done_at or timezone.now()
    review.opened_at = review.opened_at or review.done_at
    review.save()
    if is_first:
        _tell_reviewed(review)
        complete_if_done(enrolment=enrolment)
    return review


def version_of(submission: Submission, number: int) -> SubmissionVersion:
    """The version that was read."""
    found = submission.versions.filter(number=number).first()
    if found is None:
        raise errors.NoSuchVersion
    return found


def _tell_reviewed(review: PeerReview) -> None:
    run_assignment, reviewed = review.submission.run_assignment, review.submission.enrolment
    if reviewed.is_studying:
        is_open = not reviews_left(reviewed, run_assignment)
        notifications.tell(notifications.RECEIVED, run_assignment, reviewed, is_open=is_open, key=str(review.pk))


@transaction.atomic
def take_one_more(*, enrolment: Enrolment, run_assignment: RunAssignment) -> PeerReview:
    """Take on a review that nobody is to write, beyond one's own."""
    enrolment = _lock_studying(enrolment)
    exchange = exchange_of(lock(run_assignment.pk))
    work = next(iter(works_for(exchange, enrolment)), None)
    if work is None or not has_practised(enrolment, run_assignment):
        raise errors.NoneLacking
    return give(exchange, exchange.works[work], enrolment, is_extra=True)


def works_for(exchange: Exchange, enrolment: Enrolment) -> list[int]:
    """Works lacking a review that the learner could write beyond their own, those with the fewest first."""
    written = any(row.reviewer_id == enrolment.pk and row.status == DONE for row in exchange.reviews)
    waiting = any(row.reviewer_id == enrolment.pk and row.status == GIVEN for row in exchange.reviews)
    if exchange.is_open or waiting or enrolment.pk not in exchange.works or not (written or exchange.let_off):
        return []
    had = {row.submission.enrolment_id for row in exchange.reviews if row.reviewer_id == enrolment.pk}
    lacking = exchange.lacking()
    return sorted(
        lacking.keys() - had - {enrolment.pk}, key=lambda work: (-lacking[work], exchange.works[work].public_id)
    )


@transaction.atomic
def read(*, reviews: Sequence[PeerReview]) -> None:
    """The reviewed has the reviews before them: what they read is not changed any more."""
    for row in _locked(PeerReview.objects.filter(pk__in=[each.pk for each in reviews], read_at=None).order_by("pk")):
        row.read_at = timezone.now()
        row.save(update_fields=["read_at"])


@transaction.atomic
def thank(*, review: PeerReview, enrolment: Enrolment) -> PeerReview:
    """Thank the reviewer, who hears of it without a name; twice is once."""
    review = _received(review, enrolment)
    if review.thanked_at is None:
        review.thanked_at = timezone.now()
        review.save(update_fields=["thanked_at"])
        if review.reviewer is not None:
            run_assignment = review.submission.run_assignment
            notifications.tell(notifications.THANKED, run_assignment, review.reviewer, key=str(review.pk))
    return review


@transaction.atomic
def appeal(*, review: PeerReview, enrolment: Enrolment, text: str) -> ReviewAppeal:
    """Ask a teacher to look at the review, once."""
    review = _received(review, enrolment)
    if ReviewAppeal.objects.filter(review=review).exists():
        raise errors.AlreadyAppealed
    asked = ReviewAppeal.objects.create(review=review, text=text)
    notifications.tell_teachers(notifications.APPEALED, review.submission.run_assignment, key=str(asked.pk))
    return asked


def _lock_studying(enrolment: Enrolment) -> Enrolment:
    locked = Enrolment.objects.select_for_update(no_key=True, of=("self",)).select_related("run__course", "learner")
    enrolment = locked.get(pk=enrolment.pk)
    if enrolment.status not in STUDYING:
        raise errors.NotStudying
    return enrolment


def _locked(rows: Any) -> Any:
    of = rows.select_for_update(no_key=True, of=("self",))
    return of.select_related("submission__enrolment__learner", "submission__run_assignment__assignment", "reviewer")


def get_locked(review: PeerReview) -> PeerReview:
    """The review as it is now, locked after its assignment of the run."""
    run_assignment = lock(review.submission.run_assignment_id)
    found: PeerReview = _locked(PeerReview.objects.filter(pk=review.pk)).get()
    found.submission.run_assignment = run_assignment
    return found


def _own(review: PeerReview, enrolment: Enrolment) -> PeerReview:
    """The learner's own review to write, locked; raises where it cannot be written."""
    enrolment = _lock_studying(enrolment)
    review = get_locked(review)
    if review.reviewer_id != enrolment.pk:
        raise errors.NotYours
    if review.status == RELEASED:
        raise errors.NotWaitedFor
    if not has_practised(enrolment, review.submission.run_assignment):
        raise errors.SampleFirst
    return review


def _received(review: PeerReview, enrolment: Enrolment) -> PeerReview:
    """A review of the learner's own work that is open to them, locked."""
    enrolment = _lock_studying(enrolment)
    review = get_locked(review)
    if review.submission.enrolment_id != enrolment.pk:
        raise errors.NotYours
    if review.status != DONE:
        raise errors.NotWritten
    if review.hidden_at is not None:
        raise errors.OutOfSight
    if reviews_left(enrolment, review.submission.run_assignment):
        raise errors.OwnFirst
    return review
