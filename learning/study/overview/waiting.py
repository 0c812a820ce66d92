"""What waits for the teachers of a run: a number and the page where it is done. One query counts everything."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, IntegerField, OuterRef, QuerySet, Subquery, Value
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext

from learning.courses.models import CourseRun
from learning.study.desk import frame
from learning.study.models import Enrolment, PeerReview, ReviewAppeal, RunAnswer, RunQuestion, RunTeacher, Submission
from learning.study.models.assignments import SubmissionStatus
from learning.study.models.enrolments import Status


@dataclass(frozen=True)
class Waits:
    """`page` is the name of the address where it is done."""

    number: int
    text: str
    url: str


def waits_for(run: CourseRun, role: str, numbers: dict[str, int]) -> list[Waits]:
    """What waits for somebody in the role, on the pages that the role has; nothing where nothing waits."""
    pages = {name for name, _label, roles in frame.PAGES if role in roles}
    # Between markers who differ the responsible teachers decide.
    rows = [row for row in _rows(numbers) if row[0] != "differing" or role == RunTeacher.Role.RESPONSIBLE]
    return [
        Waits(numbers[key], text, reverse(page, args=[run.code]) + query)
        for key, text, page, query in rows
        if numbers[key] and page in pages
    ]


def _rows(numbers: dict[str, int]) -> list[tuple[str, str, str, str]]:
    """What is counted, what is said of so many, the page and the question of its address."""
    works, seconds, differing = numbers["works"], numbers["seconds"], numbers["differing"]
    appeals, reviews = numbers["appeals"], numbers["reviews"]
    applications, questions = numbers["applications"], numbers["questions"]
    second = ngettext("work waits for a second marker", "works wait for a second marker", seconds)
    differ = ngettext("work whose markers differ", "works whose markers differ", differing)
    ask = ngettext("question without a teacher's answer", "questions without a teacher's answer", questions)
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


def numbers_of(run: CourseRun) -> dict[str, int]:
    """How many there are of everything that may wait."""
    now = timezone.now()
    works = Submission.objects.filter(run_assignment__run=run)
    answered = RunAnswer.objects.filter(question=OuterRef("pk"), is_teacher=True, hidden_at=None)
    questions = RunQuestion.objects.filter(run=run, hidden_at=None, is_teacher=False, accepted=None)
    counted: dict[str, QuerySet[Any]] = {
        "works": works.filter(status=SubmissionStatus.HANDED_IN),
        "seconds": works.filter(status=SubmissionStatus.SECOND),
        "differing": works.filter(status=SubmissionStatus.DIFFERING),
        "appeals": ReviewAppeal.objects.filter(
            status=ReviewAppeal.Status.OPEN, review__submission__run_assignment__run=run
        ),
        "reviews": PeerReview.objects.filter(
            submission__run_assignment__run=run, status=PeerReview.Status.GIVEN, due__lt=now
        ),
        "questions": questions.filter(~Exists(answered)),
        "applications": Enrolment.objects.filter(run=run, status=Status.APPLIED),
    }
    columns = [_count(rows) for rows in counted.values()]
    found = CourseRun.objects.filter(pk=run.pk).order_by().values_list(*columns).get()
    return {name: number or 0 for name, number in zip(counted, found, strict=True)}


def _count(rows: "QuerySet[Any]") -> Subquery:
    together = rows.order_by().annotate(all=Value(1)).values("all")
    return Subquery(together.annotate(number=Count("pk")).values("number"), output_field=IntegerField())
