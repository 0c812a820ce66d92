"""The list of events."""

import datetime
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from wagtail.models import PageViewRestriction

from network.events.models import Event, EventIndexPage
from tests.factories.pages import event, event_page, list_page, organisation, region, term, theme, translated
from vocabulary.models import TaskArea

pytestmark = pytest.mark.django_db
URL = "/tapahtumat/"
PAST = "?aika=menneet"
QUERIES = 15
HELSINKI = ZoneInfo("Europe/Helsinki")
Times = list[tuple[datetime.datetime, datetime.datetime]]


def in_days(*days: int) -> Times:
    now = timezone.now()
    starts = [now + datetime.timedelta(days=each) for each in days]
    return [(each, each + datetime.timedelta(hours=2)) for each in starts]


def at(text: str, hours: int = 2) -> Times:
    starts = datetime.datetime.fromisoformat(text).replace(tzinfo=HELSINKI)
    return [(starts, starts + datetime.timedelta(hours=hours))]


def titles(client: Client, query: str = "") -> list[str]:
    response = client.get(f"{URL}{query}")
    assert response.status_code == 200
    return [each.title for each in response.context["listing"].page]


def html(client: Client, query: str = "", url: str = URL) -> str:
    return client.get(f"{url}{query}").content.decode()


def test_coming_events_come_soonest_first_and_past_ones_latest_first(client: Client) -> None:
    event_page(event(in_days(20)), title="Myöhemmin")
    event_page(event(in_days(5)), title="Pian")
    event_page(event(in_days(-5)), title="Äskettäin")
    event_page(event(in_days(-50)), title="Kauan sitten")
    assert titles(client) == titles(client, "?aika=tulevat") == ["Pian", "Myöhemmin"]
    assert titles(client, PAST) == ["Äskettäin", "Kauan sitten"]


def test_an_event_is_coming_until_its_last_session_has_ended(client: Client) -> None:
    event_page(event(in_days(-10, 10)), title="Kaksi kertaa")
    assert titles(client) == ["Kaksi kertaa"]
    assert titles(client, PAST) == []


def test_filters_narrow_both_lists(client: Client) -> None:
    east = region("12", "Etelä-Savo", 4, 4)
    study = theme(title="Mittarit", slug="mittarit")
    event_page(event(in_days(5)), title="Muu")
    arrangers = [organisation(regions=[east]), organisation(regions=[east])]
    workshop = event(in_days(6), type=Event.Type.WORKSHOP, organisers=arrangers, themes=[study])
    event_page(workshop, title="Työpaja")
    year = (timezone.localtime() + datetime.timedelta(days=6)).year
    assert titles(client, "?tyyppi=workshop") == ["Työpaja"]
    assert titles(client, "?alue=12") == ["Työpaja"]
    assert titles(client, "?teema=mittarit") == ["Työpaja"]
    assert "Työpaja" in titles(client, f"?vuosi={year}")
    assert titles(client, "?vuosi=1999") == ["Muu", "Työpaja"]
    assert titles(client, "?aika=menneet&tyyppi=workshop") == []


@pytest.mark.parametrize("url", [URL, "/sv/evenemang/"])
def test_a_theme_that_not_everybody_may_read_is_not_named(client: Client, url: str) -> None:
    closed = theme(title="Salainen teema", slug="salainen")
    event_page(event(in_days(6), themes=[closed]), title="Työpaja")
    assert "Salainen teema" in html(client, "?teema=salainen", url)
    PageViewRestriction.objects.create(page=closed, restriction_type=PageViewRestriction.LOGIN)
    assert "Salainen teema" not in html(client, "?teema=salainen", url)


def test_the_years_to_choose_are_those_of_the_list_shown(client: Client) -> None:
    event_page(event(at("2021-03-27 13:00") + at("2022-03-27 13:00")))
    event_page(event(at("2022-05-27 13:00") + in_days(400)))
    coming = timezone.localtime(in_days(400)[0][0]).year

    def years(query: str = "") -> list[str]:
        filters = client.get(f"{URL}{query}").context["listing"].filters
        return [value for each in filters if each.parameter == "vuosi" for value, _label in each.choices]

    assert years() == [str(coming), "2022"]
    assert years(PAST) == ["2022", "2021"]


def test_what_is_offered_gives_something_in_the_list_shown(client: Client) -> None:
    east, west = region("12", "Etelä-Savo", 4, 4), region("4", "Satakunta", 1, 4)
    event_page(event(in_days(5), type=Event.Type.FORUM, organisers=[organisation(regions=[west])]))
    study = theme(title="Mittarit", slug="mittarit")
    past = event(in_days(-5), type=Event.Type.SEMINAR, organisers=[organisation(regions=[east])], themes=[study])
    event_page(past, title="Seminaari")

    def offered(query: str = "") -> dict[str, list[str]]:
        states = client.get(f"{URL}{query}").context["listing"].states
        return {each.parameter: [value for value, _label, _selected in each.options] for each in states}

    now, over = offered(), offered(PAST)
    assert (now["tyyppi"], now["alue"], now["teema"]) == (["forum"], ["4"], [])
    assert (over["tyyppi"], over["alue"], over["teema"]) == (["seminar"], ["12"], ["mittarit"])
    # A theme whose events are over leads here: the list is empty, says why and leads to the other.
    assert offered("?teema=mittarit")["teema"] == ["mittarit"]
    assert titles(client, "?teema=mittarit") == []
    assert titles(client, f"{PAST}&teema=mittarit") == ["Seminaari"]


def test_links_between_the_lists_keep_the_filters(client: Client) -> None:
    event_page(event(in_days(5), type=Event.Type.WORKSHOP))
    assert 'href="/tapahtumat/?aika=menneet&amp;tyyppi=workshop"' in html(client, "?tyyppi=workshop")
    assert '<input type="hidden" name="aika" value="menneet">' in html(client, PAST)


def test_badges_tell_what_to_know(client: Client) -> None:
    event_page(event(in_days(1), status=Event.Status.CANCELLED))
    page = html(client)
    assert "badge--error" in page
    assert "badge--note" not in page
    event_page(
        event(
            in_days(2, 3),
            programme_status=Event.ProgrammeStatus.PROVISIONAL,
            status=Event.Status.PLANNED,
            sessions_are_alternatives=True,
        )
    )
    page = html(client, url=list_page(EventIndexPage, "en").url)
    for text in ("Provisional programme", "Planned", "Choose one date", "same content also"):
        assert text in page


def test_a_past_event_has_no_badge_about_its_programme(client: Client) -> None:
    event_page(event(in_days(-5), programme_status=Event.ProgrammeStatus.PROVISIONAL))
    assert "badge--note" not in html(client, PAST)


def test_the_card_shows_the_day_and_times_in_finnish_time(client: Client) -> None:
    event_page(event(at("2024-03-27 13:00")))
    page = html(client, PAST)
    assert '<time datetime="2024-03-27"><b>ke 27.3.2024</b> <br>13.00–15.00</time>' in page


@pytest.mark.parametrize(
    ("precision", "shown", "iso"),
    [("month", "Maaliskuu 2024", "2024-03"), ("season", "2024", "2024")],
)
def test_a_vague_date_is_shown_as_vaguely(client: Client, precision: str, shown: str, iso: str) -> None:
    event_page(event(at("2024-03-27 13:00"), date_precision=precision))
    page = html(client, PAST)
    assert f'<time datetime="{iso}">' in page
    assert shown in page
    assert "13.00" not in page
    assert "27.3." not in page


@pytest.mark.parametrize(
    "query", ["", PAST, "?page=0", "?page=9999", f"?teema={'a' * 10_000}", "?vuosi=x", "?alue=%22"]
)
def test_any_query_gives_a_page(client: Client, query: str) -> None:
    event_page(event(in_days(5)))
    titles(client, query)


def test_nul_is_refused(client: Client) -> None:
    assert client.get(f"{URL}?tyyppi=%00").status_code == 400


def test_an_empty_list_leads_to_the_other(client: Client) -> None:
    response = client.get(URL)
    assert [url for url, _label in response.context["ways_out"]] == [f"{URL}{PAST}"]
    assert 'class="empty' in response.content.decode()


def test_themes_of_the_filter_are_in_the_readers_language(client: Client) -> None:
    study = theme(title="Mittarit", slug="mittarit")
    translated(study, "sv", title="Mätare", slug="matare")
    event_page(event(in_days(5), themes=[study]))
    page = client.get(list_page(EventIndexPage, "sv").url).content.decode()
    assert "Mätare" in page
    assert 'value="mittarit"' in page


def test_a_theme_without_a_translation_keeps_its_name_and_its_language(client: Client) -> None:
    event_page(event(in_days(5), themes=[theme(title="Mittarit", slug="mittarit")]))
    url = list_page(EventIndexPage, "en").url
    page = html(client, "?teema=mittarit", url)
    assert '<input type="checkbox" name="teema" value="mittarit" checked><span lang="fi">Mittarit</span>' in page
    assert '<span lang="fi">Mittarit</span> <span aria-hidden="true">×</span>' in page
    assert 'value="mittarit"><span>Mittarit</span>' in html(client)


@pytest.mark.parametrize("language", ["fi", "sv"])
@pytest.mark.parametrize("number", [10, 100])
def test_queries_do_not_grow_with_events(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries, number: int, language: str
) -> None:
    arrangers = [organisation(regions=[region("12", "Etelä-Savo", 4, 4)]) for _each in range(2)]
    study, area = theme(), term(TaskArea, "knowledge")
    for each in range(number):
        event_page(event(in_days(1 + each, 2 + each), organisers=arrangers, themes=[study], task_areas=[area]))
    url = list_page(EventIndexPage, language).url
    client.get(url)
    with django_assert_max_num_queries(QUERIES):
        assert client.get(url).status_code == 200
