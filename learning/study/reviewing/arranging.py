"""Giving works to reviewers as works come and people leave. The rows of a peer review change under one lock alone."""

import datetime
from typing import Any

from django.db import transaction
from django.utils.crypto import salted_hmac

from learning.study.models import Enrolment, PeerReview, RunAssignment, Submission
from learning.study.reviewing import notifications
from learning.study.reviewing.allotting import Pair, allot
from learning.study.reviewing.exchange import GIVEN, RELEASED, Exchange, exchange_of

_SALT = "learning.study.reviewing"


def lock(run_assignment_id: int) -> RunAssignment:
    """Lock the assignment of the run: after the run, the enrolment and the submission, and before reviews."""
    rows: Any = RunAssignment.objects.select_for_update(no_key=True, of=("self",))
    locked: RunAssignment = rows.select_related("run__course", "assignment").get(pk=run_assignment_id)
    return locked


@transaction.atomic
def arrange(run_assignment_id: int, now: datetime.datetime | None = None) -> Exchange:
    """Give what can be given now; what is written or opened stays. Doing it again changes nothing more."""
    run_assignment = lock(run_assignment_id)
    exchange = exchange_of(run_assignment, now)
    if not run_assignment.has_peers:
        return exchange
    if moved := exchange.moved():
        # One by one, for what is written in bulk does not say that it has changed (common.generation).
        for review in moved:
            review.save(update_fields=["due"])
        # Whom the works wait for hangs on the dates.
        exchange = exchange_of(run_assignment, now)
    for review in exchange.left_behind():
        release(review)
    wanted = allot(
        each=run_assignment.reviews_each,
        room=exchange.room,
        have=exchange.have,
        never=exchange.never,
        given=exchange.movable,
        is_open=exchange.is_open,
        rank=lambda person: rank_of(run_assignment, exchange.works[person]),
    )
    _write(exchange, wanted)
    return exchange


def rank_of(run_assignment: RunAssignment, submission: Submission) -> str:
    """An order that tells neither names nor times: keyed, and of a random id."""
    return salted_hmac(_SALT, f"{run_assignment.pk}:{submission.public_id}").hexdigest()


def _write(exchange: Exchange, wanted: set[Pair]) -> None:
    gone = [pair for pair in exchange.movable if pair not in wanted]
    more: dict[int, int] = {}
    for pair in gone:
        review = exchange.movable.pop(pair)
        release(review)
        more[pair.reviewer] = more.get(pair.reviewer, 0) - 1
    for pair in sorted(wanted - exchange.movable.keys()):
        exchange.movable[pair] = give(exchange, exchange.works[pair.work], exchange.works[pair.reviewer].enrolment)
        more[pair.reviewer] = more.get(pair.reviewer, 0) + 1
    for person, number in more.items():
        # Who has another work in place of one that they had not opened is told nothing.
        if number > 0:
            enrolment = exchange.works[person].enrolment
            notifications.tell_of_work(exchange.run_assignment, enrolment, exchange.due_for(enrolment))


def release(review: PeerReview) -> None:
    """Nobody waits for the review any more."""
    review.status = RELEASED
    review.save(update_fields=["status"])


def give(exchange: Exchange, submission: Submission, reviewer: Enrolment, *, is_extra: bool = False) -> PeerReview:
    """The review to be written: a new row, or the one that was not waited for."""
    review = PeerReview.objects.filter(submission=submission, reviewer=reviewer).first()
    review = review or PeerReview(submission=submission, reviewer=reviewer)
    review.status, review.given_at, review.opened_at = GIVEN, exchange.now, None
    review.due, review.is_extra = exchange.due_for(reviewer), is_extra
    review.save()
    return review


def work_came(submission: Submission) -> None:
    """A work was handed in, in this transaction. A new version keeps its reviewers."""
    if submission.run_assignment.has_peers:
        arrange(submission.run_assignment_id)


def work_went(submission: Submission) -> None:
    """A work was taken back, in this transaction: nobody need review it, and its writer need review nobody's."""
    if submission.run_assignment.has_peers:
        arrange(submission.run_assignment_id)


def left(enrolment: Enrolment) -> None:
    """The learner gave up the place, in this transaction. What they wrote stays; the rest goes to others."""
    rows = RunAssignment.objects.filter(run=enrolment.run_id).exclude(peers=RunAssignment.Peers.NONE)
    for pk in rows.order_by("pk").values_list("pk", flat=True):
        arrange(pk)
