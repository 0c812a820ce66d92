"""Addresses lead to pages without walking the tree, and to nothing that Wagtail would not show."""

import pytest
from django.test import Client
from django.utils import translation
from wagtail.models import Page, PageViewRestriction, Site

from home.routing import page_at
from learning.themes.models import ThemeIndexPage, ThemePage

pytestmark = pytest.mark.django_db


def theme(slug: str, language: str = "fi", **fields: object) -> ThemePage:
    index = ThemeIndexPage.objects.get(locale__language_code=language)
    page: ThemePage = index.add_child(instance=ThemePage(title=slug, slug=slug, locale=index.locale, **fields))
    return page


def test_an_address_leads_to_the_page_of_its_language() -> None:
    finnish, swedish = theme("mittarit"), theme("matare", "sv")
    with translation.override("fi"):
        assert page_at("teemat/mittarit/") == finnish
        assert page_at("teman/matare/") is None
    with translation.override("sv"):
        assert page_at("teman/matare/") == swedish
        assert page_at("teemat/mittarit/") is None


@pytest.mark.parametrize("path", ["", "/", "teemat/ei-ole/", "mittarit/", "teemat//../", "x" * 5000, "teemat/%"])
def test_what_leads_nowhere_is_left_to_wagtail(path: str) -> None:
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


def test_with_two_sites_the_host_decides() -> None:
    theme("mittarit")
    Site.objects.create(hostname="toinen.example", root_page=Page.objects.get(depth=1))
    assert page_at("teemat/mittarit/") is None
