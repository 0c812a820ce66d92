"""The calendar feed: secret, told once, renewed and revoked; every due date at its right moment."""

import datetime
from typing import Any

import icalendar
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from common.limits import Limit
from learning.study.models import CalendarKey, Enrolment
from learning.study.models.enrolments import Status
from learning.study.services.calendar import renew_calendar_key
from learning.study.views import calendar as views
from tests.learning.study.factories import make_person, make_quiz, make_run
from tests.learning.study.studying import Study, begin

pytestmark = pytest.mark.django_db
ADDRESS = "/oma/kalenteri/"


@pytest.fixture
def study() -> Study:
    return begin(1, 1, ends=None)


def feed(study: Study) -> str:
    return reverse("home:calendar", args=[renew_calendar_key(learner=study.learner)])


def events(client: Client, path: str) -> dict[str, Any]:
    response = client.get(path)
    assert response.status_code == 200
    return {str(each["summary"]): each for each in icalendar.Calendar.from_ical(response.content).walk("VEVENT")}


def test_the_address_is_told_once_and_only_its_digest_is_kept(study: Study) -> None:
    html = study.client.post(ADDRESS, {"act": "renew"}).content.decode()
    told = html.split('readonly value="')[1].split('"')[0]
    secret = told.rsplit("/", 1)[1].removesuffix(".ics")
    assert len(secret) == 32
    assert secret not in str(CalendarKey.objects.values().get())
    assert secret not in study.html(ADDRESS)
    assert Client().get(told.removeprefix("http://testserver").split("8000")[-1]).status_code == 200


def test_a_new_address_ends_the_old_one_and_a_revoked_one_opens_nothing(study: Study, client: Client) -> None:
    old, new = feed(study), feed(study)
    assert client.get(old).status_code == 404
    assert client.get(new).status_code == 200
    study.client.post(ADDRESS, {"act": "revoke"})
    assert client.get(new).status_code == 404
    assert not CalendarKey.objects.exists()


def test_the_feed_needs_no_session_and_opens_none(study: Study, client: Client) -> None:
    response = client.get(feed(study))
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert response["Cache-Control"] == "private, no-store"
    assert response["X-Robots-Tag"] == "noindex"
    assert not response.cookies


@pytest.mark.parametrize(
    ("due", "days", "moment"),
    [
        ("2026-10-25T23:59:00+02:00", 0, "20261025T215900Z"),
        ("2026-10-24T23:59:00+03:00", 0, "20261024T205900Z"),
        # Moved over the night when the clocks go back: still 23.59.
        ("2026-10-24T23:59:00+03:00", 2, "20261026T215900Z"),
        ("2027-03-27T23:59:00+02:00", 2, "20270329T205900Z"),
    ],
)
def test_due_dates_are_at_their_moment_on_both_sides_of_the_change_of_clocks(
    study: Study, client: Client, due: str, days: int, moment: str
) -> None:
    quiz = make_quiz(study.run, due=datetime.datetime.fromisoformat(due))
    Enrolment.objects.update(extra_days=days)
    [(title, event)] = events(client, feed(study)).items()
    assert quiz.quiz.title in title
    assert event["dtstart"].to_ical().decode() == moment
    assert event["url"].endswith(f"/opinnot/{study.run.code}/visa/{quiz.quiz.code}/")


def test_a_moved_due_date_keeps_its_id(study: Study, client: Client) -> None:
    quiz = make_quiz(study.run, due=timezone.now() + datetime.timedelta(days=2))
    path = feed(study)
    [before] = events(client, path).values()
    quiz.due = timezone.now() + datetime.timedelta(days=9)
    quiz.save()
    [after] = events(client, path).values()
    assert before["uid"] == after["uid"]
    assert before["dtstart"].dt != after["dtstart"].dt


def test_the_end_of_the_run_and_an_offered_seat_are_there_too(client: Client) -> None:
    study = begin(1, 1)
    offered = make_run()
    until = timezone.now() + datetime.timedelta(hours=5)
    Enrolment.objects.create(learner=study.learner, run=offered, status=Status.OFFERED, offer_ends=until)
    assert len(events(client, feed(study))) == 2


@pytest.mark.parametrize("status", [Status.WITHDRAWN, Status.COMPLETED, Status.WAITING])
def test_who_does_not_study_on_it_has_nothing_due(study: Study, client: Client, status: str) -> None:
    make_quiz(study.run, due=timezone.now() + datetime.timedelta(days=2))
    Enrolment.objects.update(status=status, completed_at=timezone.now(), queued_at=timezone.now())
    assert events(client, feed(study)) == {}


def test_an_account_that_is_closed_shows_nothing(study: Study, client: Client) -> None:
    path = feed(study)
    study.learner.is_active = False
    study.learner.save()
    assert client.get(path).status_code == 404


def test_one_address_may_not_guess_for_ever(study: Study, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "ASKING", Limit("guessing-calendars", most=2, seconds=3600))
    statuses = [client.get("/oma/kalenteri/arvaus.ics").status_code for _ in range(4)]
    assert statuses == [404, 404, 429, 429]


def test_the_address_is_made_by_its_owner_alone(client: Client) -> None:
    assert client.post(ADDRESS, {"act": "renew"}).status_code == 302
    assert not CalendarKey.objects.exists()
    client.force_login(make_person())
    client.get(ADDRESS)
    assert not CalendarKey.objects.exists()


def test_the_feed_speaks_the_language_of_its_address(study: Study, client: Client) -> None:
    make_quiz(study.run, due=timezone.now() + datetime.timedelta(days=2))
    assert any(title.startswith("Due: ") for title in events(client, f"/en{feed(study)}"))
