"""The frame around every page: what it offers, and that anonymous pages can be cached."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from accounts.models import User
from home.models import AccessibilityStatementPage, HomePage, StandardPage

pytestmark = pytest.mark.django_db


def standing(language: str, key: str, title: str) -> StandardPage:
    home = HomePage.objects.get(locale__language_code=language)
    page = StandardPage(title=title, key=key, locale=home.locale)
    home.add_child(instance=page)
    return page


@pytest.mark.parametrize("address", ["/", "/sv/", "/en/", "/haku/", "/teemat/"])
def test_anonymous_pages_open_no_session(client: Client, address: str) -> None:
    response = client.get(address)
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")


@pytest.mark.parametrize(("address", "language"), [("/", "fi"), ("/sv/", "sv"), ("/en/", "en")])
def test_language_of_the_page_is_told_and_marked_in_the_switcher(client: Client, address: str, language: str) -> None:
    html = client.get(address).content.decode()
    assert f'<html lang="{language}">' in html
    assert re.search(rf'lang="{language}" hreflang="{language}" aria-current="true"', html)
    assert {"fi", "sv", "en"} <= set(re.findall(r'hreflang="(\w\w)"', html))


def test_first_stop_of_the_keyboard_skips_to_the_content(client: Client) -> None:
    body = client.get("/").content.decode().split("<body")[1]
    assert body.index('class="skip" href="#sisalto"') < body.index("<header")
    assert '<main id="sisalto"' in body


def test_sections_lead_to_the_language_of_the_page(client: Client) -> None:
    assert 'href="/sv/teman/"' in client.get("/sv/").content.decode()
    assert 'href="/teemat/"' in client.get("/").content.decode()


def test_the_section_being_read_is_marked(client: Client) -> None:
    html = client.get("/teemat/").content.decode()
    assert 'href="/teemat/" aria-current="page"' in html


def test_footer_finds_standing_pages_by_key_in_the_language(client: Client) -> None:
    standing("fi", "privacy", "Tietosuoja")
    standing("sv", "privacy", "Dataskydd")
    assert 'href="/tietosuoja/"' in client.get("/").content.decode()
    html = client.get("/sv/").content.decode()
    assert 'href="/sv/dataskydd/"' in html
    assert 'href="/tietosuoja/"' not in html


def test_footer_leads_to_the_notice_where_a_standing_page_is_only_in_finnish(client: Client) -> None:
    standing("fi", "about", "Tietoa")
    assert 'href="/en/tietoa/"' in client.get("/en/").content.decode()
    assert client.get("/en/tietoa/").status_code == 200


def test_the_footer_leads_to_where_certificates_are_checked(client: Client) -> None:
    standing("fi", "about", "Tietoa")
    assert 'href="/en/todistus/"' in client.get("/en/").content.decode().split("<footer")[1]


def test_footer_says_it_is_no_emergency_channel_and_what_is_invented(client: Client) -> None:
    footer = client.get("/en/").content.decode().split("<footer")[1]
    assert "112" in footer
    assert "invented" in footer


def test_sign_in_leads_back_here(client: Client) -> None:
    assert "/tili/login/?next=%2Fteemat%2F" in client.get("/teemat/").content.decode()
    assert "?next=" not in client.get(reverse("account_login")).content.decode().split("<main")[0]


def test_somebody_signed_in_has_an_own_page_instead(client: Client) -> None:
    client.force_login(User.objects.create_user("oppija@example.org", "x"))
    response = client.get("/")
    html = response.content.decode()
    assert 'href="/oma/"' in html
    assert "/tili/login/" not in html
    assert "no-store" in response["Cache-Control"]


def test_no_inline_style_or_script(client: Client) -> None:
    for address in ("/", "/haku/", "/tili/login/", "/tili/signup/", "/ei-ole/"):
        html = client.get(address).content.decode()
        assert " style=" not in html
        assert "<style" not in html
        assert not re.search(r"<script(?![^>]*(src=|application/(?:ld\+)?json))", html)


def test_canonical_address_has_no_query(client: Client) -> None:
    html = client.get("/teemat/?x=1").content.decode()
    assert '<link rel="canonical" href="http://testserver/teemat/">' in html


def test_statement_is_linked_from_the_footer(client: Client) -> None:
    home = HomePage.objects.get(locale__language_code="fi")
    home.add_child(
        instance=AccessibilityStatementPage(
            title="Saavutettavuusseloste",
            service="S",
            provider="P",
            standard="EN 301 549",
            status="partial",
            alternative_access="x",
            method="self",
            prepared="2026-11-22",
            updated="2026-11-22",
            unit="U",
            feedback_email="a@example.org",
            supervisor_name="Traficom",
            supervisor_url="https://example.org/",
        )
    )
    assert 'href="/saavutettavuusseloste/"' in client.get("/haku/").content.decode().split("<footer")[1]


def test_the_footer_links_to_the_source_code_where_it_is_known(client: Client, settings: Settings) -> None:
    assert "Avoin lähdekoodi" not in client.get("/haku/").content.decode()
    settings.SOURCE_URL = "https://code.example/verkosto"
    assert '<a href="https://code.example/verkosto">Avoin lähdekoodi</a>' in client.get("/haku/").content.decode()
