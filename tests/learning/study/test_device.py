"""What a device asks that keeps lessons: the worker, and who is signed in."""

import re
from typing import Any

import pytest
from django.test import Client

from learning.study.offline import person_mark
from learning.study.views import device
from tests.learning.study.factories import make_person
from tests.learning.study.studying import begin

pytestmark = pytest.mark.django_db
STATE = "/opinnot/laite/"


def test_a_stranger_is_nobody_and_gets_no_token(client: Client) -> None:
    response = client.get(STATE)
    assert response.json() == {"person": ""}
    assert not response.cookies
    assert response["Cache-Control"] == "private, no-store"


def test_a_person_is_known_by_a_mark_that_tells_nothing_of_them(client: Client) -> None:
    person = make_person()
    client.force_login(person)
    told = client.get(STATE).json()
    assert re.fullmatch("[0-9a-f]{24}", told["person"])
    assert told["person"] == person_mark(person) != person_mark(make_person())
    assert str(person.public_id).replace("-", "")[:8] not in told["person"]


def test_what_waited_is_sent_with_the_token_that_is_told() -> None:
    study = begin(1, 1)
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(study.learner)
    note = {"text": "Odotti", "place": ""}
    assert strict.post(study.address("note_add"), note).status_code == 403
    token = strict.get(STATE).json()["token"]
    assert strict.post(study.address("note_add"), note, headers={"x-csrftoken": token}).status_code == 302


def test_the_worker_is_asked_for_anew_each_time(client: Client) -> None:
    response = client.get("/sw.js")
    assert response["Content-Type"] == "text/javascript"
    assert response["Cache-Control"] == "no-cache"
    assert b"study-lessons" in response.content


def test_turned_off_the_worker_erases_and_leaves_and_no_page_asks_for_it(client: Client, settings: Any) -> None:
    settings.OFFLINE_LESSONS = False
    script = client.get("/sw.js").content.decode()
    assert "caches.delete" in script
    assert "unregister()" in script
    assert "fetch" not in script
    study = begin(1, 1)
    assert "data-worker" not in study.html(study.address("lesson"))


def test_the_worker_touches_lessons_and_files_alone() -> None:
    script = device._script("worker.js")
    [lesson] = re.findall(r"^const LESSON = /(.+)/;$", script, re.MULTILINE)
    pattern = re.compile(lesson.replace(r"\/", "/"))
    for path in ("/opinnot/k-1/oppitunti/7/", "/sv/opinnot/k-1/oppitunti/7/", "/en/opinnot/k/oppitunti/12/"):
        assert pattern.match(path)
    for path in (
        "/",
        "/oma/",
        "/opinnot/k-1/",
        "/opinnot/k-1/oppitunti/7/luettu/",
        "/opinnot/k-1/visa/v/",
        "/hallinta/",
    ):
        assert not pattern.match(path)


@pytest.mark.parametrize("language", ["", "/sv", "/en"])
def test_a_lesson_asks_for_a_worker_of_its_own_language(language: str) -> None:
    study = begin(1, 1)
    html = study.html(f"{language}{study.address('lesson')}")
    assert 'data-worker="/sw.js"' in html
    assert f'data-scope="{language}/opinnot/"' in html
