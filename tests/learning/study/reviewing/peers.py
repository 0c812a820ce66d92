"""Learners who review each other's works, for tests: states are reached through services."""

import datetime
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from accounts.models import User
from learning.courses.models import CourseRun
from learning.study.models import Enrolment, PeerReview, RunAssignment, Submission
from learning.study.reviewing import services
from learning.study.reviewing.arranging import work_came
from learning.study.services.enrolling import withdraw
from tests.learning.study.factories import enrolled, make_run, make_teacher
from tests.learning.study.handing_in import assigned, handed_in

# No name that an id could hold by chance.
NAMES = ["aino", "bertta", "cecilia", "daniel", "eetu", "fanni", "gunnar", "helka"]


@dataclass
class Peers:
    run: CourseRun
    run_assignment: RunAssignment
    people: list[Enrolment]
    teacher: User
    works: dict[int, Submission] = field(default_factory=dict)

    def hand_in(self, *people: Enrolment) -> None:
        for person in people or self.people:
            work = handed_in(person, self.run_assignment, f"Työ, jossa on {len(self.works) + 1} esimerkkiä.")
            self.works[person.pk] = work
            work_came(work)

    def given(self, person: Enrolment) -> list[PeerReview]:
        rows = PeerReview.objects.filter(reviewer=person, status=PeerReview.Status.GIVEN)
        return list(rows.select_related("submission__run_assignment", "submission__enrolment").order_by("pk"))

    def received(self, person: Enrolment) -> list[PeerReview]:
        rows = PeerReview.objects.filter(submission__enrolment=person, status=PeerReview.Status.DONE)
        return list(rows.select_related("submission__run_assignment").order_by("pk"))

    def write(self, review: PeerReview, words: str = "Rakenne kantaa.") -> PeerReview:
        assert review.reviewer is not None
        said: list[dict[str, Any]] = []
        return services.review(
            review=review, enrolment=review.reviewer, version=1, criteria=said, answers=said, words=words
        )

    def write_all(self, *people: Enrolment) -> None:
        for person in people or self.people:
            for review in self.given(person):
                self.write(review)

    def leave(self, person: Enrolment) -> None:
        withdraw(enrolment=person, by=person.learner)

    def left(self, person: Enrolment) -> int:
        return services.reviews_left(person, self.run_assignment)


def peers(number: int = 4, **fields: Any) -> Peers:
    """A group that is yet to hand in; the work is due in a week, its reviews in two."""
    run = make_run()
    due = timezone.now() + datetime.timedelta(days=7)
    values = {"peers": RunAssignment.Peers.ANONYMOUS, "due": due, **fields}
    run_assignment = assigned(run, **values)
    people = [enrolled(run, NAMES[place % len(NAMES)]) for place in range(number)]
    return Peers(run, run_assignment, people, make_teacher(run))
