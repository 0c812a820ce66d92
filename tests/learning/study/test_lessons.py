"""A lesson as its learner reads it: the same text as everybody's, and what is theirs around it."""

import datetime
import re
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from learning.study.models import Enrolment, LessonProgress
from learning.study.models.enrolments import Status
from tests.learning.factories import ask, make_question
from tests.learning.study.factories import make_person, make_quiz, make_teacher
from tests.learning.study.studying import Study, begin

pytestmark = pytest.mark.django_db


@pytest.fixture
def study() -> Study:
    return begin()


def progress(study: Study, at: int = 0) -> LessonProgress:
    return LessonProgress.objects.get(enrolment=study.enrolment, lesson=study.lessons[at])


def test_the_lesson_is_the_same_text_as_everybody_reads(study: Study, client: Client) -> None:
    def text(html: str) -> str:
        return " ".join(re.sub(r"<[^>]+>", " ", html).split())

    public = " ".join(client.get(study.lessons[0].url).content.decode().replace("\N{SOFT HYPHEN}", "").split())
    own = study.html(study.address("lesson"))
    for passage in ("Alku.", '<h2 id="lahteet">Lähteet</h2> <p>Arvioinnit ja palautteet.</p>', "Kaksi lukijaa."):
        assert text(passage) in text(public)
        assert text(passage) in text(own)


def test_headings_of_a_finnish_lesson_are_marked_as_finnish_on_a_swedish_page(study: Study) -> None:
    html = study.html(f"/sv{study.address('lesson')}")
    assert '<ol lang="fi"><li><a href="#lahteet">' in html
    assert '<span class="hidden" lang="fi">: Lähteet</span>' in html


def test_opening_it_is_noticed(study: Study) -> None:
    study.html(study.address("lesson"))
    assert progress(study).done_at is None
    study.enrolment.refresh_from_db()
    assert study.enrolment.seen_at is not None


def test_marking_it_as_read_leads_on_and_can_be_taken_back(study: Study) -> None:
    study.html(study.address("lesson"))
    response = study.client.post(study.address("done"))
    assert response["Location"] == study.address("lesson", 1)
    assert progress(study).done_at is not None
    html = study.html(study.address("lesson"))
    assert 'name="done" value="0"' in html
    response = study.client.post(study.address("done"), {"done": "0"})
    assert response["Location"] == study.address("lesson")
    assert progress(study).done_at is None


def test_marking_it_twice_keeps_the_first_time(study: Study) -> None:
    study.client.post(study.address("done"))
    first = progress(study).done_at
    study.client.post(study.address("done"))
    assert progress(study).done_at == first


@pytest.mark.parametrize(
    ("at", "expected"),
    [("-PT10M", "kept"), ("+P2D", "now"), ("-P900D", "opened"), ("eilen", "now"), ("2026-11-22T12:00", "now")],
)
def test_what_was_marked_without_a_connection_has_its_own_time_within_reason(
    study: Study, at: str, expected: str
) -> None:
    now = timezone.now()
    opened = now - datetime.timedelta(hours=1)
    row = LessonProgress.objects.create(enrolment=study.enrolment, lesson=study.lessons[0], seen_at=opened)
    LessonProgress.objects.filter(pk=row.pk).update(opened_at=opened)
    spans = {"-PT10M": -datetime.timedelta(minutes=10), "+P2D": datetime.timedelta(days=2)}
    spans["-P900D"] = -datetime.timedelta(days=900)
    sent = (now + spans[at]).isoformat() if at in spans else at
    study.client.post(study.address("done"), {"at": sent}, headers={"accept": "application/json"})
    done = progress(study).done_at
    assert done is not None
    known = {"kept": now - datetime.timedelta(minutes=10), "opened": opened}
    assert done == known[expected] if expected in known else done >= now


def test_a_script_is_told_where_to_go(study: Study) -> None:
    response = study.client.post(study.address("done"), headers={"accept": "application/json"})
    assert response.json() == {"done": True, "next": study.address("lesson", 1)}


def test_after_the_last_lesson_of_a_module_comes_its_quiz(study: Study) -> None:
    module = study.lessons[1].get_parent().specific
    quiz = make_quiz(study.run, module=module)
    response = study.client.post(study.address("done", 1))
    assert response["Location"] == f"{study.home}visa/{quiz.quiz.code}/"


def test_after_the_last_of_all_the_way_leads_back_to_the_run(study: Study) -> None:
    assert study.client.post(study.address("done", 3))["Location"] == study.home


def test_marking_the_last_one_completes_the_run(study: Study) -> None:
    for at in range(4):
        study.client.post(study.address("done", at))
    study.enrolment.refresh_from_db()
    assert study.enrolment.status == Status.COMPLETED


def test_the_place_is_remembered_and_offered_at_the_next_visit(study: Study) -> None:
    study.html(study.address("lesson"))
    assert study.client.post(study.address("place"), {"place": "rinnakkain"}).status_code == 204
    html = study.html(study.address("lesson"))
    assert '<a href="#rinnakkain">' in html


@pytest.mark.parametrize("place", ["<script>", "a" * 101, "kohta 1"])
def test_what_is_no_place_is_not_remembered(study: Study, place: str) -> None:
    study.html(study.address("lesson"))
    study.client.post(study.address("place"), {"place": place})
    assert progress(study).place == ""


def test_a_question_is_answered_in_the_lesson_and_nothing_of_the_answer_is_kept(study: Study) -> None:
    ask(study.lessons[0], make_question("single"))
    address = study.address("lesson")
    assert 'action="#single"' in study.html(address)
    assert "quiz__answer" in study.html(f"{address}?kysymys=single&v=1&a=1")
    assert "quiz__answer" not in study.html(address)


def test_it_is_kept_by_no_cache(study: Study) -> None:
    response = study.client.get(study.address("lesson"))
    assert response["Cache-Control"] == "private, no-store"
    assert response["X-Robots-Tag"] == "noindex"


def test_the_text_that_is_shared_holds_nothing_of_its_first_reader(study: Study) -> None:
    study.html(study.address("lesson"))
    other = Client()
    person = make_person("toinen")
    Enrolment.objects.create(learner=person, run=study.run, status=Status.ACTIVE)
    other.force_login(person)
    html = other.get(study.address("lesson")).content.decode()
    assert str(study.learner) not in html
    assert study.learner.email not in html


def test_strangers_sign_in_first_and_others_enrol_first(study: Study, client: Client) -> None:
    address = study.address("lesson")
    assert client.get(address)["Location"] == f"/tili/login/?next={address}"
    client.force_login(make_person("toinen"))
    assert client.get(address)["Location"] == f"{study.home}ilmoittaudu/"


@pytest.mark.parametrize("name", ["done", "place", "note_add"])
def test_what_is_sent_signed_out_waits_for_signing_in(study: Study, client: Client, name: str) -> None:
    response = client.post(study.address(name), {"text": "x"}, headers={"accept": "application/json"})
    assert response.status_code == 401
    back = study.home if name == "place" else study.address("lesson")
    assert client.post(study.address(name))["Location"] == f"/tili/login/?next={back}"
    assert not LessonProgress.objects.exists()


@pytest.mark.parametrize("name", ["done", "place", "note_add"])
def test_a_form_is_sent_not_visited(study: Study, name: str) -> None:
    assert study.client.get(study.address(name)).status_code == 405


def test_a_teacher_who_previews_leaves_no_trace(study: Study, client: Client) -> None:
    client.force_login(make_teacher(study.run))
    html = client.get(study.address("lesson")).content.decode()
    assert "data-margin" not in html
    assert client.post(study.address("done")).status_code == 404
    assert not LessonProgress.objects.exists()


def test_a_lesson_of_another_course_is_not_found(study: Study) -> None:
    other = begin_another()
    assert study.client.get(f"{study.home}oppitunti/{other}/").status_code == 404


def begin_another() -> int:
    from learning.courses.models import LessonPage
    from tests.learning.factories import make_course

    page = make_course(code="toinen")
    return int(LessonPage.objects.descendant_of(page).get().pk)


def test_a_lesson_taken_off_is_not_found_and_harms_no_other(study: Study) -> None:
    study.client.post(study.address("done", 0))
    study.lessons[0].unpublish()
    assert study.client.get(study.address("lesson", 0)).status_code == 404
    assert study.client.get(study.home).status_code == 200


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("modules", [1, 6])
def test_however_long_the_course_a_lesson_asks_as_little(modules: int, django_assert_max_num_queries: Any) -> None:
    study = begin(modules, 3)
    for at in range(0, len(study.lessons), 2):
        study.client.post(study.address("done", at))
    for at in range(3 * modules):
        study.client.post(study.address("note_add"), {"text": f"Muistiinpano {at}", "place": "lahteet"})
    study.client.get(study.address("lesson"))
    with django_assert_max_num_queries(20):
        study.client.get(study.address("lesson"))
