"""The directory of organisations and its tile map."""

import datetime

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from network.organisations.models import Organisation, OrganisationIndexPage
from network.organisations.tilemap import Tile
from tests.factories.pages import list_page, organisation, organisation_page, region, term
from vocabulary.models import Region, TaskArea

pytestmark = pytest.mark.django_db
URL = "/verkosto/"
QUERIES = 15


@pytest.fixture(autouse=True)
def regions() -> dict[str, Region]:
    places = [("12", "Etelä-Savo", 4, 4), ("20", "Kainuu", 2, 4), ("90", "Helsinki", 7, 2)]
    return {code: region(code, name, row, column) for code, name, row, column in places}


def titles(client: Client, query: str = "") -> list[str]:
    response = client.get(f"{URL}{query}")
    assert response.status_code == 200
    return [each.title for each in response.context["listing"].page]


def tiles(client: Client, query: str = "") -> dict[str, Tile]:
    return {tile.region.code: tile for tile in client.get(f"{URL}{query}").context["map"].tiles}


def test_organisations_come_by_name(client: Client) -> None:
    for name in ("Saimaa ry", "Koivula ry", "Kaiku ry"):
        organisation_page(organisation(name_fi=name))
    assert titles(client) == ["Kaiku ry", "Koivula ry", "Saimaa ry"]


def test_filters_narrow_the_list(client: Client, regions: dict[str, Region]) -> None:
    key = organisation(name_fi="Avain ry", is_key_partner=True, regions=[regions["12"], regions["20"]])
    town = organisation(name_fi="Kunta", type=Organisation.Type.MUNICIPALITY, regions=[regions["12"]])
    state = organisation(name_fi="Laitos", is_national=True, type=Organisation.Type.EXPERT_INSTITUTE)
    for each in (key, town, state):
        organisation_page(each)
    assert titles(client, "?alue=12") == ["Avain ry", "Kunta"]
    assert titles(client, "?alue=koko-maa") == ["Laitos"]
    assert titles(client, "?tyyppi=municipality&tyyppi=ngo") == ["Avain ry", "Kunta"]
    assert titles(client, "?avainkumppani=kylla") == ["Avain ry"]
    assert titles(client, "?alue=20&tyyppi=municipality") == []
    assert titles(client, "?alue=99") == ["Avain ry", "Kunta", "Laitos"]


@pytest.mark.parametrize("typed", ["äiti", "ÄITI", "  Äiti ", "keskus", "mothers", "ÄK"])
def test_names_are_found_in_any_case_and_language(client: Client, typed: str) -> None:
    organisation_page(organisation(name_fi="Äitien keskus", name_en="Mothers' Centre", short_name="ÄK"))
    organisation_page(organisation(name_fi="Muu ry"))
    assert titles(client, f"?nimi={typed}") == ["Äitien keskus"]


def test_the_map_counts_what_each_region_would_show(client: Client, regions: dict[str, Region]) -> None:
    both = organisation(regions=[regions["12"], regions["20"]])
    town = organisation(type=Organisation.Type.MUNICIPALITY, regions=[regions["12"]])
    for each in (both, town, organisation(is_national=True)):
        organisation_page(each)
    assert {code: tile.count for code, tile in tiles(client).items() if tile.count} == {"12": 2, "20": 1}
    narrowed = tiles(client, "?tyyppi=municipality&alue=20")
    assert (narrowed["12"].count, narrowed["20"].count) == (1, 0)
    assert narrowed["20"].is_current
    assert titles(client, narrowed["12"].url.removeprefix(URL)) == [town.name_fi]
    assert client.get(URL).context["map"].whole_country_count == 1


def test_the_map_leaves_out_organisations_without_a_live_page(client: Client, regions: dict[str, Region]) -> None:
    organisation(regions=[regions["12"]])
    organisation_page(organisation(regions=[regions["12"]]), live=False)
    assert tiles(client)["12"].count == 0


def test_a_free_text_stays_in_the_links_of_the_map(client: Client, regions: dict[str, Region]) -> None:
    organisation_page(organisation(name_fi="Kaiku ry", regions=[regions["12"]]))
    assert tiles(client, "?nimi=Kaiku")["12"].url == f"{URL}?alue=12&nimi=Kaiku"


def test_cards_mark_key_partners_invented_and_ended_ones(client: Client) -> None:
    organisation_page(organisation(is_key_partner=True, is_fictional=True))
    page = client.get(URL).content.decode()
    assert "badge--now" in page
    assert "badge--example" in page
    organisation_page(organisation(ends=datetime.date(2022, 12, 31)))
    assert "Ended in 2022" in client.get(list_page(OrganisationIndexPage, "en").url).content.decode()


@pytest.mark.parametrize(
    "query",
    [
        *("?page=0", "?page=9999", "?alue=12&alue=20", "?avainkumppani=1", "?tyyppi=&alue="),
        *(f"?nimi={'a' * 10_000}", "?nimi=%25_'\"", "?nimi=%F0%9F%92%A9", "?nimi=%20%20"),
    ],
)
def test_any_query_gives_a_page(client: Client, query: str) -> None:
    organisation_page()
    titles(client, query)


def test_nul_is_refused(client: Client) -> None:
    assert client.get(f"{URL}?nimi=%00").status_code == 400


def test_an_empty_list_leads_out(client: Client) -> None:
    organisation_page()
    response = client.get(f"{URL}?nimi=ei-ole")
    assert [url for url, _label in response.context["listing"].ways_out] == [URL]
    assert 'class="empty' in response.content.decode()


@pytest.mark.parametrize("language", ["fi", "sv"])
@pytest.mark.parametrize("number", [10, 100])
def test_queries_do_not_grow_with_organisations(
    client: Client,
    django_assert_max_num_queries: DjangoAssertNumQueries,
    regions: dict[str, Region],
    number: int,
    language: str,
) -> None:
    area = term(TaskArea, "knowledge")
    for each in range(number):
        made = organisation(regions=list(regions.values())[: each % 3], is_national=each % 3 == 0)
        made.task_areas = [area]
        made.save()
        organisation_page(made)
    url = list_page(OrganisationIndexPage, language).url
    client.get(url)
    with django_assert_max_num_queries(QUERIES):
        assert client.get(url).status_code == 200
