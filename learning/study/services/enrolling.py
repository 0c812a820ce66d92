"""What a learner does about a place on a run."""

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from learning.courses.models import CourseRun
from learning.study import errors, notifications, permissions
from learning.study.models import Enrolment
from learning.study.models.enrolments import HOLDING_A_SEAT, OPEN, Status
from learning.study.reviewing.arranging import left
from learning.study.services.moves import lock_enrolment, lock_run, move
from learning.study.services.seats import free_seats, offer_freed_seats

if TYPE_CHECKING:
    from accounts.models import User


@transaction.atomic
def enrol(*, learner: "User", run: CourseRun, code: str = "") -> Enrolment:
    """Give the learner a seat, a place on the waiting list or an application, as the run has it; return the row.

    Enrolling twice returns the place that is held already. Raises Refused with the sentence to show.
    """
    # Two people asking for the last seat must take turns.
    run = lock_run(run)
    enrolment = lock_enrolment(run=run, learner_id=learner.pk)
    if enrolment is not None and enrolment.status in OPEN:
        return enrolment
    refusal = permissions.why_not_enrol(learner, run, enrolment)
    if refusal is not None:
        raise refusal
    is_back = permissions.was_enrolled(enrolment)
    if run.admission == CourseRun.Admission.CODE and not is_back and not permissions.opens_with(run, code):
        raise errors.WrongCode
    enrolment = enrolment or Enrolment(learner=learner, run=run)
    if run.admission == CourseRun.Admission.APPROVAL and not is_back:
        return move(enrolment, Status.APPLIED, by=learner)
    return take_or_queue(enrolment, by=learner)


def take_or_queue(enrolment: Enrolment, *, by: "User | None") -> Enrolment:
    """Give a free seat, or a place at the end of the waiting list. The run is locked by the caller."""
    # Seats may have been added since: those who have waited come first.
    offer_freed_seats(run=enrolment.run)
    if free_seats(enrolment.run) is not None and not free_seats(enrolment.run):
        enrolment.queued_at = timezone.now()
        move(enrolment, Status.WAITING, by=by)
        notifications.tell(enrolment, notifications.QUEUED, place=enrolment.place_in_queue())
    else:
        move(enrolment, Status.ACTIVE, by=by)
        notifications.tell(enrolment, notifications.ENROLLED)
    return enrolment


@transaction.atomic
def withdraw(*, enrolment: Enrolment, by: "User") -> Enrolment:
    """Give up the place, whichever it is; everything done stays. Doing it twice changes nothing more."""
    run = lock_run(enrolment.run)
    enrolment = lock_enrolment(run=run, learner_id=enrolment.learner_id) or enrolment
    if enrolment.status == Status.WITHDRAWN:
        return enrolment
    if enrolment.status == Status.COMPLETED:
        raise errors.AlreadyCompleted
    if enrolment.status not in OPEN:
        raise errors.NothingToWithdraw
    frees_a_seat = enrolment.status in HOLDING_A_SEAT
    move(enrolment, Status.WITHDRAWN, by=by)
    # Reviews that the learner had to write go to others.
    left(enrolment)
    if frees_a_seat:
        offer_freed_seats(run=run)
    return enrolment


@transaction.atomic
def answer_offer(*, enrolment: Enrolment, accept: bool, by: "User") -> Enrolment:
    """Take the offered seat, or leave it to the next person. The same answer again changes nothing more."""
    run = lock_run(enrolment.run)
    enrolment = lock_enrolment(run=run, learner_id=enrolment.learner_id) or enrolment
    if enrolment.status == (Status.ACTIVE if accept else Status.LAPSED):
        return enrolment
    if enrolment.status == Status.LAPSED:
        raise errors.OfferEnded
    if enrolment.status != Status.OFFERED or enrolment.offer_ends is None:
        raise errors.NoOffer
    if not accept:
        move(enrolment, Status.LAPSED, by=by)
        offer_freed_seats(run=run)
        return enrolment
    # The worker may not have come by yet.
    if enrolment.offer_ends <= timezone.now():
        raise errors.OfferEnded
    if run.state == "past":
        raise errors.RunEnded
    move(enrolment, Status.ACTIVE, by=by)
    notifications.tell(enrolment, notifications.ENROLLED)
    return enrolment
