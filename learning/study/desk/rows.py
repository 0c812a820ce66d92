"""The learners of a run as their teacher sees them: state, how far they have come, when they were last here."""

from typing import Any

from django.db.models import Case, Count, IntegerField, OuterRef, QuerySet, Subquery, Value, When

from learning.courses.models import CourseRun
from learning.study.models import Attempt, Enrolment, LessonProgress
from learning.study.models.enrolments import Status
from learning.study.outline import contents_of
from learning.study.people import by_name

# What waits for the teacher first, then the waiting list, then those who study.
ORDER = [
    Status.APPLIED,
    Status.OFFERED,
    Status.WAITING,
    Status.ACTIVE,
    Status.COMPLETED,
    Status.LAPSED,
    Status.REFUSED,
    Status.WITHDRAWN,
]


def learners_of(run: CourseRun) -> "QuerySet[Enrolment]":
    """Every enrolment of the run in one query, with `lessons_done` and `quizzes_passed`."""
    lessons = [lesson.pk for lesson in contents_of(run.course_id).lessons]
    done = LessonProgress.objects.filter(enrolment=OuterRef("pk"), lesson__in=lessons, done_at__isnull=False)
    passed = Attempt.objects.filter(
        enrolment=OuterRef("pk"), is_passed=True, is_practice=False, run_quiz__is_required=True
    )
    places = [When(status=status, then=Value(place)) for place, status in enumerate(ORDER)]
    return (
        Enrolment.objects.filter(run=run)
        .select_related("learner__organisation")
        .annotate(
            lessons_done=_count(done.order_by().values("enrolment").annotate(n=Count("pk")).values("n")),
            quizzes_passed=_count(
                passed.order_by().values("enrolment").annotate(n=Count("run_quiz", distinct=True)).values("n")
            ),
            order=Case(*places, output_field=IntegerField()),
            # Whoever has got a seat since stands among the others.
            place_in_list=Case(When(status__in=[Status.OFFERED, Status.WAITING], then="queued_at")),
        )
        .order_by("order", "place_in_list", *by_name())
    )


def _count(counted: Any) -> Subquery:
    return Subquery(counted, output_field=IntegerField())
