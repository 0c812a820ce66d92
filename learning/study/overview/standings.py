"""Where each learner of a run stands, for hundreds at once: four queries, a row each for a learner."""

import datetime
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from django.db.models import Case, Count, F, Max, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from common.dates import HELSINKI
from learning.courses.models import CourseRun
from learning.study.models import Attempt, Enrolment, LessonProgress, PeerReview, Submission
from learning.study.models.assignments import SubmissionStatus
from learning.study.models.enrolments import STUDYING, Status
from learning.study.overview.asked import ASSIGNMENT, QUIZ, Asked, Task, asked_of, mask, unmasked
from learning.study.people import Key, key_of
from learning.study.querysets import passed_elsewhere

# The learner has done their part: it is handed in and was not sent back.
DONE = {
    SubmissionStatus.HANDED_IN,
    SubmissionStatus.SECOND,
    SubmissionStatus.DIFFERING,
    SubmissionStatus.ACCEPTED,
}
# Nothing is waited for from the learner any more.
SETTLED = DONE | {SubmissionStatus.REJECTED}


@dataclass(slots=True)
class Learner:
    """A learner who studies on the run. Masks have a bit for each task of the kind, in the order of `Asked`."""

    pk: int
    public_id: uuid.UUID
    status: str
    extra_days: int
    seen_at: datetime.datetime | None
    since: datetime.datetime
    first_name: str
    last_name: str
    email: str
    # Where the credits are registered, or else whose people the account says.
    institution: int | None
    lessons: int = 0
    done: dict[str, int] = field(default_factory=lambda: {QUIZ: 0, ASSIGNMENT: 0})
    settled: dict[str, int] = field(default_factory=lambda: {QUIZ: 0, ASSIGNMENT: 0})
    # Assignments that were to be completed by a day that has passed.
    overdue_again: int = 0
    # When they last did something, or began.
    active_at: datetime.datetime | None = None
    late: tuple[Task, ...] = ()
    missed_reviews: int = 0

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip() or self.email

    @property
    def sort_name(self) -> Key:
        return key_of(self.last_name, self.first_name, self.pk)

    @property
    def has_begun(self) -> bool:
        """Whether the learner has done anything on the run."""
        return bool(self.count or self.seen_at or self.active_at)

    @property
    def is_active(self) -> bool:
        return self.status == Status.ACTIVE

    @property
    def count(self) -> int:
        """How much of what the run asks is done."""
        return self.lessons + self.done[QUIZ].bit_count() + self.done[ASSIGNMENT].bit_count()

    @property
    def last_sign(self) -> datetime.datetime:
        return max(moment for moment in (self.seen_at, self.active_at, self.since) if moment is not None)


class Bits(NamedTuple):
    """A task with its bit in the masks of its kind."""

    task: Task
    bit: int


def bits_of(asked: Asked, *kinds: str) -> list[Bits]:
    return [
        Bits(task, 1 << place) for kind in kinds or (QUIZ, ASSIGNMENT) for place, task in enumerate(asked.of_kind(kind))
    ]


_FIELDS = (
    "pk", "public_id", "state", "extra_days", "seen_at", "created_at", "learner__first_name", "learner__last_name",
    "learner__email", "institution",
)  # fmt: skip


def learners_who_study(run: CourseRun, now: datetime.datetime | None = None) -> list[Learner]:
    """All who study on the run or have completed it, in the order of their names."""
    now, asked = now or timezone.now(), asked_of(run.pk)
    institution = Coalesce("home_institution_id", "learner__organisation_id")
    rows = Enrolment.objects.filter(run=run, status__in=STUDYING).order_by()
    # Nothing is waited for from who did the course elsewhere.
    state = Case(When(passed_elsewhere(), then=Value(Status.COMPLETED)), default=F("status"))
    found = rows.annotate(institution=institution, state=state).values_list(*_FIELDS)
    learners = {row[0]: Learner(*row) for row in found}
    if learners:
        _read_lessons(run, asked, learners)
        _read_quizzes(run, asked, learners)
        _read_assignments(run, asked, learners, now)
        _read_reviews(run, learners, now)
        _find_late(asked, learners.values(), now)
    return sorted(learners.values(), key=lambda each: each.sort_name)


def _of_run(run: CourseRun) -> Q:
    return Q(enrolment__run=run, enrolment__status__in=STUDYING)


def _read_lessons(run: CourseRun, asked: Asked, learners: dict[int, Learner]) -> None:
    rows = LessonProgress.objects.filter(_of_run(run), done_at__isnull=False, lesson__in=asked.lessons).order_by()
    for pk, number in rows.values_list("enrolment").annotate(Count("pk")):
        learners[pk].lessons = number


def _read_quizzes(run: CourseRun, asked: Asked, learners: dict[int, Learner]) -> None:
    tasks = asked.of_kind(QUIZ)
    if not tasks:
        return
    rows = Attempt.objects.filter(_of_run(run), is_practice=False).order_by()
    passed = mask("run_quiz", tasks, Q(is_passed=True), distinct=True)
    found = rows.values_list("enrolment").annotate(Max("started_at"), Max("handed_in_at"), **passed)
    for pk, began, ended, *columns in found:
        learner = learners[pk]
        learner.done[QUIZ] = learner.settled[QUIZ] = unmasked(columns)
        learner.active_at = ended or began
    _read_used_up(rows, tasks, learners)


def _read_used_up(attempts: QuerySet[Attempt], tasks: Sequence[Task], learners: dict[int, Learner]) -> None:
    """Whoever has no attempt left cannot do more for the quiz."""
    bits = {task.pk: 1 << bit for bit, task in enumerate(tasks)}
    limited = [task.pk for task in tasks if task.most_attempts]
    if limited:
        ended = attempts.filter(run_quiz__in=limited).exclude(status=Attempt.Status.OPEN)
        most = F("run_quiz__quiz__attempts")
        used = ended.values_list("enrolment", "run_quiz").annotate(number=Count("pk")).filter(number__gte=most)
        for pk, run_quiz, _number in used:
            learners[pk].settled[QUIZ] |= bits[run_quiz]


def _read_assignments(run: CourseRun, asked: Asked, learners: dict[int, Learner], now: datetime.datetime) -> None:
    tasks = asked.of_kind(ASSIGNMENT)
    if not tasks:
        return
    again, overdue = Q(status=SubmissionStatus.AGAIN), Q(pk__in=())
    # Days are counted by the clock on the wall, as study.due has them.
    here = now.astimezone(HELSINKI)
    for days in {each.extra_days for each in learners.values()}:
        overdue |= Q(enrolment__extra_days=days, again_due__lt=here - datetime.timedelta(days=days))
    groups = {
        "done": Q(status__in=DONE),
        "settled": Q(status__in=SETTLED) | again & ~overdue,
        "overdue": again & overdue,
    }
    columns = {
        f"{name}_{key}": column
        for name, where in groups.items()
        for key, column in mask("run_assignment", tasks, where).items()
    }
    rows = Submission.objects.filter(_of_run(run)).order_by()
    width = len(columns) // len(groups)
    for pk, at, *masks in rows.values_list("enrolment").annotate(Max("handed_in_at"), **columns):
        learner = learners[pk]
        learner.done[ASSIGNMENT], learner.settled[ASSIGNMENT], learner.overdue_again = (
            unmasked(masks[width * place : width * (place + 1)]) for place in range(len(groups))
        )
        learner.active_at = max(each for each in (learner.active_at, at) if each)


def _read_reviews(run: CourseRun, learners: dict[int, Learner], now: datetime.datetime) -> None:
    missed = Q(status=PeerReview.Status.GIVEN, due__lt=now)
    rows = PeerReview.objects.filter(reviewer__run=run, reviewer__status__in=STUDYING).order_by()
    for pk, number, at in rows.values_list("reviewer").annotate(number=Count("pk", filter=missed), at=Max("done_at")):
        learner = learners[pk]
        learner.missed_reviews = number
        if at and (learner.active_at is None or at > learner.active_at):
            learner.active_at = at


def _find_late(asked: Asked, learners: Iterable[Learner], now: datetime.datetime) -> None:
    """What is late, for those who still study: most have one of a few lengths of time."""
    overdue: dict[int, tuple[Bits, ...]] = {}
    for learner in learners:
        if not learner.is_active:
            continue
        days = learner.extra_days
        if days not in overdue:
            overdue[days] = tuple(
                each for each in bits_of(asked) if each.task.is_awaited and _is_over(each.task.due_with(days), now)
            )
        late = [each.task for each in overdue[days] if not learner.settled[each.task.kind] & each.bit]
        if learner.overdue_again:
            again = (each.task for each in bits_of(asked, ASSIGNMENT) if learner.overdue_again & each.bit)
            late += [task for task in again if task not in late]
        learner.late = tuple(late)


def _is_over(due: datetime.datetime | None, now: datetime.datetime) -> bool:
    return due is not None and due < now
