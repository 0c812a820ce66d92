"""How far all learners of a run have come, counted by the database: for putting them in order."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import Count

from learning.courses.models import CourseRun
from learning.study.gradebook.tasks import Kind, Task
from learning.study.models import Attempt, LetOff, PeerReview, Submission


def progress_of(run: CourseRun, tasks: Collection[Task]) -> "defaultdict[int, int]":
    """How many of these tasks each enrolment of the run has done: four queries for everybody on it."""
    of_kind = {kind: {task.pk: task for task in tasks if task.kind is kind} for kind in Kind}
    done: defaultdict[int, int] = defaultdict(int)
    passed = Attempt.objects.filter(run_quiz__in=of_kind[Kind.QUIZ], is_passed=True, is_practice=False).order_by()
    accepted = Submission.objects.filter(run_assignment__in=of_kind[Kind.ASSIGNMENT], status="accepted").order_by()
    _add(done, passed.values_list("enrolment_id").annotate(n=Count("run_quiz", distinct=True)))
    _add(done, accepted.values_list("enrolment_id").annotate(n=Count("pk")))
    reviews = of_kind[Kind.REVIEWS]
    if reviews:
        written: defaultdict[tuple[int, int], int] = defaultdict(int)
        done_reviews = PeerReview.objects.filter(
            submission__run_assignment__in=reviews, status="done", is_teachers=False
        )
        names = ("reviewer_id", "submission__run_assignment_id")
        for enrolment, assigned, number in done_reviews.order_by().values_list(*names).annotate(n=Count("pk")):
            written[enrolment, assigned] += number
        let_off = LetOff.objects.filter(run_assignment__in=reviews).values_list(
            "enrolment_id", "run_assignment_id", "reviews"
        )
        for enrolment, assigned, number in let_off:
            written[enrolment, assigned] += number
        for (enrolment, assigned), number in written.items():
            done[enrolment] += number >= reviews[assigned].reviews
    return done


def _add(done: "defaultdict[int, int]", counted: Iterable[Any]) -> None:
    for enrolment, number in counted:
        done[enrolment] += number
