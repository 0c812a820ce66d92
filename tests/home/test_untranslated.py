"""Pages that are not in every language: their addresses, and where the switcher leads."""

import re

import pytest
from django.test import Client, RequestFactory
from django.utils import translation
from wagtail.models import Locale, Page, PageViewRestriction

from common import switcher
from home.models import HomePage, StandardPage
from learning.themes.models import ThemeIndexPage, ThemePage

pytestmark = pytest.mark.django_db


@pytest.fixture
def theme() -> ThemePage:
    """A theme that is only in Finnish, in a section that is in all three languages."""
    page = ThemePage(title="Mittarit", slug="mittarit")
    ThemeIndexPage.objects.get(locale__language_code="fi").add_child(instance=page)
    return page


def links_of(page: Page) -> dict[str, tuple[str, bool]]:
    fresh = Page.objects.get(pk=page.pk).specific
    return {link.code: (link.url, link.exists) for link in switcher.of_page(fresh, RequestFactory().get("/"))}


@pytest.mark.parametrize("address", ["/sv/teman/mittarit/", "/sv/teemat/mittarit/", "/en/themes/mittarit/"])
def test_a_finnish_page_is_offered_in_its_place(client: Client, theme: ThemePage, address: str) -> None:
    response = client.get(address)
    html = response.content.decode()
    assert response.status_code == 200
    assert re.search(
        r'<a class="button" href="/teemat/mittarit/" hreflang="fi">'
        r'<span>[^<]+ <span lang="fi">Mittarit</span></span></a>',
        html,
    )
    assert '<meta name="robots" content="noindex">' in html
    assert 'rel="canonical" href="http://testserver/teemat/mittarit/"' in html


def test_the_notice_is_in_the_language_of_the_address(client: Client, theme: ThemePage) -> None:
    assert '<html lang="en">' in client.get("/en/themes/mittarit/").content.decode()
    assert "in Finnish only for now" in client.get("/en/themes/mittarit/").content.decode()


@pytest.mark.parametrize("address", ["/sv/teman/ei-ole/", "/teman/mittarit/", "/sv/mittarit/", "/sv/" + "a/" * 20])
def test_what_is_nowhere_is_not_found(client: Client, theme: ThemePage, address: str) -> None:
    assert client.get(address).status_code == 404


def test_the_crumbs_lead_through_the_sections_of_the_language(client: Client, theme: ThemePage) -> None:
    crumbs = client.get("/sv/teman/mittarit/").content.decode().split('class="crumbs')[1].split("</nav>")[0]
    assert re.findall(r'href="([^"]+)"', crumbs) == ["/sv/", "/sv/teman/"]
    assert '<li aria-current="page"><span lang="fi">Mittarit</span></li>' in crumbs


def test_a_draft_is_not_offered(client: Client, theme: ThemePage) -> None:
    theme.unpublish()
    assert client.get("/sv/teman/mittarit/").status_code == 404


def test_a_private_page_is_not_offered(client: Client, theme: ThemePage) -> None:
    PageViewRestriction.objects.create(page=Page.objects.get(pk=theme.pk), restriction_type="login")
    assert client.get("/sv/teman/mittarit/").status_code == 404


def test_a_draft_translation_leads_to_the_finnish_page(client: Client, theme: ThemePage) -> None:
    swedish = theme.copy_for_translation(Locale.objects.get(language_code="sv"))
    swedish.slug = "matare"
    swedish.save_revision()
    swedish.save()
    assert "/teemat/mittarit/" in client.get("/sv/teman/matare/").content.decode()


def test_switcher_of_a_translated_page_leads_to_its_translations() -> None:
    home = HomePage.objects.get(locale__language_code="fi")
    assert links_of(home) == {"fi": ("/", True), "sv": ("/sv/", True), "en": ("/en/", True)}


def test_switcher_of_a_finnish_page_leads_to_the_notice(client: Client, theme: ThemePage) -> None:
    links = links_of(theme)
    assert links["sv"] == ("/sv/teman/mittarit/", False)
    assert links["en"] == ("/en/themes/mittarit/", False)
    assert client.get(links["sv"][0]).status_code == 200


def test_switcher_of_a_page_without_finnish_leads_to_the_section(theme: ThemePage) -> None:
    page = ThemePage(title="Endast på svenska", locale=Locale.objects.get(language_code="sv"))
    ThemeIndexPage.objects.get(locale__language_code="sv").add_child(instance=page)
    links = links_of(page)
    assert links["fi"] == ("/teemat/", False)
    assert links["en"] == ("/en/themes/", False)
    assert links["sv"][1] is True


def test_alternates_name_only_languages_that_exist(client: Client, theme: ThemePage) -> None:
    html = client.get("/teemat/mittarit/").content.decode()
    assert 'rel="alternate" hreflang="fi"' in html
    assert 'rel="alternate" hreflang="sv"' not in html


def test_addresses_of_views_differ_by_prefix_alone() -> None:
    with translation.override("sv"):
        links = switcher.of_path("/sv/haku/")
    assert [link.url for link in links] == ["/haku/", "/sv/haku/", "/en/haku/"]


def test_every_page_is_served_in_its_own_language(client: Client) -> None:
    home = HomePage.objects.get(locale__language_code="sv")
    home.add_child(instance=StandardPage(title="Om nätverket", locale=home.locale))
    assert '<html lang="sv">' in client.get("/sv/om-natverket/").content.decode()
