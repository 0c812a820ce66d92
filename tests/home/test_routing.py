"""Addresses lead to pages without walking the tree, and to nothing that Wagtail would not show."""

from collections.abc import Iterator

import pytest
from django.test import Client, RequestFactory
from django.utils import translation
from pytest_django import DjangoAssertNumQueries
from wagtail.models import Page, PageViewRestriction, Site

from home.models import HomePage
from home.routing import find
from learning.themes.models import ThemeIndexPage, ThemePage

pytestmark = pytest.mark.django_db


def theme(slug: str, language: str = "fi", **fields: object) -> ThemePage:
    index = ThemeIndexPage.objects.get(locale__language_code=language)
    page: ThemePage = index.add_child(instance=ThemePage(title=slug, slug=slug, locale=index.locale, **fields))
    return page


def page_at(path: str, host: str = "testserver") -> Page | None:
    """The page that Wagtail is told to serve; a text where the search is left to it."""
    request = RequestFactory().get("/", HTTP_HOST=host)
    find(request, path)
    route = getattr(request, "_wagtail_route_for_request", ("left to Wagtail", None, None))
    return route[0] if route else None


def test_an_address_leads_to_the_page_of_its_language() -> None:
    finnish, swedish = theme("mittarit"), theme("matare", "sv")
    with translation.override("fi"):
        assert page_at("teemat/mittarit/") == finnish
        assert page_at("teman/matare/") is None
    with translation.override("sv"):
        assert page_at("teman/matare/") == swedish
        assert page_at("teemat/mittarit/") is None


def test_two_queries_find_any_page(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    page = theme("mittarit")
    Site.get_site_root_paths()
    with django_assert_num_queries(2):
        assert page_at("teemat/mittarit/") == page


@pytest.mark.parametrize("path", ["", "/"])
def test_no_path_leads_to_the_front_page_of_the_language(path: str) -> None:
    for language in ("fi", "sv"):
        with translation.override(language):
            assert page_at(path) == HomePage.objects.get(locale__language_code=language)


def test_a_front_page_that_is_a_draft_is_left_to_wagtail(client: Client) -> None:
    HomePage.objects.get(locale__language_code="sv").unpublish()
    with translation.override("sv"):
        assert page_at("") == "left to Wagtail"
    assert client.get("/sv/").status_code == 200


def test_a_page_that_is_deeper_than_any_is_left_to_wagtail(client: Client) -> None:
    assert page_at("a/" * 9) == "left to Wagtail"
    assert client.get("/" + "a/" * 9).status_code == 404


@pytest.mark.parametrize("path", ["teemat/ei-ole/", "mittarit/", "teemat//../", "x" * 5000, "teemat/%"])
def test_what_leads_nowhere_is_not_looked_for_again(path: str) -> None:
    theme("mittarit")
    assert page_at(path) is None


def test_a_draft_is_not_found(client: Client) -> None:
    theme("luonnos", live=False)
    assert page_at("teemat/luonnos/") is None
    assert client.get("/teemat/luonnos/").status_code == 404


def test_a_private_page_still_asks_who_is_reading(client: Client) -> None:
    page = theme("salainen")
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    answer = client.get(page.url)
    assert answer.status_code == 302
    assert "/tili/" in answer["Location"]


def test_a_moved_page_is_found_in_its_new_place(client: Client) -> None:
    page = theme("ensin")
    page.slug = "sitten"
    page.save_revision().publish()
    assert client.get("/teemat/sitten/").status_code == 200
    assert client.get("/teemat/ensin/").status_code in {301, 404}


@pytest.fixture
def second_site() -> Iterator[Site]:
    """A site whose front page is the root of the tree; Wagtail remembers where sites are beyond the test."""
    yield Site.objects.create(hostname="127.0.0.1", root_page=Page.objects.get(depth=1))
    Site.clear_site_root_paths_cache()


def test_with_two_sites_the_host_decides(second_site: Site) -> None:
    page = theme("mittarit")
    assert page_at("teemat/mittarit/") == page
    assert page_at("teemat/mittarit/", "127.0.0.1") == "left to Wagtail"


def test_a_section_of_drafts_still_shows_its_live_pages(client: Client) -> None:
    page = theme("mittarit")
    Page.objects.filter(slug="teemat").update(live=False)
    assert page_at("teemat/mittarit/") == page
    assert client.get(page.url).status_code == 200


@pytest.mark.parametrize("above", ["/", "/etusivu/", "/etusivu/teemat/"])
def test_a_private_section_keeps_its_pages(client: Client, above: str) -> None:
    page = theme("mittarit")
    section = Page.objects.get(url_path=above)
    PageViewRestriction.objects.create(page=section, restriction_type=PageViewRestriction.LOGIN)
    assert client.get(page.url).status_code == 302


def test_an_alias_is_as_private_as_its_source(client: Client) -> None:
    page = theme("mittarit")
    alias = page.create_alias(parent=HomePage.objects.get(locale__language_code="fi"), update_slug="toisaalla")
    assert client.get("/toisaalla/").status_code == 200
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    assert client.get(alias.url).status_code == 302
