"""When a learner has done all that the run requires."""

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from learning.study.models import Attempt, Enrolment, LessonProgress, RunAssignment, RunQuiz, Submission
from learning.study.models.enrolments import Status
from learning.study.outline import contents_of
from learning.study.services.moves import move
from learning.study.signals import completed
from learning.study.tasks import reviews_row, works_of

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
    if not (quizzes_are_passed(enrolment) and works_are_accepted(enrolment) and lessons_are_done(enrolment)):
        return False
    if not (requires_something(enrolment.run) and reviews_are_written(enrolment)):
        return False
    enrolment.completed_at = timezone.now()
    move(enrolment, Status.COMPLETED, by=None)
    completed.send(sender=Enrolment, enrolment=enrolment)
    return True


def requires_something(run: "CourseRun") -> bool:
    """Whether the run can be completed at all: one that asks for nothing is not complete at the first step."""
    return bool(_required_lessons(run)) or _required_quizzes(run).exists() or _required_works(run).exists()


def lessons_are_done(enrolment: Enrolment) -> bool:
    """Whether every lesson is marked done, or the run does not ask for it."""
    lessons = _required_lessons(enrolment.run)
    done = LessonProgress.objects.filter(enrolment=enrolment, lesson__in=lessons, done_at__isnull=False)
    return not lessons or done.count() == len(lessons)


def quizzes_are_passed(enrolment: Enrolment) -> bool:
    """Whether every required quiz has been passed."""
    passed = Attempt.objects.filter(enrolment=enrolment, is_passed=True, is_practice=False, run_quiz=OuterRef("pk"))
    return not _required_quizzes(enrolment.run).filter(~Exists(passed)).exists()


def works_are_accepted(enrolment: Enrolment) -> bool:
    """Whether every required assignment has been accepted."""
    accepted = Submission.objects.filter(
        enrolment=enrolment, status=Submission.Status.ACCEPTED, run_assignment=OuterRef("pk")
    )
    return not _required_works(enrolment.run).filter(~Exists(accepted)).exists()


def reviews_are_written(enrolment: Enrolment) -> bool:
    """Whether nothing is left to review of the required assignments: it is written, or was let off."""
    rows = [row for row in _required_works(enrolment.run) if row.has_peers]
    works = works_of([enrolment]) if rows else None
    return works is None or all(reviews_row(row, enrolment, works).is_done for row in rows)


def _required_lessons(run: "CourseRun") -> list[int]:
    """The lessons as the learner sees them; those that are only planned or not published are not waited for."""
    return [lesson.pk for lesson in contents_of(run.course_id).lessons] if run.requires_lessons else []


def _required_quizzes(run: "CourseRun") -> "QuerySet[RunQuiz]":
    return RunQuiz.objects.filter(run=run, is_required=True)


def _required_works(run: "CourseRun") -> "QuerySet[RunAssignment]":
    return RunAssignment.objects.filter(run=run, is_required=True).select_related("run")
