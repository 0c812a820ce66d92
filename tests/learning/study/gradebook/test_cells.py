"""Cells of the gradebook: what a teacher sees of each learner in each task."""

import datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from learning.courses.models import CourseRun
from learning.study.gradebook.cells import Cell, State, cells_of, tasks_of
from learning.study.models import Attempt, Enrolment, LetOff, PeerReview, RunAssignment, RunQuiz, Submission
from tests.learning.study.factories import enrolled, make_quiz, make_run
from tests.learning.study.gradebook.marking import marked
from tests.learning.study.handing_in import assigned, handed_in

pytestmark = pytest.mark.django_db
AN_HOUR, A_DAY = datetime.timedelta(hours=1), datetime.timedelta(days=1)


@pytest.fixture
def run() -> CourseRun:
    return make_run(requires_lessons=False)


def cell(enrolment: Enrolment, row: RunAssignment | RunQuiz, kind: str = "") -> Cell:
    kind = kind or ("quiz" if isinstance(row, RunQuiz) else "assignment")
    return cells_of(enrolment.run, [enrolment.pk])[enrolment.pk, f"{kind}-{row.pk}"]


def attempt(enrolment: Enrolment, quiz: RunQuiz, number: int, points: str | None, passes: bool = False) -> Attempt:
    values: dict[str, Any] = {"status": Attempt.Status.OPEN}
    if points is not None:
        values = {"status": "handed_in", "points": Decimal(points), "is_passed": passes, "handed_in_at": timezone.now()}
    return Attempt.objects.create(
        enrolment=enrolment, run_quiz=quiz, number=number, rules={"pass_percent": 75}, points_possible=10, **values
    )


def test_a_quiz_tells_its_best_attempt(run: CourseRun) -> None:
    learner, quiz = enrolled(run), make_quiz(run)
    assert cell(learner, quiz).state == State.NONE
    attempt(learner, quiz, 1, "4")
    attempt(learner, quiz, 2, "6")
    assert cell(learner, quiz)[:4] == (State.FAILED, None, Decimal(6), 10)
    attempt(learner, quiz, 3, "9", passes=True)
    attempt(learner, quiz, 4, None)
    assert cell(learner, quiz)[:4] == (State.ACCEPTED, None, Decimal(9), 10)


def test_a_quiz_under_way_says_so_and_is_missing_when_its_time_is_over(run: CourseRun) -> None:
    learner, quiz = enrolled(run), make_quiz(run)
    attempt(learner, quiz, 1, None)
    assert cell(learner, quiz).state == State.STARTED
    quiz.due = timezone.now() - AN_HOUR
    quiz.save()
    assert cell(learner, quiz)[:1] == (State.LATE,)


def test_an_assignment_tells_what_waits_and_what_was_given(run: CourseRun) -> None:
    learner, essay = enrolled(run), assigned(run, scale="grade")
    work = handed_in(learner, essay)
    waiting = cell(learner, essay)
    assert (waiting.state, waiting.submission) == (State.WAITING, work.public_id)
    marked(work, "accepted", 4)
    given = cell(learner, essay)
    assert (given.state, given.grade) == (State.ACCEPTED, 4)


@pytest.mark.parametrize(("outcome", "state"), [("again", State.AGAIN), ("rejected", State.REJECTED)])
def test_work_that_was_not_accepted_says_how(run: CourseRun, outcome: str, state: State) -> None:
    learner, essay = enrolled(run), assigned(run)
    marked(handed_in(learner, essay), outcome)
    assert cell(learner, essay).state == state


def test_work_that_was_taken_back_has_not_come(run: CourseRun) -> None:
    learner, essay = enrolled(run), assigned(run)
    work = handed_in(learner, essay)
    Submission.objects.filter(pk=work.pk).update(status=Submission.Status.TAKEN_BACK)
    assert cell(learner, essay) == Cell(State.NONE)


def test_no_way_leads_from_a_name_to_work_that_is_marked_without_names(run: CourseRun) -> None:
    learner, essay = enrolled(run), assigned(run, is_marked_anonymously=True)
    work = handed_in(learner, essay)
    work.versions.update(is_late=True)
    waiting = cell(learner, essay)
    assert (waiting.submission, waiting.at, waiting.is_late) == (None, None, False)
    marked(work, "accepted")
    assert cell(learner, essay).is_late
    assert (cell(learner, essay).submission, cell(learner, essay).at) == (work.public_id, work.handed_in_at)


def test_what_came_late_is_told_apart_from_what_has_not_come(run: CourseRun) -> None:
    learner, other = enrolled(run), enrolled(run)
    essay = assigned(run, due=timezone.now() - A_DAY)
    handed_in(learner, essay).versions.update(is_late=True)
    assert cell(learner, essay)[0] == State.WAITING
    assert cell(learner, essay).is_late
    assert cell(other, essay) == Cell(State.LATE, is_late=True)


def test_what_nobody_has_to_do_is_not_missing_when_the_run_is_over(run: CourseRun) -> None:
    learner = enrolled(run)
    run.starts, run.ends = timezone.localdate() - 2 * A_DAY, timezone.localdate() - A_DAY
    run.save()
    free, dated = assigned(run, is_required=False), assigned(run, is_required=False, due=timezone.now() - A_DAY)
    quiz, required = make_quiz(run, is_required=False), make_quiz(run)
    assert [cell(learner, row).state for row in (free, quiz)] == [State.NONE, State.NONE]
    assert [cell(learner, row).state for row in (dated, required)] == [State.LATE, State.LATE]


def test_extra_days_move_what_is_late(run: CourseRun) -> None:
    learner, essay = enrolled(run), assigned(run, due=timezone.now() - A_DAY)
    learner.extra_days = 3
    learner.save()
    assert cell(learner, essay).state == State.NONE


def test_reviews_count_those_written_and_those_let_off(run: CourseRun) -> None:
    writer, others = enrolled(run), [enrolled(run), enrolled(run)]
    essay = assigned(run, peers="anonymous")
    assert cell(writer, essay, "reviews") == Cell(State.NONE)
    work = handed_in(others[0], essay)
    PeerReview.objects.create(
        submission=work, reviewer=writer, status="done", done_at=timezone.now(), version=work.versions.get()
    )
    assert cell(writer, essay, "reviews")[:4] == (State.STARTED, None, Decimal(1), 2)
    LetOff.objects.create(enrolment=writer, run_assignment=essay, reviews=1)
    assert cell(writer, essay, "reviews")[:4] == (State.ACCEPTED, None, Decimal(1), 1)


def test_tasks_stand_in_the_order_in_which_they_are_due(run: CourseRun) -> None:
    now = timezone.now()
    late = assigned(run, due=now + 3 * A_DAY, peers="named")
    quiz, early = make_quiz(run, due=now + 2 * A_DAY), assigned(run, due=now + A_DAY)
    keys = [task.key for task in tasks_of(run)]
    assert keys == [f"assignment-{early.pk}", f"quiz-{quiz.pk}", f"assignment-{late.pk}", f"reviews-{late.pk}"]


def test_cells_of_many_learners_take_five_queries_as_those_of_one(run: CourseRun) -> None:
    tasks = [assigned(run, peers="anonymous") for _ in range(3)]
    make_quiz(run)
    learners = [enrolled(run) for _ in range(4)]
    for learner in learners:
        handed_in(learner, tasks[0])
    known = tasks_of(run)
    for some in (learners[:1], learners):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            cells = cells_of(run, [learner.pk for learner in some], known)
        assert len(asked) == 5
        assert len(cells) == len(some) * 7
