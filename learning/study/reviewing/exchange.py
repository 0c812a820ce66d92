"""What holds in the peer review of an assignment now: who has handed in, who has what to write, what each work has."""

import datetime
from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import Q
from django.utils import timezone

from learning.study.due import due_of_assignment, reviews_due_of
from learning.study.models import Enrolment, LetOff, PeerReview, RunAssignment, Submission
from learning.study.models.enrolments import STUDYING, Status
from learning.study.querysets import passed_elsewhere
from learning.study.reviewing.allotting import Pair

# After the due date of a review: so long its writer is waited for before the work goes to somebody else.
GRACE = datetime.timedelta(days=3)
# Whoever gets a work late has at least so long.
LEAST_TIME = datetime.timedelta(days=3)
# Where nothing is ever due: so long after the newest work the next one is waited for.
WAITED_FOR = datetime.timedelta(days=7)

GIVEN, DONE, RELEASED = PeerReview.Status.GIVEN, PeerReview.Status.DONE, PeerReview.Status.RELEASED


@dataclass
class Exchange:
    """How reviews go round in one assignment of a run. Enrolments are by their ids; a work is known by its writer's."""

    run_assignment: RunAssignment
    now: datetime.datetime
    # Works that are there to be reviewed, of people who are there.
    works: dict[int, Submission]
    reviews: list[PeerReview]
    let_off: dict[int, int]
    # Who is there and has not handed in.
    absent: list[Enrolment]
    # By pair, those that nobody has opened and that may still move.
    movable: dict[Pair, PeerReview] = field(default_factory=dict)
    never: set[Pair] = field(default_factory=set)
    room: dict[int, int] = field(default_factory=dict)
    have: dict[int, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for enrolment in [*self.absent, *(work.enrolment for work in self.works.values())]:
            enrolment.run = self.run_assignment.run
        each = self.run_assignment.reviews_each
        self.room = {person: each - self.let_off.get(person, 0) for person in self.works}
        self.have = dict.fromkeys(self.works, 0)
        for review in self.reviews:
            self._count(review)
        self.room = {person: max(number, 0) for person, number in self.room.items()}

    def _count(self, review: PeerReview) -> None:
        work, writer = review.submission.enrolment_id, review.reviewer_id
        if writer is None:
            self._have(work, review.hidden_at is None)
        elif review.status == DONE:
            self.never.add(Pair(writer, work))
            self._take(writer)
            self._have(work, review.hidden_at is None)
        elif review.status == GIVEN and work in self.works and writer in self.works:
            if review.opened_at is None and not review.is_extra and not self.is_overdue(review):
                self.movable[Pair(writer, work)] = review
                return
            self.never.add(Pair(writer, work))
            self._have(work, not self.is_overdue(review))
            if not review.is_extra:
                self._take(writer)

    def _have(self, work: int, counts: bool) -> None:
        if counts and work in self.have:
            self.have[work] += 1

    def _take(self, writer: int) -> None:
        if writer in self.room:
            self.room[writer] -= 1

    def is_overdue(self, review: PeerReview) -> bool:
        """Whether the work waits for this writer no longer, though the review may still be written."""
        return review.due is not None and review.due + GRACE < self.now

    @cached_property
    def is_open(self) -> bool:
        """Whether more works are expected in time."""
        if not self.absent:
            return False
        # Who has more time than others is reviewed by those who have time then: the group does not wait for one.
        due = due_of_assignment(self.run_assignment)
        if due is not None:
            return due > self.now
        newest = max((work.handed_in_at for work in self.works.values()), default=self.now)
        return self.now < newest + WAITED_FOR

    def left_behind(self) -> list[PeerReview]:
        """Reviews that were to be written by somebody who is there no more, or of a work that is not."""
        given = [review for review in self.reviews if review.status == GIVEN]
        return [row for row in given if not {row.reviewer_id, row.submission.enrolment_id} <= self.works.keys()]

    def to_be_written(self) -> list[PeerReview]:
        """Reviews that somebody who is there has been given: those read and those given since."""
        rows = {row.pk: row for row in [*self.reviews, *self.movable.values()] if row.status == GIVEN}
        return list(rows.values())

    def lacking(self) -> dict[int, int]:
        """How many reviews each work lacks that nobody is to write."""
        counts = dict(self.have)
        for pair in self.movable:
            counts[pair.work] += 1
        each = self.run_assignment.reviews_each
        return {work: each - number for work, number in counts.items() if number < each}

    def owed(self, person: int) -> int:
        """How many reviews are waited for from the person that they have not been given."""
        return self.room.get(person, 0) - sum(pair.reviewer == person for pair in self.movable)

    def due_for(self, enrolment: Enrolment, given_at: datetime.datetime | None = None) -> datetime.datetime | None:
        """When a review that the learner was given at that moment, or is given now, has to be written."""
        due = reviews_due_of(self.run_assignment, enrolment)
        return max(due, (given_at or self.now) + LEAST_TIME) if due else None

    def moved(self) -> list[PeerReview]:
        """Reviews to be written whose due date is another now: the dates of the run or the learner's days changed."""
        found = []
        for review in self.reviews:
            if review.status == GIVEN and review.reviewer is not None:
                due = self.due_for(review.reviewer, review.given_at)
                if due != review.due:
                    review.due = due
                    found.append(review)
        return found

    @cached_property
    def may_still_come(self) -> bool:
        """Whether somebody who is there can still hand in a work."""
        if self.run_assignment.late != RunAssignment.Late.REFUSED:
            return bool(self.absent)
        dues = (due_of_assignment(self.run_assignment, each) for each in self.absent)
        return any(due is None or due > self.now for due in dues)

    def is_over_for(self, enrolment: Enrolment) -> bool:
        """Whether nothing more is waited for that the person could review."""
        if self.is_open:
            return False
        due = reviews_due_of(self.run_assignment, enrolment)
        return not self.may_still_come or due is None or due + GRACE < self.now


def exchange_of(run_assignment: RunAssignment, now: datetime.datetime | None = None) -> Exchange:
    """Read it: four queries, however many people there are.

    Who did the course elsewhere is there no more than who left: nothing is waited for from them, and what they were to
    review goes to others, who are spared the work of theirs.
    """
    works = Submission.objects.filter(run_assignment=run_assignment, enrolment__status__in=STUDYING)
    # Who has completed the run has a grade of the run itself, and their work is still read.
    works = works.exclude(Q(passed_elsewhere("enrolment")), enrolment__status=Status.ACTIVE)
    works = works.exclude(status=Submission.Status.TAKEN_BACK).select_related("enrolment__learner")
    reviews = PeerReview.objects.filter(submission__run_assignment=run_assignment)
    there = {work.enrolment_id: work for work in works.order_by("pk")}
    active = Enrolment.objects.filter(~Q(passed_elsewhere()), run=run_assignment.run_id, status=Status.ACTIVE)
    return Exchange(
        run_assignment=run_assignment,
        now=now or timezone.now(),
        works=there,
        reviews=list(reviews.select_related("submission__enrolment__learner", "reviewer__learner", "teacher")),
        let_off=dict(LetOff.objects.filter(run_assignment=run_assignment).values_list("enrolment_id", "reviews")),
        absent=list(active.exclude(pk__in=there)),
    )
