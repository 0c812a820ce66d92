"""The glossary: every term in the order of the reader's language, found by any of its words, with what uses it."""

import json
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page, ReferenceIndex

from home.models import HomePage, StandardPage
from search import answering
from search.analysis import Word
from tests.factories import pages as make
from vocabulary import inflection
from vocabulary.models import GlossaryPage, GlossaryTerm

pytestmark = pytest.mark.django_db
ADDRESSES = {"fi": "/sanasto/", "sv": "/sv/ordlista/", "en": "/en/glossary/"}


def term(code: str, name_fi: str, **fields: str) -> GlossaryTerm:
    return GlossaryTerm.objects.create(code=code, name_fi=name_fi, **{"definition_fi": f"{name_fi} on.", **fields})


def using(*terms: GlossaryTerm, language: str = "fi", **fields: str) -> StandardPage:
    """A page with the cards of the terms, known to the reference index."""
    home = HomePage.objects.get(locale__language_code=language)
    body = json.dumps([{"type": "term", "value": each.pk} for each in terms])
    page: StandardPage = home.add_child(
        instance=StandardPage(locale=home.locale, body=body, **{"title": "Ohje", **fields})
    )
    ReferenceIndex.create_or_update_for_object(page)
    return page


def names(html: str) -> list[str]:
    return re.findall(r"<dfn[^>]*>([^<]*)</dfn>", html.replace("\N{SOFT HYPHEN}", ""))


def entry(html: str, code: str) -> str:
    return html.split(f'<div class="glossary__term" id="{code}">')[1].split("</div>")[0]


def read(client: Client, language: str = "fi", query: str = "") -> str:
    response = client.get(ADDRESSES[language] + query)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize(
    ("language", "wanted"),
    [
        ("fi", ["aikuistyö", "palvelu", "åländsk", "äitiys", "öljy"]),
        ("sv", ["moderskap", "olja", "tjänst", "vuxenarbete", "åländskt"]),
        ("en", ["adult work", "Åland’s", "maternity", "oil", "service"]),
    ],
)
def test_terms_stand_in_the_order_of_the_language(client: Client, language: str, wanted: list[str]) -> None:
    term("oljy", "öljy", name_sv="olja", name_en="oil")
    term("aitiys", "äitiys", name_sv="moderskap", name_en="maternity")
    term("aland", "åländsk", name_sv="åländskt", name_en="Åland’s")
    term("aikuistyo", "aikuistyö", name_sv="vuxenarbete", name_en="adult work")
    term("palvelu", "palvelu", name_sv="tjänst", name_en="service")
    assert names(read(client, language)) == wanted


def test_the_index_leads_to_the_letters_that_there_are(client: Client) -> None:
    term("aikuistyo", "aikuistyö")
    term("aitiys", "äitiys")
    term("3x10d", "3X10D")
    html = read(client)
    index = html.split('class="letters"')[1].split("</nav>")[0]
    assert re.findall(r'href="#([^"]+)">([^<]+)<', index) == [
        ("kirjain-0", "#"),
        ("kirjain-a", "A"),
        ("kirjain-ä", "Ä"),
    ]
    assert all(f'id="{anchor}"' in html for anchor in ("kirjain-0", "kirjain-a", "kirjain-ä"))


def test_a_term_tells_its_names_in_the_other_languages_marked_so(client: Client) -> None:
    term("asiakas", "asiakas", name_sv="klient", name_en="client", definition_sv="En klient är.")
    html = entry(read(client), "asiakas")
    assert '<span lang="sv">klient</span>' in html
    assert '<span lang="en">client</span>' in html
    html = entry(read(client, "sv"), "asiakas")
    assert '<span lang="fi">asiakas</span>' in html
    assert "<dd>En klient är.</dd>" in html


def test_what_a_language_lacks_is_shown_in_finnish_and_marked_so(client: Client) -> None:
    term("asiakas", "asiakas", name_en="client")
    html = entry(read(client, "sv"), "asiakas")
    assert '<dfn lang="fi">asiakas</dfn>' in html
    assert '<dd lang="fi">asiakas on.</dd>' in html
    assert '<span lang="fi">asiakas</span>' not in html


def test_other_words_are_those_of_the_language(client: Client) -> None:
    term("asiakas", "asiakas", aliases="palvelun käyttäjä\nkäyttäjä", aliases_sv="serviceanvändare")
    assert "palvelun käyttäjä, käyttäjä" in entry(read(client), "asiakas")
    swedish = entry(read(client, "sv"), "asiakas")
    assert "serviceanvändare" in swedish
    assert "käyttäjä" not in swedish


@pytest.mark.parametrize("typed", ["asiakasra", "RAATI", "user panel", "kundråd", "kundrad", "asiakas raati"])
def test_a_term_is_found_by_any_of_its_words(client: Client, typed: str) -> None:
    term("asiakasraati", "asiakasraati", name_en="client panel", aliases_en="user panel", aliases_sv="kundråd")
    term("mittari", "mittari")
    html = read(client, query=f"?sana={typed}")
    assert names(html) == ["asiakasraati"]
    assert f'value="{typed}"' in html


@pytest.fixture
def analysed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The worker, which is a process of its own, knows one word."""
    known = {"osallisuuden": Word("osallisuuden", ("osallisuus",))}
    monkeypatch.setattr(answering, "ask", known.get)


@pytest.mark.usefixtures("analysed")
def test_a_term_is_found_by_its_inflected_forms(client: Client) -> None:
    term("osallisuus", "osallisuus")
    term("mittari", "mittari", name_en="indicator")
    assert names(read(client, query="?sana=osallisuuden")) == ["osallisuus"]
    # What the worker does not know, or cannot tell in time, is cut to its stem.
    assert names(read(client, query="?sana=mittareita")) == ["mittari"]
    assert names(read(client, "en", "?sana=indicators")) == ["indicator"]


def test_words_are_found_as_they_are_where_nobody_knows_inflection(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inflection, "_lent", [])
    assert inflection.base_forms("Työpajoissa", "fi") == {"työpajoissa"}


def test_what_is_not_found_leads_to_the_search_and_back(client: Client) -> None:
    term("mittari", "mittari")
    html = read(client, query="?sana=xyz%22%3E%3Cb")
    assert "Termiä ei löytynyt" in html
    assert "/haku/?q=xyz%22%3E%3Cb" in html
    assert '<a href="/sanasto/">' in html
    assert 'value="xyz&quot;&gt;&lt;b"' in html


@pytest.mark.parametrize("query", ["?sana=", "?sana=%20", "?sana=" + "a" * 3000, "?sana=1&sana=2"])
def test_odd_questions_are_answered(client: Client, query: str) -> None:
    term("mittari", "mittari")
    read(client, query=query)


def test_a_filtered_list_has_a_title_of_its_own_and_the_address_of_the_whole(client: Client) -> None:
    html = read(client, query="?sana=raati")
    assert "<title>Sanasto: raati – Osaamisverkosto</title>" in html
    assert '<link rel="canonical" href="http://testserver/sanasto/">' in html


def test_a_term_leads_to_the_pages_that_have_its_card(client: Client) -> None:
    used = term("mittari", "mittari")
    term("raati", "raati")
    using(used, title="Mittaaminen", slug="mittaaminen")
    html = read(client)
    assert '<a href="/mittaaminen/">Mittaaminen</a>' in entry(html, "mittari")
    assert "<a " not in entry(html, "raati")


def test_pages_that_readers_do_not_have_are_not_among_them(client: Client) -> None:
    used = term("mittari", "mittari")
    using(used, title="Luonnos", slug="luonnos").unpublish()
    assert "Luonnos" not in read(client)


def test_a_finnish_page_is_marked_for_readers_of_another_language(client: Client) -> None:
    used = term("mittari", "mittari", name_sv="mätare")
    page = using(used, title="Mittaaminen", slug="mittaaminen")
    assert '<a href="/mittaaminen/" lang="fi">Mittaaminen</a>' in entry(read(client, "sv"), "mittari")
    swedish = make.translated(page, "sv", title="Att mäta", slug="att-mata")
    ReferenceIndex.create_or_update_for_object(swedish)
    html = entry(read(client, "sv"), "mittari")
    assert '<a href="/sv/att-mata/">Att mäta</a>' in html
    assert "Mittaaminen" not in html


def test_the_number_of_queries_does_not_grow(client: Client) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            read(client)
        return len(queries)

    using(term("termi-0", "termi 0"), slug="ohje-0")
    read(client)
    few = cost()
    terms = [term(f"termi-{number}", f"termi {number}") for number in range(1, 12)]
    for number, each in enumerate(terms, start=1):
        using(each, terms[0], slug=f"ohje-{number}")
    assert cost() == few <= 12


def test_the_card_of_a_term_shows_its_other_names_and_leads_to_the_glossary(client: Client) -> None:
    page = using(term("mittari", "mittari", name_sv="mätare", name_en="indicator"), slug="mittaaminen")
    card = client.get(page.url).content.decode().split('<aside class="term"')[1].split("</aside>")[0]
    assert '<span lang="sv">mätare</span>' in card
    assert '<span lang="en">indicator</span>' in card
    assert 'href="/sanasto/#mittari"' in card


def test_every_language_has_the_page_in_one_group_and_the_footer_leads_there(client: Client) -> None:
    pages = GlossaryPage.objects.all()
    assert {page.locale.language_code: page.url for page in pages} == ADDRESSES
    assert len({page.translation_key for page in pages}) == 1
    assert Page.find_problems() == ([], [], [], [], [])
    for language, address in ADDRESSES.items():
        home = client.get("/" if language == "fi" else f"/{language}/").content.decode()
        assert f'href="{address}"' in home.split("<footer")[1]
        assert f"<loc>http://testserver{address}</loc>" in client.get("/sitemap.xml").content.decode()
