"""Calendar files."""

import datetime
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import pytest
from django.test import Client
from django.utils import timezone

from network.events.models import Event, EventPage
from tests.factories.pages import event, event_page, translated

pytestmark = pytest.mark.django_db
HELSINKI = ZoneInfo("Europe/Helsinki")
FEED = "/tapahtumat.ics"


def local(text: str) -> datetime.datetime:
    return datetime.datetime.fromisoformat(text).replace(tzinfo=HELSINKI)


def read(client: Client, url: str) -> Any:
    response = client.get(url)
    assert response.status_code == 200
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    return icalendar.Calendar.from_ical(response.content)


def entries(client: Client, about: Event, prefix: str = "") -> list[Any]:
    return read(client, f"{prefix}/kalenteri/{about.public_id}.ics").events


def announced(*times: tuple[str, str], **fields: Any) -> tuple[Event, EventPage]:
    about = event([(local(starts), local(ends)) for starts, ends in times], **fields)
    return about, event_page(about, title="Foorumi", lead="Tule; mukaan, kaikki")


def test_one_entry_for_each_session_with_an_id_of_its_own(client: Client) -> None:
    about, page = announced(("2027-03-12 13:00", "2027-03-12 15:00"), ("2027-03-20 13:00", "2027-03-20 15:00"))
    found = entries(client, about)
    assert [each["uid"] for each in found] == [f"{each.public_id}@osaamisverkosto" for each in about.sessions.all()]
    assert {str(each["summary"]) for each in found} == {"Foorumi"}
    assert {str(each["url"]) for each in found} == {f"http://testserver{page.url}"}
    assert str(found[0]["description"]).startswith("Tule; mukaan, kaikki")


def test_times_stay_right_over_the_change_to_summer_time(client: Client) -> None:
    # Clocks go forward on Sunday 28 March 2027 at 3.00.
    about, _page = announced(
        ("2027-03-27 13:00", "2027-03-27 15:00"),
        ("2027-03-28 02:30", "2027-03-28 04:30"),
        ("2027-03-31 13:00", "2027-03-31 15:00"),
    )
    calendar = read(client, f"/kalenteri/{about.public_id}.ics")
    starts = [each.start for each in calendar.events]
    assert [each.strftime("%d.%m. %H:%M") for each in starts] == ["27.03. 13:00", "28.03. 02:30", "31.03. 13:00"]
    assert [each.astimezone(datetime.UTC).hour for each in starts] == [11, 0, 10]
    assert calendar.events[0].end - calendar.events[0].start == datetime.timedelta(hours=2)
    assert calendar.events[1].end.astimezone(datetime.UTC).hour == 1


@pytest.mark.parametrize("year", [2021, 2024, 2026, 2027, 2037])
def test_the_zone_of_the_file_changes_when_the_clocks_do(client: Client, year: int) -> None:
    [zone] = read(client, FEED).timezones
    assert zone.tz_name == "Europe/Helsinki"
    for part, month in (("DAYLIGHT", 3), ("STANDARD", 10)):
        [rules] = [each for each in zone.subcomponents if each.name == part]
        assert rules["rrule"].to_ical().decode() == f"FREQ=YEARLY;BYDAY=-1SU;BYMONTH={month}"
        last = datetime.date(year, month, 31)
        sunday = last - datetime.timedelta(days=last.isoweekday() % 7)
        # The onset is told in the time that it ends.
        onset = datetime.datetime.combine(sunday, rules["dtstart"].dt.time())
        moment = (onset - rules["tzoffsetfrom"].td).replace(tzinfo=datetime.UTC)
        second = datetime.timedelta(seconds=1)
        assert (moment - second).astimezone(HELSINKI).utcoffset() == rules["tzoffsetfrom"].td
        assert moment.astimezone(HELSINKI).utcoffset() == rules["tzoffsetto"].td


@pytest.mark.parametrize(
    ("status", "told"), [("planned", "TENTATIVE"), ("confirmed", "CONFIRMED"), ("cancelled", "CANCELLED")]
)
def test_the_status_is_told(client: Client, status: str, told: str) -> None:
    about, _page = announced(("2027-03-12 13:00", "2027-03-12 15:00"), status=status)
    assert entries(client, about)[0]["status"] == told


def test_a_change_is_newer_than_what_was_fetched_before(client: Client) -> None:
    about, _page = announced(("2027-03-12 13:00", "2027-03-12 15:00"))
    before = entries(client, about)[0]
    changed = Event.objects.get(pk=about.pk)
    changed.sessions.update(starts=local("2027-03-13 13:00"), ends=local("2027-03-13 15:00"))
    changed.save()
    after = entries(client, about)[0]
    assert after["uid"] == before["uid"]
    assert after["sequence"] > before["sequence"]
    assert after["last-modified"].dt >= before["last-modified"].dt
    assert after.start.day == 13


@pytest.mark.parametrize("precision", ["month", "season"])
def test_a_vague_date_makes_no_calendar_entry(client: Client, precision: str) -> None:
    about = event(date_precision=precision)
    event_page(about)
    assert client.get(f"/kalenteri/{about.public_id}.ics").status_code == 404
    assert read(client, FEED).events == []


def test_an_event_without_a_live_page_has_no_file(client: Client) -> None:
    about = event()
    event_page(about, live=False)
    assert client.get(f"/kalenteri/{about.public_id}.ics").status_code == 404


def test_the_file_is_in_the_language_of_its_address(client: Client) -> None:
    about, page = announced(("2027-03-12 13:00", "2027-03-12 15:00"))
    translated(page, "sv", title="Forum", slug="forum")
    assert str(entries(client, about)[0]["summary"]) == "Foorumi"
    assert str(entries(client, about, "/sv")[0]["summary"]) == "Forum"


def test_the_feed_has_coming_events_and_keeps_cancelled_ones(client: Client) -> None:
    now = timezone.now()
    hour = datetime.timedelta(hours=1)
    event_page(event([(now - 3 * hour, now - 2 * hour)]), title="Ohi")
    event_page(event(status=Event.Status.CANCELLED), title="Peruttu")
    event_page(event(), title="Tulossa")
    found = {str(each["summary"]): str(each["status"]) for each in read(client, FEED).events}
    assert found == {"Peruttu": "CANCELLED", "Tulossa": "CONFIRMED"}


def test_an_empty_feed_is_a_calendar(client: Client) -> None:
    assert read(client, FEED).events == []


def test_only_reading_is_allowed(client: Client) -> None:
    assert client.post(FEED).status_code == 405
