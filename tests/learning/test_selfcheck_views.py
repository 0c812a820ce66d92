"""Questions answered on the page and in place: without script, without a session, stored nowhere."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from learning.courses.models import LessonPage, QuestionVersion
from tests.learning.factories import QUESTIONS, make_question

pytestmark = pytest.mark.django_db
RIGHT = {
    "single": "a=1", "truefalse": "a=1", "multiple": "a=0&a=2", "match": "a0=0&a1=1&a2=2",
    "order": "a0=0&a1=1&a2=2&a3=3", "fill": "a=hyvinvointialueille", "number": "a=2,5",
    "text": "a=sama+este+toistuu", "case": "a0=0&a1=2",
}  # fmt: skip
Lesson = Callable[..., LessonPage]


def fragment(lesson: LessonPage, code: str) -> str:
    return reverse("courses:selfcheck", args=[lesson.pk, code])


@pytest.mark.parametrize("kind", list(QUESTIONS))
def test_each_kind_is_answered_on_the_page(client: Client, lesson_with: Lesson, kind: str) -> None:
    lesson = lesson_with(kind)
    assert 'role="status"' not in client.get(lesson.url).content.decode()
    page = client.get(f"{lesson.url}?kysymys={kind}&v=1&{RIGHT[kind]}").content.decode()
    assert "quiz__answer--right" in page
    assert page.count('role="status"') == 1


@pytest.mark.parametrize("kind", list(QUESTIONS))
def test_each_kind_is_answered_in_place(client: Client, lesson_with: Lesson, kind: str) -> None:
    lesson = lesson_with(kind)
    answer = client.get(f"{fragment(lesson, kind)}?kysymys={kind}&v=1&{RIGHT[kind]}")
    text = answer.content.decode()
    assert "quiz__answer--right" in text
    assert "<form" not in text
    assert "<html" not in text


def test_an_answer_is_kept_out_of_caches_and_search_engines(client: Client, lesson_with: Lesson) -> None:
    lesson = lesson_with("single")
    query = "?kysymys=single&v=1&a=0"
    for address in (lesson.url + query, fragment(lesson, "single") + query):
        answer = client.get(address)
        assert {"private", "no-store"} <= set(answer["Cache-Control"].replace(" ", "").split(","))
        assert answer["X-Robots-Tag"] == "noindex"
        assert not answer.cookies
    assert "no-store" not in client.get(lesson.url).get("Cache-Control", "")


def test_an_answer_is_stored_nowhere(client: Client, lesson_with: Lesson, django_assert_num_queries: object) -> None:
    lesson = lesson_with("single")
    before = QuestionVersion.objects.count()
    client.get(f"{lesson.url}?kysymys=single&v=1&a=0")
    assert QuestionVersion.objects.count() == before
    assert "sessionid" not in client.cookies


@pytest.mark.parametrize("code", ["ei-ole", "x" * 300])
def test_a_question_that_the_lesson_does_not_have_is_not_found(client: Client, lesson_with: Lesson, code: str) -> None:
    lesson = lesson_with("single")
    make_question("fill", "muualla")
    assert client.get(fragment(lesson, code)).status_code == 404
    assert client.get(fragment(lesson, "muualla")).status_code == 404


def test_a_draft_lesson_shows_no_question(client: Client, lesson_with: Lesson) -> None:
    lesson = lesson_with("single")
    lesson.live = False
    lesson.save()
    assert client.get(fragment(lesson, "single")).status_code == 404


def test_a_question_is_read_and_not_posted(client: Client, lesson_with: Lesson) -> None:
    assert client.post(fragment(lesson_with("single"), "single")).status_code == 405


@pytest.mark.parametrize("sent", ["a=7", "a=-1", "a=" + "x" * 5000, "a=%3Cscript%3E", "", "a0=9&a1=9", "a=%E2%80%AE"])
@pytest.mark.parametrize("kind", list(QUESTIONS))
def test_what_cannot_be_read_is_told_kindly(client: Client, lesson_with: Lesson, kind: str, sent: str) -> None:
    lesson = lesson_with(kind)
    for address in (lesson.url, fragment(lesson, kind)):
        answer = client.get(f"{address}?kysymys={kind}&v=1&{sent}")
        assert answer.status_code == 200
        assert "<script>" not in answer.content.decode().split("<form")[-1].split("</form>")[0]


def test_an_answer_to_an_old_version_says_so(client: Client, lesson_with: Lesson) -> None:
    lesson = lesson_with("single")
    question = QuestionVersion.objects.get().question
    question.prompt = "Uusi kysymys?"
    question.save()
    page = client.get(f"{lesson.url}?kysymys=single&v=1&a=1").content.decode()
    assert "Kysymys: single?" in page
    assert f'href="{lesson.url}#single"' in page
    assert "Uusi kysymys?" in client.get(lesson.url).content.decode()
