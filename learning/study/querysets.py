"""What the learner's pages read: what all learners share is kept, what is one's own takes a few queries."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from common.kept import kept
from learning.courses.models import CourseRun
from learning.study.models import (
    Attempt,
    Enrolment,
    FinalGrade,
    LessonProgress,
    Note,
    RunAssignment,
    RunQuiz,
    RunTeacher,
)
from learning.study.outline import Contents, contents_of
from learning.study.standing import Standing, quiz_row
from learning.study.tasks import NOTHING, Works, assignment_row, assignments_of, reviews_row, works_of


class Progress(NamedTuple):
    """A row of progress, read without making a model of it: a learner has hundreds."""

    enrolment_id: int
    lesson_id: int
    opened_at: datetime.datetime
    seen_at: datetime.datetime
    done_at: datetime.datetime | None
    place: str


def has_final_grade(enrolment: str = "pk", **lookups: Any) -> Exists:
    """Whether a final grade holds of which the lookups are true. `enrolment`: the path to it from the rows asked."""
    return Exists(FinalGrade.objects.that_hold().filter(enrolment=OuterRef(enrolment), **lookups).order_by())


def passed_elsewhere(enrolment: str = "pk") -> Exists:
    """Whether the final grade that holds passes: who did the course elsewhere has nothing left to do on the run.

    Only they have such a grade before they have completed the run (gradebook.services refuses it to others), also
    where a teacher has changed it since; so it is not asked whether it came from a file.
    """
    return has_final_grade(enrolment, is_passed=True)


@kept
def run_of(code: str) -> CourseRun | None:
    """The run with its course. It is everybody's: services read it anew before they change anything."""
    pk = CourseRun.objects.filter(code=code).values_list("pk", flat=True).first()
    return run_with(pk) if pk else None


@kept
def run_with(pk: int) -> CourseRun:
    quizzes = RunQuiz.objects.select_related("quiz").order_by("sort_order", "pk")
    return CourseRun.objects.select_related("course").prefetch_related(Prefetch("run_quizzes", quizzes)).get(pk=pk)


@kept
def quizzes_of(run_id: int) -> tuple[RunQuiz, ...]:
    """The quizzes of the run in order."""
    return tuple(RunQuiz.objects.select_related("quiz", "run").filter(run_id=run_id).order_by("sort_order", "pk"))


class Teacher(NamedTuple):
    """A teacher of a run as its learners see them."""

    name: str
    organisation: str


@kept
def teachers_of(run_id: int) -> tuple[tuple[str, tuple[Teacher, ...]], ...]:
    """(role, people) in the order of the roles. A name that its owner changes comes when what is kept ends."""
    rows = RunTeacher.objects.filter(run=run_id).select_related("user__organisation").order_by("sort_order")
    people: defaultdict[str, list[Teacher]] = defaultdict(list)
    for row in rows:
        people[row.role].append(Teacher(row.user.get_full_name(), str(row.user.organisation or "")))
    return tuple((str(role.label), tuple(people[role])) for role in RunTeacher.Role if people[role])


@kept
def everybody_who_teaches() -> frozenset[int]:
    """Who teaches any run at all: most people teach none, and need not be asked which."""
    return frozenset(RunTeacher.objects.order_by().values_list("user_id", flat=True))


def enrolments_of(learner: Any) -> list[Enrolment]:
    """All of a person's enrolments with their runs, the newest run first."""
    enrolments = list(Enrolment.objects.filter(learner=learner))
    for enrolment in enrolments:
        enrolment.run = run_with(enrolment.run_id)
    return sorted(enrolments, key=lambda each: (each.run.starts, each.pk), reverse=True)


def notes_of(learner: Any) -> QuerySet[Note]:
    return Note.objects.filter(learner=learner, deleted_at=None)


def standing_of(run: CourseRun, enrolment: Enrolment | None) -> Standing:
    """Where the learner stands; without an enrolment, where somebody who has just begun does."""
    if enrolment is None:
        return _standing(run, None, (), {}, NOTHING)
    progress, results = _progress_of([enrolment])[enrolment.pk], results_of([enrolment])
    return _standing(run, enrolment, progress, results, works_of([enrolment]))


def standings_of(enrolments: Sequence[Enrolment]) -> list[Standing]:
    """One for each, in the same order; as many queries for all as for one."""
    results, progress, works = results_of(enrolments), _progress_of(enrolments), works_of(enrolments)
    return [_standing(each.run, each, progress[each.pk], results, works) for each in enrolments]


Results = dict[tuple[int, int], list[bool | None]]


def results_of(enrolments: Iterable[Enrolment]) -> Results:
    """For each enrolment and quiz of its run, how the attempts that count went."""
    known = list(enrolments)
    with_quizzes = {run for run in {each.run_id for each in known} if quizzes_of(run)}
    ids = [each.pk for each in known if each.run_id in with_quizzes]
    found: defaultdict[tuple[int, int], list[bool | None]] = defaultdict(list)
    if ids:
        rows = Attempt.objects.filter(enrolment__in=ids, is_practice=False).order_by()
        for enrolment, run_quiz, is_passed in rows.values_list("enrolment_id", "run_quiz_id", "is_passed"):
            found[enrolment, run_quiz].append(is_passed)
    return dict(found)


def _progress_of(enrolments: Iterable[Enrolment]) -> defaultdict[int, list[Progress]]:
    ids = [enrolment.pk for enrolment in enrolments]
    found: defaultdict[int, list[Progress]] = defaultdict(list)
    if ids:
        for row in LessonProgress.objects.filter(enrolment__in=ids).values_list(*Progress._fields):
            progress = Progress(*row)
            found[progress.enrolment_id].append(progress)
    return found


@kept
def _given(run_id: int, course_id: int) -> tuple[Contents, tuple[RunQuiz, ...], tuple[RunAssignment, ...]]:
    """All that a run gives to do, in one: a person's own page asks for it of each of their runs."""
    return contents_of(course_id), quizzes_of(run_id), assignments_of(run_id)


def _standing(
    run: CourseRun, enrolment: Enrolment | None, progress: Iterable[Progress], results: Results, works: Works
) -> Standing:
    contents, quizzed, assigned = _given(run.pk, run.course_id)
    quizzes = tuple(
        quiz_row(run_quiz, enrolment, results.get((enrolment.pk, run_quiz.pk), []) if enrolment else [])
        for run_quiz in quizzed
    )
    return Standing(
        run,
        contents,
        enrolment,
        {row.lesson_id: row for row in progress},
        quizzes,
        tuple(assignment_row(row, enrolment, works) for row in assigned),
        tuple(reviews_row(row, enrolment, works) for row in assigned if row.has_peers),
    )


def certificate_of(enrolment: object) -> object:
    """The newest one; credentials, which makes them, stands above and is met by its relation alone."""
    # Nobody has one who has not completed the run.
    certificates = getattr(enrolment, "certificates", None) if getattr(enrolment, "completed_at", None) else None
    return certificates.order_by("-issued_at").first() if certificates is not None else None
