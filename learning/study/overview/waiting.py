"""What waits for the teachers of a run: a number and the page where it is done."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext

from common.prepared import Prepared
from learning.courses.models import CourseRun
from learning.study.marking.queue import waiting_for
from learning.study.models import Enrolment, PeerReview, ReviewAppeal, RunTeacher, Submission
from learning.study.models.assignments import WAITING_FOR_TEACHERS, SubmissionStatus
from learning.study.models.enrolments import STUDYING, Status
from learning.study.overview.asked import Asked
from learning.study.questions.listing import unanswered


@dataclass(frozen=True)
class Waits:
    """`page` is the name of the address where it is done."""

    number: int
    text: str
    url: str


def waits_for(run: CourseRun, role: str, numbers: dict[str, int]) -> list[Waits]:
    """What waits for somebody in the role; nothing where nothing waits."""
    # Between markers who differ the responsible teachers decide.
    rows = [row for row in _rows(numbers) if row[0] != "differing" or role == RunTeacher.Role.RESPONSIBLE]
    return [
        Waits(numbers[key], text, reverse(page, args=[run.code]) + query)
        for key, text, page, query in rows
        if numbers[key]
    ]


def _rows(numbers: dict[str, int]) -> list[tuple[str, str, str, str]]:
    """What is counted, what is said of so many, the page and the question of its address."""
    works, seconds, differing = numbers["works"], numbers["seconds"], numbers["differing"]
    appeals, reviews = numbers["appeals"], numbers["reviews"]
    applications, questions = numbers["applications"], numbers["questions"]
    second = ngettext("work waits for a second marker", "works wait for a second marker", seconds)
    differ = ngettext("work whose markers differ", "works whose markers differ", differing)
    ask = ngettext("question without an answer", "questions without an answer", questions)
    apply = ngettext("application waits for an answer", "applications wait for an answer", applications)
    return [
        ("works", ngettext("work waits for marking", "works wait for marking", works), "run_marking", ""),
        ("seconds", second, "run_marking", ""),
        ("differing", differ, "run_marking", ""),
        ("appeals", ngettext("appeal waits for an answer", "appeals wait for an answer", appeals), "run_reviews", ""),
        ("reviews", ngettext("peer review is overdue", "peer reviews are overdue", reviews), "run_reviews", ""),
        ("questions", ask, "run_questions", ""),
        ("applications", apply, "run_learners", f"?tila={Status.APPLIED}"),
    ]


def numbers_of(run: CourseRun, asked: Asked, viewer: Any, role: str) -> dict[str, int]:
    """How many there are of everything that may wait, and of all works; at most six queries."""
    # As the queue of marking has them: of those who study, and nobody's own.
    works = Submission.objects.filter(run_assignment__run=run, enrolment__status__in=STUDYING).order_by()
    works = works.exclude(enrolment__learner_id=viewer.pk)
    states: dict[str, int] = dict(works.values_list("status").annotate(Count("pk")))
    seconds = states.get(SubmissionStatus.SECOND, 0)
    if seconds:
        # The first marker is not the second.
        seconds = works.filter(waiting_for(viewer, role), status=SubmissionStatus.SECOND).count()
    has_peers = any(task.has_peers for task in asked.tasks)
    appeals = ReviewAppeal.objects.filter(status=ReviewAppeal.Status.OPEN, review__submission__run_assignment__run=run)
    reviews = PeerReview.objects.filter(
        submission__run_assignment__run=run, status=PeerReview.Status.GIVEN, is_extra=False
    ).filter(due__lt=timezone.now())
    return {
        "unmarked": sum(states.get(state, 0) for state in WAITING_FOR_TEACHERS),
        "works": states.get(SubmissionStatus.HANDED_IN, 0),
        "seconds": seconds,
        "differing": states.get(SubmissionStatus.DIFFERING, 0),
        "appeals": appeals.count() if has_peers else 0,
        "reviews": reviews.count() if has_peers else 0,
        "questions": unanswered(run),
        "applications": sum(number for _run, number in _APPLICATIONS.of([run.pk])),
    }


_APPLICATIONS = Prepared(
    lambda: Enrolment.objects.filter(status=Status.APPLIED).values_list("run_id").annotate(number=Count("pk")),
    by="run_id",
)
