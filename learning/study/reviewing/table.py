"""The desk's table of who reviews whom: what needs somebody first."""

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from learning.courses.models import CourseRun
from learning.study.marking.names import name_for
from learning.study.models import Enrolment, PeerReview, ReviewAppeal, Submission
from learning.study.reviewing.exchange import DONE, GIVEN, RELEASED, Exchange
from learning.study.reviewing.rescuing import works_without

if TYPE_CHECKING:
    from accounts.models import User

APPEALED, LATE, WAITS, WRITTEN, HIDDEN, NOT_WAITED_FOR = range(6)


@dataclass(frozen=True)
class Row:
    """A review; `place` is one of the states above, in their order. `whose`: what the work is called to markers."""

    review: PeerReview
    place: int
    state: str
    whose: str

    @property
    def needs_somebody(self) -> bool:
        return self.place in {APPEALED, LATE}


@dataclass(frozen=True)
class Lacking:
    """A work with fewer reviews than it should have, which nobody is to write."""

    submission: Submission
    whose: str
    number: int
    # Some of those who were to review it have left or are late.
    left: int
    late: int


def rows_of(exchange: Exchange, viewer: "User") -> list[Row]:
    """All reviews of the assignment, those that need a teacher first; not those of the viewer's own studies.

    The order of rows would tell in which order the works came, which may be marked without names.
    """
    appealed = set(
        ReviewAppeal.objects.filter(
            review__submission__run_assignment=exchange.run_assignment, status=ReviewAppeal.Status.OPEN
        ).values_list("review_id", flat=True)
    )
    rows = [
        Row(review, *_state(review, exchange.now, review.pk in appealed), _whose(exchange, viewer, review.submission))
        for review in exchange.reviews
        if not is_own(viewer, review)
    ]
    far = exchange.now + datetime.timedelta(days=36_500)
    return sorted(rows, key=lambda row: (row.place, row.review.due or far, row.review.public_id))


def needing_in(run: CourseRun, viewer: "User") -> dict[int, tuple[int, int]]:
    """By assignment of the run: how many appeals are open, and how many reviews need a teacher in all; one query."""
    late = Q(status=GIVEN, due__lt=timezone.now())
    appealed = Q(appeal__status=ReviewAppeal.Status.OPEN)
    rows = PeerReview.objects.filter(late | appealed, submission__run_assignment__run=run)
    rows = rows.exclude(submission__enrolment__learner=viewer).exclude(reviewer__learner=viewer).order_by()
    numbers = {"appeals": Count("pk", filter=appealed), "number": Count("pk")}
    counted = rows.values_list("submission__run_assignment").annotate(**numbers)
    return {pk: (appeals, number) for pk, appeals, number in counted}


def is_own(viewer: "User", review: PeerReview) -> bool:
    """Whether the viewer, who teaches the run, is the writer of the review or of the work as a learner of the run."""
    people = (review.submission.enrolment, review.reviewer)
    return any(each is not None and each.learner_id == viewer.pk for each in people)


def _whose(exchange: Exchange, viewer: "User", submission: Submission) -> str:
    submission.run_assignment = exchange.run_assignment
    return name_for(viewer, submission)


def _state(review: PeerReview, now: datetime.datetime, is_appealed: bool) -> tuple[int, str]:
    if is_appealed:
        return APPEALED, _("An appeal waits for an answer")
    if review.hidden_at is not None:
        return HIDDEN, _("Out of sight")
    if review.status == DONE:
        return WRITTEN, _("Written, read") if review.read_at else _("Written")
    if review.status == RELEASED:
        has_left = review.reviewer is not None and not review.reviewer.is_studying
        return NOT_WAITED_FOR, _("The reviewer has left") if has_left else _("Not waited for")
    if review.due is not None and review.due < now:
        return LATE, _("Late")
    return WAITS, _("Being written") if review.opened_at else _("To be written")


def lacking_works(exchange: Exchange, viewer: "User") -> list[Lacking]:
    """Works that lack reviews once no more works are expected, those that lack the most first."""
    found = []
    lacks = works_without(exchange)
    for work, number in sorted(lacks.items(), key=lambda each: (-each[1], exchange.works[each[0]].public_id)):
        submission = exchange.works[work]
        if submission.enrolment.learner_id == viewer.pk:
            continue
        of_it = [review for review in exchange.reviews if review.submission_id == submission.pk]
        left = sum(
            row.reviewer is not None and not row.reviewer.is_studying and row.status == RELEASED for row in of_it
        )
        late = sum(row.status == GIVEN and exchange.is_overdue(row) for row in of_it)
        found.append(Lacking(submission, _whose(exchange, viewer, submission), number, left, late))
    return found


def waiting_for_works(exchange: Exchange) -> list[Enrolment]:
    """Learners from whom reviews are waited for that there is no work for."""
    return [work.enrolment for person, work in exchange.works.items() if exchange.owed(person) > 0]
