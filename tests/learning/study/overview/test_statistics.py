"""Statistics of tasks and questions, and runs compared: right, silent below five, and not to be worked out."""

import csv
import datetime
import io
from collections.abc import Sequence
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from learning.courses.models import Course, CourseRun, Question, QuestionVersion, Quiz, QuizQuestion
from learning.study.models import Attempt, AttemptAnswer, Enrolment, Mark, RunQuiz, RunTeacher, Submission
from learning.study.overview.measures import discrimination, mean, percent
from tests.learning.factories import make_question
from tests.learning.study.factories import enrolled, make_run, make_teacher
from tests.learning.study.handing_in import assigned, handed_in
from tests.learning.study.quizzes import page_of, words
from tests.learning.study.visiting import signed_in

pytestmark = pytest.mark.django_db


def address(run: CourseRun, part: str = "tilastot/") -> str:
    return f"/hallinta/toteutukset/{run.code}/{part}"


def run_of(course: Course | None, teacher: User | None = None) -> tuple[CourseRun, User]:
    run = make_run(**({"course": course} if course else {}))
    if teacher is None:
        return run, make_teacher(run)
    RunTeacher.objects.create(run=run, user=teacher)
    return run, teacher


def quiz_on(*runs: CourseRun, kinds: Sequence[str] = ("single", "multiple")) -> Quiz:
    quiz = Quiz.objects.create(course=runs[0].course, code="visa", title="Visa")
    for place, kind in enumerate(kinds):
        question = Question.objects.filter(code=kind).first() or make_question(kind).question
        QuizQuestion.objects.create(quiz=quiz, question=question, points=2, sort_order=place)
    for run in runs:
        RunQuiz.objects.create(run=run, quiz=quiz)
    return quiz


def answered(run: CourseRun, *points: float, minutes: int = 10, number: int = 1, enrolment: Any = None) -> Attempt:
    """A learner's attempt with so many points of two in each question; who got none chose the first option."""
    row, began = RunQuiz.objects.get(run=run), timezone.now() - datetime.timedelta(hours=5)
    attempt = Attempt.objects.create(
        enrolment=enrolment or enrolled(run),
        run_quiz=row,
        number=number,
        status="handed_in",
        rules={"title": "Visa", "pass_percent": 75, "minutes": None},
        started_at=began,
        handed_in_at=began + datetime.timedelta(minutes=minutes),
        points=sum(points),
        points_possible=2 * len(points),
        is_passed=sum(points) >= 1.5 * len(points),
    )
    for position, (link, got) in enumerate(zip(row.quiz.questions.order_by("sort_order"), points, strict=True), 1):
        version = QuestionVersion.objects.filter(question=link.question).latest("number")
        AttemptAnswer.objects.create(
            attempt=attempt,
            position=position,
            version=version,
            points_possible=2,
            points=got,
            answer={"a": ["1" if got else "0"]},
        )
    return attempt


def marked(enrolment: Enrolment, task: Any, outcome: str = "accepted", levels: Sequence[int] = ()) -> Submission:
    work = handed_in(enrolment, task)
    criteria = [
        {"id": at, "title": f"Kriteeri {at}", "value": level, "words": ""} for at, level in enumerate(levels, 1)
    ]
    version = work.versions.get()
    mark = Mark.objects.create(
        submission=work, version=version, outcome=outcome, criteria=criteria, released_at=timezone.now()
    )
    due = {"again_due": timezone.now()} if outcome == "again" else {}
    Submission.objects.filter(pk=work.pk).update(status=outcome, mark=mark, **due)
    return work


def cells(page: BeautifulSoup, title: str) -> list[str]:
    for row in page.select("main tbody tr"):
        head = row.select_one("th")
        if head and title in words(head):
            return [words(cell) for cell in row.select("td.n")]
    raise AssertionError(title)


def exported(client: Client, path: str) -> list[list[str]]:
    answer = client.get(path)
    assert answer.status_code == 200 and "no-store" in answer["Cache-Control"]
    text = b"".join(answer).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text), delimiter=";"))


def test_discrimination_is_the_correlation_with_the_rest() -> None:
    assert discrimination([0, 0, 1, 1, 1], [0, 0, 1, 1, 1]) == 1.0
    assert discrimination([1, 1, 0, 0, 0], [0, 0, 1, 1, 1]) == -1.0
    # By hand: the covariance 0.3 of variances 0.3 and 0.8 → 0.3 / √0.24.
    assert discrimination([0, 0, 1, 1, 1], [0, 1, 1, 1, 2]) == pytest.approx(0.65, abs=0.005)
    assert discrimination([1, 1, 1, 1, 1], [0, 1, 1, 1, 2]) is None
    assert discrimination([0, 0, 1, 1], [0, 0, 1, 1]) is None
    assert (mean([1, 2, 3, 4]), percent(4, 4)) == (None, None)


def test_a_quiz_is_told_of_by_first_attempts_from_five_answers_up() -> None:
    run, teacher = run_of(None)
    quiz_on(run)
    client = signed_in(teacher)
    for points in ((2, 2), (2, 2), (2, 0), (0, 0)):
        answered(run, *points)
    assert cells(page_of(client, address(run)), "Visa") == ["alle 5", "ei näytetä", "ei näytetä", "ei näytetä"]
    assert not page_of(client, address(run, "tilastot/visa/visa/")).select("main tbody tr")
    fifth = answered(run, 0, 0, minutes=50)
    answered(run, 2, 2, number=2, enrolment=fifth.enrolment)
    assert cells(page_of(client, address(run)), "Visa") == ["5", "40 %", "50 %", "10 min"]


def test_a_question_tells_its_difficulty_discrimination_and_options() -> None:
    run, teacher = run_of(None)
    quiz_on(run)
    for points in ((2, 2), (2, 2), (2, 0), (0, 0), (0, 0)):
        answered(run, *points)
    page = page_of(signed_in(teacher), address(run, "tilastot/visa/visa/"))
    assert cells(page, "single")[1:] == ["5", "60 %", "0,67"]
    assert cells(page, "multiple")[1:] == ["5", "40 %", "0,67"]
    first = page.select_one("tbody tr:has(td)")
    assert first is not None
    shares = {words(each.select("span")[0]) for each in page.select(".desk-options li")}
    assert {"60 %", "40 %"} <= shares
    assert page.select("svg[role=img] title") and page.select("svg[role=img] desc")


def test_a_question_that_divides_the_wrong_way_has_a_minus_sign_on_the_page_and_a_hyphen_in_the_file() -> None:
    run, teacher = run_of(None)
    quiz_on(run)
    for points in ((2, 0), (2, 0), (0, 2), (0, 2), (0, 0)):
        answered(run, *points)
    client = signed_in(teacher)
    assert cells(page_of(client, address(run, "tilastot/visa/visa/")), "single")[3] == "−0,67"
    figures = [row for row in exported(client, address(run, "tilastot/luvut.csv")) if row[1].startswith("single")]
    assert ["5", "Erottelukyky", "-0,67"] in [row[2:] for row in figures]


def test_an_assignment_tells_outcomes_and_levels_of_criteria() -> None:
    run, teacher = run_of(None)
    task = assigned(run)
    client, title = signed_in(teacher), task.assignment.title
    for levels in ((1, 1), (1, 1), (0, 0), (1, 0)):
        marked(enrolled(run), task, levels=levels)
    assert cells(page_of(client, address(run)), title)[:2] == ["alle 5", "ei näytetä"]
    marked(enrolled(run), task, "again", (0, 0))
    assert cells(page_of(client, address(run)), title)[:3] == ["5", "80 %", "80 %"]
    page = page_of(client, address(run, f"tilastot/tehtava/{task.assignment.code}/"))
    assert cells(page, "Kriteeri 1")[:3] == ["5", "0,6", "0,67"]


def test_a_mark_that_is_not_released_and_a_result_from_elsewhere_are_not_counted() -> None:
    run, teacher = run_of(None)
    task = assigned(run)
    works = [marked(enrolled(run), task) for _each in range(6)]
    Mark.objects.filter(submission=works[0]).update(released_at=None)
    Mark.objects.filter(submission=works[1]).update(part=Mark.Part.ELSEWHERE)
    assert cells(page_of(signed_in(teacher), address(run)), task.assignment.title)[0] == "alle 5"


def test_nothing_smaller_than_five_is_left_when_a_run_is_taken_from_all_runs() -> None:
    run, teacher = run_of(None)
    small, _teacher = run_of(run.course, teacher)
    large, _teacher = run_of(run.course, teacher)
    foreign, _other = run_of(run.course)
    quiz_on(run, small, large, foreign)
    for each, number in ((run, 5), (small, 4), (large, 6), (foreign, 7)):
        for _learner in range(number):
            answered(each, 2, 0)
    client, every = signed_in(teacher), "?toteutukset=kaikki"
    assert cells(page_of(client, address(run)), "Visa")[0] == "5"
    assert cells(page_of(client, address(small)), "Visa")[0] == "alle 5"
    # Without the small one, whose figures would be the difference, and without the run of somebody else.
    assert cells(page_of(client, address(run) + every), "Visa")[0] == "11"
    detail = page_of(client, address(run, "tilastot/visa/visa/") + every)
    assert cells(detail, "single")[1] == "11"
    rows = exported(client, address(run, "tilastot/luvut.csv") + every)
    assert {row[2] for row in rows[1:]} == {"11"}


def test_the_table_of_all_figures_tells_what_the_pages_tell() -> None:
    run, teacher = run_of(None)
    quiz_on(run)
    for _each in range(4):
        answered(run, 2, 0)
    task = assigned(run, title="=1+1")
    for _each in range(5):
        marked(enrolled(run), task, levels=(1, 1))
    rows = exported(signed_in(teacher), address(run, "tilastot/luvut.csv"))
    assert ["Visa", "", "alle 5", "", ""] in rows
    assert not [row for row in rows if row[0] == "Visa" and row[2] != "alle 5"]
    # A title is no formula.
    assert ["'=1+1", "", "5", "Hyväksytty, %", "100"] in rows


def test_runs_are_compared_among_those_that_one_teaches_without_small_groups() -> None:
    run, teacher = run_of(None)
    small, _teacher = run_of(run.course, teacher)
    foreign, _other = run_of(run.course)
    for _each in range(6):
        enrolled(run)
    for _each in range(4):
        enrolled(small)
    Enrolment.objects.filter(pk__in=list(Enrolment.objects.filter(run=run).values_list("pk", flat=True)[:3])).update(
        status="completed", completed_at=timezone.now()
    )
    page = page_of(signed_in(teacher), address(run, "vertailu/"))
    assert cells(page, run.code)[:3] == ["6", "50 %", "ei näytetä"]
    assert cells(page, small.code) == ["alle 5", *["ei näytetä"] * 5]
    assert foreign.code not in words(page.main)


@pytest.mark.parametrize("part", ["tilastot/", "tilastot/visa/visa/", "vertailu/"])
def test_statistics_ask_as_little_for_twelve_learners_as_for_six(part: str) -> None:
    run, teacher = run_of(None)
    quiz_on(run)
    client = signed_in(teacher)

    def asked() -> int:
        client.get(address(run, part))
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address(run, part)).status_code == 200
        return len(queries)

    for _each in range(6):
        answered(run, 2, 0)
    few = asked()
    for _each in range(6):
        answered(run, 0, 2)
    assert asked() <= few <= 20
