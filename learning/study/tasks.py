"""What learners hand in and write on a run besides quizzes: each assignment and its reviews, as they stand for one."""

import datetime
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from common.kept import kept
from drafts.models import Draft
from learning.study.assignments.unsent import FORM
from learning.study.due import due_of_assignment, later_for, reviews_due_of
from learning.study.models import Enrolment, JournalEntry, LetOff, PeerReview, RunAssignment, Submission
from learning.study.models.assignments import SubmissionStatus

# How far the learner has come with an assignment.
NONE, DRAFT, HANDED_IN, AGAIN, ACCEPTED, REJECTED = "none", "draft", "handed_in", "again", "accepted", "rejected"
OF_STATUS: dict[str, str] = {
    SubmissionStatus.AGAIN: AGAIN,
    SubmissionStatus.ACCEPTED: ACCEPTED,
    SubmissionStatus.REJECTED: REJECTED,
    SubmissionStatus.TAKEN_BACK: NONE,
}
STATES = {ACCEPTED: "done", NONE: "no"}
TO_WRITE = {NONE, DRAFT, AGAIN}


@dataclass(frozen=True)
class _OfAssignment:
    """What an assignment and its reviews are called alike."""

    run_assignment: RunAssignment
    due: datetime.datetime | None

    @property
    def pk(self) -> int:
        return self.run_assignment.pk

    @property
    def title(self) -> str:
        return self.run_assignment.assignment.title

    @property
    def language(self) -> str:
        return self.run_assignment.assignment.language

    @property
    def code(self) -> str:
        return self.run_assignment.assignment.code

    @property
    def is_required(self) -> bool:
        return self.run_assignment.is_required


@dataclass(frozen=True)
class AssignmentRow(_OfAssignment):
    """An assignment. `due` is the one that holds now: of completing where the work is to be completed."""

    progress: str = NONE
    grade: int | None = None

    kind: ClassVar[str] = "assignment"

    @property
    def is_done(self) -> bool:
        return self.progress == ACCEPTED

    @property
    def is_awaited(self) -> bool:
        """Whether its due date concerns the learner: one that is not required has to have a date of its own."""
        if self.due is None or self.progress not in TO_WRITE:
            return False
        return self.is_required or self.progress == AGAIN or bool(self.run_assignment.due)

    @property
    def takes_late(self) -> bool:
        """What a teacher asked to complete is taken after its day too, and marked as late."""
        return self.progress == AGAIN or self.run_assignment.late == RunAssignment.Late.MARKED

    def is_open_at(self, moment: datetime.datetime) -> bool:
        """Whether there is something to write of it now."""
        opens = self.run_assignment.opens
        in_time = self.due is None or moment < self.due or self.takes_late
        return self.progress in TO_WRITE and (opens is None or opens <= moment) and in_time

    @property
    def state(self) -> str:
        """As lessons and quizzes have it, for the mark beside the title."""
        return STATES.get(self.progress, "started")


@dataclass(frozen=True)
class ReviewsRow(_OfAssignment):
    """The reviews of an assignment that the learner writes. They are given out once the own work is handed in."""

    # Still to be written, and of these the ones that are there to be written now.
    left: int
    ready: int = 0
    is_given: bool = False

    kind: ClassVar[str] = "reviews"

    @property
    def is_done(self) -> bool:
        return self.left == 0

    @property
    def is_awaited(self) -> bool:
        return self.ready > 0 and self.due is not None

    def is_open_at(self, moment: datetime.datetime) -> bool:
        return self.ready > 0

    @property
    def state(self) -> str:
        return "done" if self.is_done else "started" if self.left < self.run_assignment.reviews_each else "no"


# By (enrolment, assignment of the run): status, day of completing, grade.
Submissions = dict[tuple[int, int], tuple[str, datetime.datetime | None, int | None]]


@dataclass(frozen=True)
class Works:
    """What is known of the works of some learners, by (enrolment, assignment of the run)."""

    submissions: Submissions
    drafts: frozenset[tuple[int, int]]
    reviews: dict[tuple[int, int], Counter[str]]
    let_off: dict[tuple[int, int], int]


NOTHING = Works({}, frozenset(), {}, {})


@kept
def assignments_of(run_id: int) -> tuple[RunAssignment, ...]:
    """The assignments of the run in order."""
    rows = RunAssignment.objects.select_related("assignment", "run").filter(run_id=run_id)
    return tuple(rows.order_by("sort_order", "pk"))


def works_of(enrolments: Sequence[Enrolment]) -> Works:
    """One query; more where something is not handed in yet, where peers review, and where reviews were let off."""
    assigned = [row for run in {each.run_id for each in enrolments} for row in assignments_of(run)]
    if not assigned:
        return NOTHING
    ids = [each.pk for each in enrolments]
    with_peers = {row.pk for row in assigned if row.has_peers}
    submissions = _submissions(ids)
    reviews = _reviews(ids) if with_peers & {row for _enrolment, row in submissions} else {}
    # Whoever has as many as they should needs no letting off.
    short = any(
        sum(reviews.get((enrolment, row.pk), Counter()).values()) < row.reviews_each
        for enrolment, _row in submissions
        for row in assigned
        if row.has_peers and row.pk == _row
    )
    return Works(submissions, _drafts(enrolments, assigned, submissions), reviews, _let_off(ids) if short else {})


def _submissions(ids: list[int]) -> Submissions:
    rows = Submission.objects.filter(enrolment__in=ids).order_by()
    names = ("enrolment_id", "run_assignment_id", "status", "again_due", "mark__grade")
    return {(enrolment, row): tuple(told) for enrolment, row, *told in rows.values_list(*names)}


def _drafts(
    enrolments: Sequence[Enrolment], assigned: Iterable[RunAssignment], submissions: Submissions
) -> frozenset[tuple[int, int]]:
    """Where something is being written: a draft, or the entries of a journal. Only what has not come is looked for."""
    awaited = [
        (each, row)
        for each in enrolments
        for row in assigned
        if row.run_id == each.run_id and _progress(submissions.get((each.pk, row.pk), ("",))[0]) == NONE
    ]
    journals = {each.pk for each, row in awaited if row.assignment.is_journal}
    essays = {
        (each.learner_id, str(row.pk)): (each.pk, row.pk) for each, row in awaited if not row.assignment.is_journal
    }
    found: set[tuple[int, int]] = set()
    if essays:
        people, rows = {person for person, _row in essays}, {row for _person, row in essays}
        drafts = Draft.objects.filter(owner__in=people, form=FORM, status=Draft.Status.OPEN, object__in=rows)
        found.update(essays[key] for key in drafts.order_by().values_list("owner_id", "object") if key in essays)
    if journals:
        entries = JournalEntry.objects.filter(enrolment__in=journals, deleted_at=None).order_by()
        found.update(entries.values_list("enrolment_id", "run_assignment_id").distinct())
    return frozenset(found)


def _reviews(ids: list[int]) -> dict[tuple[int, int], Counter[str]]:
    found: defaultdict[tuple[int, int], Counter[str]] = defaultdict(Counter)
    rows = PeerReview.objects.filter(reviewer__in=ids).exclude(status=PeerReview.Status.RELEASED).order_by()
    for reviewer, row, status in rows.values_list("reviewer_id", "submission__run_assignment_id", "status"):
        found[reviewer or 0, row][status] += 1
    return dict(found)


def _let_off(ids: list[int]) -> dict[tuple[int, int], int]:
    rows = LetOff.objects.filter(enrolment__in=ids).values_list("enrolment_id", "run_assignment_id", "reviews")
    return {(enrolment, row): reviews for enrolment, row, reviews in rows}


def _progress(status: str) -> str:
    return OF_STATUS.get(status, HANDED_IN) if status else NONE


def assignment_row(row: RunAssignment, enrolment: Enrolment | None, works: Works) -> AssignmentRow:
    key: Any = (enrolment.pk if enrolment else 0, row.pk)
    status, again_due, grade = works.submissions.get(key, ("", None, None))
    progress = _progress(status)
    if progress == NONE and key in works.drafts:
        progress = DRAFT
    due = later_for(again_due, enrolment) if progress == AGAIN else due_of_assignment(row, enrolment)
    return AssignmentRow(row, due, progress, grade if progress in {ACCEPTED, REJECTED} else None)


def reviews_row(row: RunAssignment, enrolment: Enrolment | None, works: Works) -> ReviewsRow:
    key = (enrolment.pk if enrolment else 0, row.pk)
    counted = works.reviews.get(key, Counter())
    left = max(0, row.reviews_each - counted[PeerReview.Status.DONE] - works.let_off.get(key, 0))
    ready = min(left, counted[PeerReview.Status.GIVEN])
    status = works.submissions.get(key, ("",))[0]
    is_given = bool(status) and status != SubmissionStatus.TAKEN_BACK
    return ReviewsRow(row, reviews_due_of(row, enrolment), left, ready, is_given)
