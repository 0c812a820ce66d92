"""One event as a reader sees it."""

import datetime

import pytest
from django.test import Client
from django.utils import timezone

from network.events.models import Event, EventPage, EventSeries
from tests.factories.pages import event, event_page, organisation, organisation_page, translated

pytestmark = pytest.mark.django_db
NOW = timezone.now()
HOUR = datetime.timedelta(hours=1)
DAY = datetime.timedelta(days=1)
COMING = [(NOW + 5 * DAY, NOW + 5 * DAY + HOUR), (NOW + 9 * DAY, NOW + 9 * DAY + HOUR)]
OVER = [(NOW - 5 * DAY, NOW - 5 * DAY + HOUR)]
PROGRAMME = [("item", {"time": "13.00", "title": "Avaus", "speaker": "Kokemusasiantuntija"})]


def html(client: Client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()


def in_english(client: Client, page: EventPage) -> str:
    """The page with the interface in English, so that its sentences can be named here."""
    return html(client, translated(page, "en", slug=f"{page.slug}-en").url)


def test_every_session_is_told(client: Client) -> None:
    page = in_english(client, event_page(event(COMING)))
    assert page.count("<time ") == 2
    assert "choose one" not in page


def test_alternatives_say_that_one_is_enough(client: Client) -> None:
    page = in_english(client, event_page(event(COMING, sessions_are_alternatives=True)))
    assert "Same content on every date: choose one." in page


def test_a_provisional_programme_says_so_until_it_is_over(client: Client) -> None:
    provisional = {"programme_status": Event.ProgrammeStatus.PROVISIONAL}
    assert "may still change" in in_english(client, event_page(event(COMING, **provisional), programme=PROGRAMME))
    assert "may still change" not in in_english(client, event_page(event(OVER, **provisional), programme=PROGRAMME))


def test_the_programme_is_a_table_with_headers(client: Client) -> None:
    page = html(client, event_page(event(COMING), programme=PROGRAMME).url)
    assert '<th scope="row">13.00</th>' in page
    assert "Kokemusasiantuntija" in page


def test_a_cancelled_event_says_so(client: Client) -> None:
    page = in_english(client, event_page(event(COMING, status=Event.Status.CANCELLED)))
    assert "The event is cancelled." in page


def test_a_past_event_offers_no_calendar_file(client: Client) -> None:
    over, coming = event(OVER), event(COMING)
    assert ".ics" not in html(client, event_page(over).url)
    assert f"/kalenteri/{coming.public_id}.ics" in html(client, event_page(coming).url)


def test_a_vague_date_offers_no_calendar_file(client: Client) -> None:
    assert ".ics" not in html(client, event_page(event(COMING, date_precision=Event.DatePrecision.MONTH)).url)


def test_organisers_are_linked_where_they_have_pages(client: Client) -> None:
    known, unknown = organisation(name_fi="Sivullinen ry"), organisation(name_fi="Sivuton ry")
    organisation_page(known, slug="sivullinen")
    page = html(client, event_page(event(COMING, organisers=[known, unknown])).url)
    assert '<a href="/verkosto/sivullinen/">Sivullinen ry</a>' in page
    assert "<dd>Sivuton ry</dd>" in page


def test_the_other_events_of_the_series_are_listed(client: Client) -> None:
    series = EventSeries.objects.create(name_fi="Foorumit", code="foorumit")
    page = event_page(event(COMING, series=series), title="Tämä")
    event_page(event(OVER, series=series), title="Edellinen")
    event_page(event(OVER), title="Muu")
    assert [each.title for each in client.get(page.url).context["series"]] == ["Edellinen"]


def test_a_translated_event_is_not_its_own_companion(client: Client) -> None:
    series = EventSeries.objects.create(name_fi="Foorumit", code="foorumit")
    page = event_page(event(COMING, series=series))
    swedish = translated(page, "sv", title="På svenska", slug="pa-svenska")
    assert client.get(swedish.url).context["series"] == []


def test_a_place_and_a_note_are_marked_as_finnish_for_readers_of_other_languages(client: Client) -> None:
    about = event(COMING, format=Event.Format.ONSITE, place="Kirjaston sali & aula")
    about.sessions.update(note="Ovet auki puoli tuntia ennen")
    page = event_page(about)
    card = html(client, page.get_parent().url)
    assert "<span>Kirjaston sali &amp; aula</span>" in card
    assert 'lang="fi">Kirjaston' not in html(client, page.url)
    english = in_english(client, page)
    assert '<p><span lang="fi">Kirjaston sali &amp; aula</span></p>' in english
    assert '<span lang="fi">Ovet auki puoli tuntia ennen</span>' in english
