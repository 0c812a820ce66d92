"""The pages by which one enrols, withdraws and answers: every state, every visitor, and forms sent wrongly."""

import datetime
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from learning.courses.models import CourseRun
from learning.study.models import Enrolment, EnrolmentEvent
from learning.study.models.enrolments import Status
from learning.study.services.enrolling import withdraw
from tests.admin.conftest import make_user
from tests.learning.study.factories import enrolled, make_person, make_quiz, make_run, make_teacher
from tests.learning.study.visiting import signed_in

pytestmark = pytest.mark.django_db


def page_of(run: CourseRun, part: str = "ilmoittaudu") -> str:
    return f"/opinnot/{run.code}/{part}/"


def text_of(client: Client, run: CourseRun, part: str = "ilmoittaudu") -> str:
    response = client.get(page_of(run, part))
    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]
    return response.content.decode()


def test_a_stranger_reads_what_it_takes_and_is_led_to_signing_in() -> None:
    run = make_run(seats=4)
    make_quiz(run, due=timezone.now() + datetime.timedelta(days=9))
    teacher = make_teacher(run, "Tuula")
    text = text_of(Client(), run)
    assert "4 paikkaa jäljellä" in text
    assert "75 prosenttia pisteistä" in text
    assert teacher.get_full_name() in text
    assert f"/tili/login/?next={page_of(run)}" in text
    assert '<form method="post"' not in text.split("<main")[1].split("</main")[0]


def test_a_stranger_who_posts_is_asked_to_sign_in() -> None:
    run = make_run()
    response = Client().post(page_of(run))
    assert (response.status_code, response["Location"]) == (302, f"/tili/login/?next={page_of(run)}")
    assert not Enrolment.objects.exists()


def test_pressing_enrol_twice_is_enrolling_once() -> None:
    run, client = make_run(), signed_in(make_person())
    for _twice in range(2):
        response = client.post(page_of(run))
        assert (response.status_code, response["Location"]) == (302, f"/opinnot/{run.code}/")
    assert EnrolmentEvent.objects.count() == 1
    assert client.get(f"/opinnot/{run.code}/").content.decode().count("Olet ilmoittautunut. Tervetuloa!") == 1


def test_who_comes_to_a_full_group_is_told_the_place() -> None:
    run = make_run(seats=1)
    enrolled(run), enrolled(run)
    client = signed_in(make_person())
    assert "Ryhmä on täynnä, ja paikkaa odottaa 1 henkilö." in text_of(client, run)
    full = make_run(seats=1)
    enrolled(full)
    assert "Ryhmä on täynnä, mutta jonossa ei ole ketään. Voit liittyä jonoon." in text_of(client, full)
    text = client.post(page_of(run), follow=True).content.decode()
    assert "Ryhmä on täynnä. Olet jonossa sijalla 2." in text


@pytest.mark.parametrize(
    ("status", "sentence"),
    [
        ("active", "Olet ilmoittautunut tälle toteutukselle."),
        ("completed", "Olet suorittanut tämän toteutuksen."),
        ("applied", "Hakemuksesi odottaa opettajan vastausta."),
        ("waiting", "Olet jonossa sijalla 1."),
        ("offered", "Paikka on varattu sinulle"),
        ("lapsed", "siirtyi seuraavalle"),
        ("withdrawn", "Olet perunut ilmoittautumisesi"),
        ("refused", "Hakemustasi tälle toteutukselle ei hyväksytty."),
    ],
)
def test_each_state_has_its_words(status: str, sentence: str) -> None:
    run = make_run(seats=1)
    enrolment = enrolled(run)
    now = timezone.now()
    Enrolment.objects.update(
        status=status, queued_at=now, offer_ends=now + datetime.timedelta(days=1), completed_at=now
    )
    assert sentence in text_of(signed_in(enrolment.learner), run)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"admission": "outside"}, "oppilaitos"),
        ({"ends": timezone.localdate() - datetime.timedelta(days=1)}, "Toteutus on päättynyt."),
        ({"admission": "members"}, "eikä tilisi tiedoissa ole organisaatiota"),
    ],
)
def test_why_one_cannot_enrol_is_told_and_a_forged_form_is_refused(fields: dict[str, Any], sentence: str) -> None:
    run, client = make_run(**fields), signed_in(make_person())
    assert sentence in text_of(client, run)
    response = client.post(page_of(run))
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert not Enrolment.objects.exists()


def test_a_run_that_does_not_exist_is_not_found() -> None:
    client = signed_in(make_person())
    for part in ("ilmoittaudu", "peru", "vastaa"):
        assert client.get(f"/opinnot/keksitty/{part}/").status_code == 404
        assert client.post(f"/opinnot/keksitty/{part}/").status_code == 404


def test_a_wrong_code_is_told_and_keeps_what_was_typed() -> None:
    run, client = make_run(admission="code", enrolment_code="kevät"), signed_in(make_person())
    response = client.post(page_of(run), {"code": "syksy"})
    assert response.status_code == 422
    text = response.content.decode()
    assert "Tämä ei ole toteutuksen ilmoittautumiskoodi." in text and 'value="syksy"' in text
    assert client.post(page_of(run), {"code": "Kevät"}).status_code == 302


def test_guessing_codes_is_limited_even_when_the_right_one_comes_last() -> None:
    run, person = make_run(admission="code", enrolment_code="kevät"), make_person()
    client = signed_in(person)
    for number in range(10):
        client.post(page_of(run), {"code": f"arvaus{number}"})
    assert "Liian monta väärää koodia." in client.post(page_of(run), {"code": "kevät"}).content.decode()
    assert not Enrolment.objects.exists()
    # Others of the same house are not kept out.
    assert signed_in(make_person()).post(page_of(run), {"code": "kevät"}).status_code == 302
    cache.clear()
    assert client.post(page_of(run), {"code": "kevät"}).status_code == 302


def test_withdrawing_is_asked_first_and_all_is_kept() -> None:
    run = make_run()
    enrolment = enrolled(run)
    client = signed_in(enrolment.learner)
    assert "Kaikki tekemäsi säilyy" in text_of(client, run, "peru")
    enrolment.refresh_from_db()
    assert enrolment.status == Status.ACTIVE
    text = client.post(page_of(run, "peru"), follow=True).content.decode()
    assert "Olet perunut ilmoittautumisesi" in text and "Palaa toteutukselle" in text
    # The page before, sent again with the back button.
    assert client.post(page_of(run, "peru")).status_code == 302
    assert client.post(page_of(run))["Location"] == f"/opinnot/{run.code}/"
    enrolment.refresh_from_db()
    assert enrolment.status == Status.ACTIVE


def test_an_offered_seat_is_answered_on_its_page() -> None:
    run = make_run(seats=1)
    first, second, third = enrolled(run), enrolled(run), enrolled(run)
    withdraw(enrolment=first, by=first.learner)
    client = signed_in(second.learner)
    assert "Ota paikka vastaan" in text_of(client, run, "vastaa")
    # Neither answer: asked again.
    assert client.post(page_of(run, "vastaa"), {"answer": "ehkä"}).status_code == 200
    assert client.post(page_of(run, "vastaa"), {"answer": "decline"})["Location"] == page_of(run)
    text = client.post(page_of(run, "vastaa"), {"answer": "accept"}, follow=True).content.decode()
    assert "Vastausaika on päättynyt" in text
    other = signed_in(third.learner)
    assert other.post(page_of(run, "vastaa"), {"answer": "accept"})["Location"] == f"/opinnot/{run.code}/"
    assert other.get(page_of(run, "vastaa"))["Location"] == page_of(run)


@pytest.mark.parametrize("part", ["peru", "vastaa"])
def test_others_can_do_nothing_about_a_place_that_is_not_theirs(part: str) -> None:
    run = make_run(seats=1)
    enrolment = enrolled(run)
    people = [make_person(), make_teacher(run), make_teacher(make_run()), make_user(None, "muu")]
    for person in people:
        client = signed_in(person)
        assert client.get(page_of(run, part))["Location"] == page_of(run)
        assert client.post(page_of(run, part), {"answer": "accept"}).status_code == 302
    assert Client().post(page_of(run, part))["Location"].startswith("/tili/login/")
    enrolment.refresh_from_db()
    assert enrolment.status == Status.ACTIVE


def test_other_methods_are_refused() -> None:
    run, client = make_run(), signed_in(make_person())
    for part in ("ilmoittaudu", "peru", "vastaa"):
        assert client.put(page_of(run, part)).status_code == 405


def test_a_form_from_elsewhere_enrols_nobody() -> None:
    run, person = make_run(), make_person()
    client = Client(enforce_csrf_checks=True)
    client.force_login(person)
    assert client.post(page_of(run)).status_code == 403
    assert not Enrolment.objects.exists()


def test_the_page_asks_as_little_with_many_quizzes_and_a_long_queue() -> None:
    run = make_run(seats=1)
    make_quiz(run)
    enrolled(run), enrolled(run)
    client = signed_in(make_person())
    client.get(page_of(run))

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get(page_of(run))
        return len(queries)

    few = asked()
    for _each in range(11):
        make_quiz(run)
        enrolled(run)
    assert asked() <= few <= 20
