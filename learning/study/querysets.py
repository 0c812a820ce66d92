"""What the learner's pages read: a few rows for any number of runs."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Prefetch, QuerySet

from learning.courses.models import CourseRun
from learning.study.models import Attempt, Enrolment, LessonProgress, Note, RunQuiz, RunTeacher
from learning.study.outline import contents_of
from learning.study.standing import Standing, quiz_row


def run_of(code: str) -> CourseRun | None:
    """The run with its course, teachers and quizzes."""
    teachers = RunTeacher.objects.select_related("user", "user__organisation").order_by("sort_order")
    quizzes = RunQuiz.objects.select_related("quiz").order_by("sort_order")
    runs = CourseRun.objects.select_related("course")
    return (
        runs.prefetch_related(Prefetch("run_teachers", teachers), Prefetch("run_quizzes", quizzes))
        .filter(code=code)
        .first()
    )


def enrolments_of(learner: Any) -> QuerySet[Enrolment]:
    """All of a person's enrolments, the newest run first, with what their standing is made of."""
    quizzes = RunQuiz.objects.select_related("quiz").order_by("sort_order")
    return (
        Enrolment.objects.filter(learner=learner)
        .select_related("run__course")
        .prefetch_related(Prefetch("run__run_quizzes", quizzes), "progress")
        .order_by("-run__starts", "-pk")
    )


def notes_of(learner: Any) -> QuerySet[Note]:
    return Note.objects.filter(learner=learner, deleted_at=None)


def standing_of(run: CourseRun, enrolment: Enrolment | None) -> Standing:
    """Where the learner stands; without an enrolment, where somebody who has just begun does."""
    results = results_of([enrolment] if enrolment else [])
    return _standing(run, enrolment, results)


def standings_of(enrolments: Sequence[Enrolment]) -> list[Standing]:
    """One for each, in the same order; one query beyond what `enrolments_of` has read."""
    results = results_of(enrolments)
    return [_standing(enrolment.run, enrolment, results) for enrolment in enrolments]


Results = dict[tuple[int, int], list[bool | None]]


def results_of(enrolments: Iterable[Enrolment]) -> Results:
    """For each enrolment and quiz of its run, how the attempts that count went."""
    ids = [enrolment.pk for enrolment in enrolments]
    found: defaultdict[tuple[int, int], list[bool | None]] = defaultdict(list)
    if ids:
        rows = Attempt.objects.filter(enrolment__in=ids, is_practice=False)
        for enrolment, run_quiz, is_passed in rows.values_list("enrolment_id", "run_quiz_id", "is_passed"):
            found[enrolment, run_quiz].append(is_passed)
    return dict(found)


def _standing(run: CourseRun, enrolment: Enrolment | None, results: Results) -> Standing:
    rows: Iterable[LessonProgress] = enrolment.progress.all() if enrolment else ()
    quizzes = []
    for run_quiz in run.run_quizzes.all():
        # Its due date is counted from the run, which was read already.
        run_quiz.run = run
        quizzes.append(quiz_row(run_quiz, enrolment, results.get((enrolment.pk, run_quiz.pk), []) if enrolment else []))
    return Standing(run, contents_of(run.course_id), enrolment, {row.lesson_id: row for row in rows}, quizzes)
