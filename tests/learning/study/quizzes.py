"""A run with a quiz of questions of every kind, its learner, and what their pages send."""

from typing import Any

from bs4 import BeautifulSoup, Tag
from django.test import Client

from learning.courses.models import Question, Quiz, QuizQuestion
from learning.study.attempts.services import begin
from learning.study.models import Attempt, Enrolment, RunQuiz
from tests.learning.factories import RIGHT, make_question
from tests.learning.study.factories import enrolled, make_run
from tests.learning.study.visiting import signed_in

KINDS = ("single", "multiple", "match", "fill")


def make_quiz(kinds: tuple[str, ...] = KINDS, run_fields: dict[str, Any] | None = None, **fields: Any) -> RunQuiz:
    """A required quiz of a run that asks for nothing else; each question gives two points."""
    run = make_run(requires_lessons=False, **(run_fields or {}))
    when = {name: fields.pop(name) for name in ("opens", "due") if name in fields}
    quiz = Quiz.objects.create(course=run.course, code=f"visa-{run.code}", title="Moduulin visa", **fields)
    for place, kind in enumerate(kinds):
        question = Question.objects.filter(code=kind).first() or make_question(kind).question
        QuizQuestion.objects.create(quiz=quiz, question=question, points=2, sort_order=place)
    return RunQuiz.objects.create(run=run, quiz=quiz, **when)


def begun(run_quiz: RunQuiz, enrolment: Enrolment | None = None) -> Attempt:
    return begin(enrolment=enrolment or enrolled(run_quiz.run), run_quiz=run_quiz)


def client_of(attempt: Attempt) -> Client:
    return signed_in(attempt.enrolment.learner)


def right_answers(attempt: Attempt) -> dict[str, list[str]]:
    """What the form sends when everything is answered right."""
    rows = attempt.answers.select_related("version__question").order_by("position")
    return {
        f"k{row.position}-{name}": values for row in rows for name, values in RIGHT[row.version.content["kind"]].items()
    }


def page_of(client: Client, path: str) -> BeautifulSoup:
    answer = client.get(path)
    assert answer.status_code == 200, answer
    return BeautifulSoup(answer.content, "html.parser")


def words(tag: Tag | BeautifulSoup | None) -> str:
    assert tag is not None
    return " ".join(tag.get_text(" ").split())
