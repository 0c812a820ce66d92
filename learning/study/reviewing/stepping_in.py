"""What teachers do in a peer review: remind, let off, give to another, write in a missing one's place, hide, answer."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from learning.study import permissions
from learning.study.errors import NotTheTeacher, OwnStudies
from learning.study.models import Enrolment, LetOff, PeerReview, ReviewAppeal, RunAssignment, Submission
from learning.study.models.enrolments import STUDYING
from learning.study.people import key_of_learner
from learning.study.reviewing import errors, notifications
from learning.study.reviewing.arranging import arrange, give, lock, release
from learning.study.reviewing.exchange import DONE, GIVEN, exchange_of
from learning.study.reviewing.services import get_locked, reviews_left, version_of
from learning.study.services.completing import complete_if_done

if TYPE_CHECKING:
    from accounts.models import User

Kept = Sequence[dict[str, Any]]


def remind(*, review: PeerReview, by: "User") -> bool:
    """Remind the writer of the review, once a day; False where that was done today already."""
    run_assignment = review.submission.run_assignment
    if not permissions.may_teach(by, run_assignment.run):
        raise NotTheTeacher
    if review.status != GIVEN or review.reviewer is None:
        raise errors.NotWaitedFor
    key = f"{run_assignment.pk}:{timezone.localdate()}"
    return notifications.tell(notifications.REMINDED, run_assignment, review.reviewer, key=key)


@transaction.atomic
def let_off(*, enrolment: Enrolment, run_assignment: RunAssignment, by: "User", reason: str = "") -> LetOff:
    """Wait for no more reviews from the learner; what they had to write goes to others."""
    _refuse_others(by, run_assignment, enrolment)
    enrolment = Enrolment.objects.select_for_update(no_key=True).get(pk=enrolment.pk)
    run_assignment = lock(run_assignment.pk)
    number = reviews_left(enrolment, run_assignment)
    given = PeerReview.objects.filter(reviewer=enrolment, status=GIVEN, submission__run_assignment=run_assignment)
    if not number and not given:
        raise errors.NothingToLetOff
    for review in given:
        release(review)
    row = lower(enrolment, run_assignment, number, by=by, reason=reason)
    arrange(run_assignment.pk)
    complete_if_done(enrolment=enrolment)
    return row


def lower(
    enrolment: Enrolment, run_assignment: RunAssignment, number: int, *, by: "User | None" = None, reason: str = ""
) -> LetOff:
    """Wait for so many fewer reviews and tell the learner. The assignment of the run is locked by the caller."""
    row, _made = LetOff.objects.get_or_create(
        enrolment=enrolment, run_assignment=run_assignment, defaults={"reviews": 0, "by": by, "reason": reason}
    )
    row.reviews += number
    if by is not None or row.by_id is None:
        # What a teacher decided stays told, though the service lowers further.
        row.by, row.reason, row.at = by, reason, timezone.now()
    row.save()
    if number:
        notifications.tell(notifications.LET_OFF, run_assignment, enrolment, number=number, reason=reason)
    return row


@transaction.atomic
def give_to(*, submission: Submission, enrolment: Enrolment, by: "User") -> PeerReview:
    """Ask another learner for a review of the work, beyond their own. Nobody waits for it before the course is done."""
    run_assignment = lock(submission.run_assignment_id)
    _refuse_others(by, run_assignment, submission.enrolment)
    exchange = exchange_of(run_assignment)
    if enrolment.pk not in {person.pk for person in able_to_take(exchange, submission)}:
        raise errors.CannotReview
    review = give(
        exchange, exchange.works[submission.enrolment_id], exchange.works[enrolment.pk].enrolment, is_extra=True
    )
    notifications.tell_of_work(run_assignment, exchange.works[enrolment.pk].enrolment, review.due)
    return review


def able_to_take(exchange: Any, submission: Submission) -> list[Enrolment]:
    """Learners who could review the work: they have handed in, it is not theirs, and they have not had it."""
    if submission.enrolment_id not in exchange.works:
        return []
    had = {
        row.reviewer_id
        for row in exchange.reviews
        if row.submission_id == submission.pk and row.status in {GIVEN, DONE}
    }
    people = [work.enrolment for work in exchange.works.values()]
    able = [person for person in people if person.pk not in had and person.pk != submission.enrolment_id]
    return sorted(able, key=key_of_learner)


@transaction.atomic
def write_in_place(
    *, submission: Submission, teacher: "User", version: int, criteria: Kept, answers: Kept, words: str
) -> PeerReview:
    """A teacher reviews the work in the place of somebody who did not: once each."""
    run_assignment = lock(submission.run_assignment_id)
    _refuse_others(teacher, run_assignment, submission.enrolment)
    found = PeerReview.objects.filter(submission=submission, teacher=teacher, is_teachers=True).first()
    if found is not None:
        return found
    now = timezone.now()
    review = PeerReview.objects.create(
        submission=submission,
        version=version_of(submission, version),
        teacher=teacher,
        is_teachers=True,
        status=DONE,
        opened_at=now,
        done_at=now,
        criteria=list(criteria),
        answers=list(answers),
        words=words,
    )
    reviewed = submission.enrolment
    if reviewed.status in STUDYING:
        is_open = not reviews_left(reviewed, run_assignment)
        notifications.tell(notifications.RECEIVED, run_assignment, reviewed, is_open=is_open, key=str(review.pk))
    arrange(run_assignment.pk)
    return review


@transaction.atomic
def hide(*, review: PeerReview, by: "User", reason: str) -> PeerReview:
    """Take a written review out of sight; the reason is told to both. It stays one of its writer's reviews."""
    review = _to_judge(review, by)
    if review.status != DONE:
        raise errors.NotWritten
    if not reason.strip():
        raise errors.ReasonMissing
    if review.hidden_at is not None:
        return review
    _put_out_of_sight(review, reason.strip())
    run_assignment = review.submission.run_assignment
    for enrolment, is_writer in ((review.submission.enrolment, False), (review.reviewer, True)):
        if enrolment is not None:
            kind = notifications.HIDDEN
            notifications.tell(kind, run_assignment, enrolment, reason=reason.strip(), is_writer=is_writer)
    return review


@transaction.atomic
def answer_appeal(*, review: PeerReview, by: "User", is_upheld: bool, answer: str) -> ReviewAppeal:
    """Say whether the review stays or goes out of sight; both are told."""
    review = _to_judge(review, by)
    asked = ReviewAppeal.objects.filter(review=review).first()
    if asked is None or asked.status != ReviewAppeal.Status.OPEN:
        raise errors.AlreadyAnswered
    asked.status = ReviewAppeal.Status.UPHELD if is_upheld else ReviewAppeal.Status.DISMISSED
    asked.answer, asked.answered_by, asked.answered_at = answer.strip(), by, timezone.now()
    asked.save()
    if is_upheld and review.hidden_at is None:
        _put_out_of_sight(review, answer.strip()[:500])
    notifications.tell_of_answer(review, is_upheld=is_upheld, answer=answer.strip())
    return asked


def _put_out_of_sight(review: PeerReview, reason: str) -> None:
    review.hidden_at, review.hidden_reason = timezone.now(), reason
    review.save(update_fields=["hidden_at", "hidden_reason"])
    # The work lacks a review again.
    arrange(review.submission.run_assignment_id)


def _to_judge(review: PeerReview, by: "User") -> PeerReview:
    review = get_locked(review)
    _refuse_others(by, review.submission.run_assignment, review.submission.enrolment, review.reviewer)
    return review


def _refuse_others(by: "User", run_assignment: RunAssignment, *people: Enrolment | None) -> None:
    """`people`: whose reviews or works it is about; nobody decides of their own."""
    if not permissions.may_mark(by, run_assignment.run):
        raise NotTheTeacher
    if any(person is not None and person.learner_id == by.pk for person in people):
        raise OwnStudies
