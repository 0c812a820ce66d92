"""When a learner has done all that the run requires."""

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from learning.study.models import Attempt, Enrolment, LessonProgress, RunQuiz
from learning.study.models.enrolments import Status
from learning.study.outline import contents_of
from learning.study.services.moves import move
from learning.study.signals import completed

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from learning.courses.models import CourseRun


@transaction.atomic
def complete_if_done(*, enrolment: Enrolment) -> bool:
    """Complete an active enrolment if nothing that the run requires is left; return whether it is complete.

    Called after each act that may be the last. `signals.completed` goes out once, in this transaction.
    """
    # Of two last acts at the same moment, the second waits here and then sees the first.
    locked = Enrolment.objects.select_for_update(no_key=True, of=("self",))
    enrolment = locked.select_related("run").get(pk=enrolment.pk)
    if enrolment.status != Status.ACTIVE:
        return enrolment.status == Status.COMPLETED
    # The cheapest question first: inside a transaction the contents of the course are read anew each time.
    if not (quizzes_are_passed(enrolment) and lessons_are_done(enrolment) and requires_something(enrolment.run)):
        return False
    enrolment.completed_at = timezone.now()
    move(enrolment, Status.COMPLETED, by=None)
    completed.send(sender=Enrolment, enrolment=enrolment)
    return True


def requires_something(run: "CourseRun") -> bool:
    """Whether the run can be completed at all: one that asks for nothing is not complete at the first step."""
    return bool(_required_lessons(run)) or _required_quizzes(run).exists()


def lessons_are_done(enrolment: Enrolment) -> bool:
    """Whether every lesson is marked done, or the run does not ask for it."""
    lessons = _required_lessons(enrolment.run)
    done = LessonProgress.objects.filter(enrolment=enrolment, lesson__in=lessons, done_at__isnull=False)
    return not lessons or done.count() == len(lessons)


def quizzes_are_passed(enrolment: Enrolment) -> bool:
    """Whether every required quiz has been passed."""
    passed = Attempt.objects.filter(enrolment=enrolment, is_passed=True, is_practice=False, run_quiz=OuterRef("pk"))
    return not _required_quizzes(enrolment.run).filter(~Exists(passed)).exists()


def _required_lessons(run: "CourseRun") -> list[int]:
    """The lessons as the learner sees them; those that are only planned or not published are not waited for."""
    return [lesson.pk for lesson in contents_of(run.course_id).lessons] if run.requires_lessons else []


def _required_quizzes(run: "CourseRun") -> "QuerySet[RunQuiz]":
    return RunQuiz.objects.filter(run=run, is_required=True)
