"""The learner's reviews as their page shows them: names only where the run shows them, and no order that tells."""

import uuid
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from learning.study.models import Enrolment, PeerReview, RunAssignment, Submission
from learning.study.reviewing.exchange import DONE, RELEASED, Exchange, exchange_of
from learning.study.reviewing.permissions import may_read_own
from learning.study.reviewing.services import has_practised, reviews_left, works_for


@dataclass(frozen=True)
class Shown:
    """A review with what it is called to the one who looks at it."""

    review: PeerReview
    title: str
    # Of the other: "" where names are not shown.
    name: str


@dataclass
class MyReviews:
    enrolment: Enrolment
    run_assignment: RunAssignment

    @cached_property
    def left(self) -> int:
        return reviews_left(self.enrolment, self.run_assignment)

    @cached_property
    def has_practised(self) -> bool:
        return has_practised(self.enrolment, self.run_assignment)

    @cached_property
    def own(self) -> Submission | None:
        """The learner's own work; None until it has been handed in."""
        works = Submission.objects.filter(enrolment=self.enrolment, run_assignment=self.run_assignment)
        return works.exclude(status=Submission.Status.TAKEN_BACK).first()

    @cached_property
    def to_write(self) -> list[Shown]:
        rows = PeerReview.objects.filter(reviewer=self.enrolment, submission__run_assignment=self.run_assignment)
        rows = rows.exclude(status=RELEASED).select_related("submission__enrolment__learner").order_by("public_id")
        is_named = not self.run_assignment.is_anonymous_among_peers
        return [
            Shown(
                row,
                _("Work %(number)d") % {"number": number},
                str(row.submission.enrolment.learner) if is_named else "",
            )
            for number, row in enumerate(rows, start=1)
        ]

    @cached_property
    def unwritten(self) -> int:
        return sum(each.review.status != DONE for each in self.to_write)

    @property
    def still_to_come(self) -> int:
        """Reviews waited for that there is no work for yet."""
        return max(self.left - self.unwritten, 0)

    @cached_property
    def is_open(self) -> bool:
        return may_read_own(self.enrolment, self.run_assignment)

    @cached_property
    def received_rows(self) -> list[PeerReview]:
        rows = PeerReview.objects.filter(
            submission__enrolment=self.enrolment, submission__run_assignment=self.run_assignment, status=DONE
        )
        return list(rows.select_related("appeal", "reviewer__learner", "version").order_by("public_id"))

    @cached_property
    def received(self) -> list[Shown]:
        """The reviews of the learner's own work; none before they are open."""
        return [self._received(row, number) for number, row in enumerate(self.received_rows, start=1) if self.is_open]

    def _received(self, row: PeerReview, number: int) -> Shown:
        is_named = not self.run_assignment.is_anonymous_among_peers and row.reviewer is not None
        name = str(row.reviewer.learner) if is_named and row.reviewer is not None else ""
        title = _("A teacher's review") if row.is_teachers else _("Review %(number)d") % {"number": number}
        return Shown(row, title, name)

    @cached_property
    def exchange(self) -> Exchange:
        return exchange_of(self.run_assignment)

    @cached_property
    def may_take_more(self) -> bool:
        """Whether there is a work that nobody is to review and that the learner could take on."""
        return not self.left and self.has_practised and bool(works_for(self.exchange, self.enrolment))

    def title_of(self, public_id: uuid.UUID) -> str:
        return next((each.title for each in self.to_write if each.review.public_id == public_id), _("Work"))
