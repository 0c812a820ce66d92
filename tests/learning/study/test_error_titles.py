"""A page that tells of something to mend says so first in its title, whichever room its form is in."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.test import Client
from django.urls import reverse

from accounts.models import User
from learning.courses.models import CourseRun
from learning.study.models import Enrolment, PeerReview, RunAssignment, Submission
from learning.study.reviewing.arranging import work_came
from tests.learning.study.factories import enrolled, make_run, make_teacher
from tests.learning.study.handing_in import assigned, handed_in
from tests.learning.study.questions.asking import asked
from tests.learning.study.visiting import signed_in

pytestmark = pytest.mark.django_db


class Room(NamedTuple):
    """A run with two learners who have handed in a work each, and its teacher."""

    run: CourseRun
    task: RunAssignment
    learner: Enrolment
    work: Submission
    teacher: User

    def of_task(self, name: str) -> str:
        return reverse(f"study:{name}", args=[self.run.code, self.task.assignment.code])

    def desk(self, name: str, *more: object) -> str:
        return reverse(name, args=[self.run.code, *more])


@pytest.fixture
def room() -> Room:
    run = make_run()
    task = assigned(run, peers="anonymous", kind="either")
    people = [enrolled(run), enrolled(run)]
    works = [handed_in(each, task) for each in people]
    work_came(works[1])
    return Room(run, task, people[0], works[0], make_teacher(run))


def given(room: Room) -> str:
    review = PeerReview.objects.get(reviewer=room.learner)
    return reverse("study:review", args=[review.public_id])


Act = tuple[Callable[[Room], str], dict[str, Any]]
LEARNERS: dict[str, Act] = {
    "question": (lambda room: reverse("study:ask", args=[room.run.code]), {}),
    "answer": (lambda room: _question(room), {}),
    "review": (given, {}),
}
TEACHERS: dict[str, Act] = {
    "mark": (lambda room: room.desk("run_mark", room.work.public_id), {"act": "give"}),
    "remark": (lambda room: room.desk("run_remarks", room.work.public_id), {}),
    "letter": (lambda room: room.desk("run_message"), {"send": "1"}),
    "results": (lambda room: room.desk("run_import"), {}),
    "extra time": (lambda room: room.desk("run_extend", room.learner.public_id), {"days": "-1"}),
    "review": (lambda room: room.desk("run_review_work", room.work.public_id), {"act": "write"}),
}


def _question(room: Room) -> str:
    return reverse("study:question", args=[room.run.code, asked(room.teacher, room.run).public_id])


def title_of(html: bytes) -> str:
    title = BeautifulSoup(html, "html.parser").select_one("head > title")
    assert title is not None
    return " ".join(title.text.split())


def told(client: Client, path: str, data: dict[str, Any]) -> str:
    # A browser always sends something, as the token is in the form.
    answer = client.post(path, {"csrfmiddlewaretoken": "x", **data})
    assert answer.status_code == 422, (answer.status_code, answer.headers)
    return title_of(answer.content)


@pytest.mark.parametrize("name", LEARNERS)
def test_a_refused_form_of_a_learner_is_told_first_in_the_title(room: Room, name: str) -> None:
    address, data = LEARNERS[name]
    client = signed_in(room.learner.learner)
    assert told(client, address(room), data).startswith("Virhe: ")
    assert not title_of(client.get(address(room)).content).startswith("Virhe")


@pytest.mark.parametrize("name", TEACHERS)
def test_a_refused_form_of_a_teacher_is_told_first_in_the_title(room: Room, name: str) -> None:
    address, data = TEACHERS[name]
    assert told(signed_in(room.teacher), address(room), data).startswith("Virhe: ")


@pytest.mark.parametrize(("prefix", "word"), [("", "Virhe"), ("/sv", "Fel"), ("/en", "Error")])
def test_the_title_says_it_in_the_language_of_the_page(room: Room, prefix: str, word: str) -> None:
    address = prefix + reverse("study:ask", args=[room.run.code])
    assert told(signed_in(room.learner.learner), address, {}).startswith(f"{word}: ")


def test_no_page_has_a_rule_of_its_own() -> None:
    templates = Path(settings.ROOT, "templates").rglob("*.html")
    assert not [path for path in templates if '{% translate "Error' in path.read_text("utf-8")]
