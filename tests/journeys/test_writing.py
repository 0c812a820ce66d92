"""A text for the blog in a browser: begun on a phone without a connection, sent, confirmed, worked on, approved."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.browsing import Window
from tests.journeys.mail import link_in, wait_for_mail
from tests.journeys.people import new_email
from tests.journeys.visitor import Visitor
from tests.serving import Service

pytestmark = pytest.mark.browser
START, OWN = "/blogi/kirjoita/", "/blogi/kirjoitukseni/"
# The browser tells the console of each request that fails while there is no connection.
FAILURES = ("Failed to load resource", "ERR_INTERNET_DISCONNECTED", "409 for", "401 for")
SENTENCES = " ".join(f"Virke {number} kertoo siitä, mitä odottaminen maksaa." for number in range(1, 51))
Writer = Callable[..., Window]


@pytest.fixture
def writer(window: Callable[..., Window], service: Service) -> Writer:
    """Opens a window of the writer of the demonstration's texts, with a session of its own."""

    def open_window(**options: Any) -> Window:
        visitor = Visitor(service.url)
        assert visitor.sign_in("kirjoittaja@demo.example", service.password).status == 302
        own = window(**options)
        own.enter_as(visitor)
        own.expected = FAILURES
        return own

    return open_window


def look(own: Window) -> None:
    assert own.axe(habits=True) == []
    assert own.too_wide() == []
    assert own.refusals() == []


def state(page: Page) -> Any:
    return expect(page.locator("[data-draft-state]"))


def body(page: Page) -> Any:
    return page.get_by_role("textbox", name="Leipäteksti")


def write(page: Page, text: str) -> None:
    """Put the words at the end of the text and leave it, which saves."""
    body(page).click()
    page.keyboard.press("Control+End")
    page.keyboard.insert_text(text)
    page.locator("h1").click()


def open_text(own: Window, title: str) -> Page:
    own.go(OWN)
    own.page.get_by_role("link", name=title).first.click()
    own.page.wait_for_load_state()
    return own.page


def fill_in(page: Page, title: str) -> None:
    page.get_by_label("Otsikko", exact=True).fill(title)
    page.get_by_label("Ingressi").fill("Kuusi viikkoa on kaksi vuokraa.")
    page.get_by_label("Rooli", exact=True).first.fill("Sosiaaliohjaaja")


@pytest.mark.parametrize(("width", "scheme"), [(360, "dark"), (1280, "light")])
def test_a_text_begun_without_a_connection_reaches_the_editors(
    window: Callable[..., Window], service: Service, width: int, scheme: str
) -> None:
    own = window(width=width, color_scheme=scheme)
    own.expected = FAILURES
    page = own.go(START)
    look(own)
    page.get_by_role("link", name="Aloita kirjoittaminen").click()
    page.wait_for_url(re.compile(r"/blogi/kirjoita/[0-9a-f-]{36}/$"))
    fill_in(page, "Odottaminen maksaa")
    state(page).to_contain_text("Tallennettu palvelimelle")
    own.context.set_offline(True)
    write(page, SENTENCES)
    state(page).to_contain_text("Ei yhteyttä")
    expect(page.locator("[data-meter-state]")).to_have_text("sopiva")
    look(own)
    own.context.set_offline(False)
    state(page).to_contain_text("Tallennettu palvelimelle", timeout=20_000)
    page.get_by_role("button", name="Tarkista ja lähetä").click()
    page.wait_for_url("**/tarkista/")
    expect(page.locator(".preview")).to_contain_text("Virke 50 kertoo")
    look(own)
    address = new_email()
    page.get_by_label("Sähköpostiosoitteesi").fill(address)
    page.get_by_label("Kirjoituksen saa julkaista").check()
    page.get_by_role("button", name="Lähetä toimitukselle").click()
    page.wait_for_url("**/lahetetty/**")
    expect(page.locator("main")).to_contain_text(address)
    look(own)
    letter = wait_for_mail(service.data, address)
    own.go(confirm_link(letter, service.url))
    look(own)
    page.get_by_role("button", name="Kyllä, lähetä toimitukseen").click()
    page.wait_for_url(f"**{OWN}*/**")
    expect(page.get_by_role("heading", level=1)).to_have_text("Odottaminen maksaa")
    expect(page.locator("main")).to_contain_text("Jonossa")
    look(own)


def confirm_link(letter: Any, base: str) -> str:
    plain = letter.get_body(("plain",)) or letter
    return link_in(plain, base)


def test_suggestions_are_decided_an_answer_given_and_the_text_sent_back(writer: Writer) -> None:
    own = writer()
    page = open_text(own, "Odotusaika on rakenne")
    look(own)
    cards = page.locator("[data-suggestion-card][data-state=open]")
    first = page.locator("[data-suggestion-card]").first
    waiting = cards.count()
    assert waiting >= 2
    first.get_by_role("button", name="Hyväksy").press("Enter")
    expect(first.get_by_text("Hyväksytty", exact=True)).to_be_visible()
    expect(cards).to_have_count(waiting - 1)
    state(page).to_contain_text("Tallennettu palvelimelle")
    own.go(page.url)
    first = page.locator("[data-suggestion-card]").first
    expect(first).to_have_attribute("data-state", "accepted")
    first.get_by_role("button", name="Peru").press("Enter")
    page.wait_for_load_state()
    expect(page.locator("[data-suggestion-card]").first).to_have_attribute("data-state", "open")
    page.get_by_role("button", name="Hyväksy kaikki").click()
    expect(cards).to_have_count(0)
    thread = page.locator("section.thread--open").first
    thread.get_by_label("Vastaa").fill("Hyvä huomio, yhdistän tilanteet.")
    thread.get_by_role("button", name="Lähetä vastaus").click()
    expect(page.locator("section.thread--open").first).to_contain_text("Hyvä huomio, yhdistän tilanteet.")
    expect(cards).to_have_count(0)
    look(own)
    page.get_by_role("button", name="Lähetä takaisin toimitukseen").click()
    expect(page.locator(".page-head")).to_contain_text("Toimituksessa")
    expect(page.locator("#teksti")).to_have_text("Versio 2")
    look(own)


def test_the_version_that_was_read_is_approved(writer: Writer) -> None:
    own = writer(width=360, color_scheme="dark")
    page = open_text(own, "Kirjasto oli lähin palvelu")
    look(own)
    page.get_by_role("link", name="Katso, mikä on muuttunut").click()
    page.wait_for_url("**/vertaa/**")
    look(own)
    page.get_by_role("link", name="Rinnakkain").click()
    page.wait_for_url("**tapa=rinnan")
    look(own)
    page.get_by_role("link", name="Takaisin kirjoitukseen").click()
    page.get_by_role("button", name="Hyväksy versio").press("Enter")
    expect(page.locator(".page-head")).to_contain_text("Olet hyväksynyt kirjoituksen")


def test_two_tabs_of_one_text_lose_nothing(writer: Writer) -> None:
    own = writer()
    page = own.go(f"{START}uusi/")
    fill_in(page, "Ensimmäinen välilehti")
    state(page).to_contain_text("Tallennettu palvelimelle")
    other = own.context.new_page()
    other.goto(page.url)
    other.get_by_label("Otsikko", exact=True).fill("Toinen välilehti")
    other.locator("h1").click()
    state(other).to_contain_text("Tallennettu palvelimelle")
    page.get_by_label("Ingressi").fill("Tämä kirjoitettiin ensimmäisessä.")
    page.locator("h1").click()
    state(page).to_contain_text("Molemmat ovat tallessa")
    page.get_by_role("link", name="Vertaa tekstejä").click()
    page.wait_for_url("**/vertaa/")
    for words in ("Toinen", "Ensimmäinen", "Kuusi", "ensimmäisessä"):
        expect(page.locator(".compared")).to_contain_text(words)


def test_what_is_written_after_the_session_has_ended_is_kept_and_saved_on_signing_in_again(
    writer: Writer, service: Service
) -> None:
    own = writer()
    page = own.go(f"{START}uusi/")
    fill_in(page, "Istunto päättyy")
    state(page).to_contain_text("Tallennettu palvelimelle")
    own.context.clear_cookies(name="sessionid")
    write(page, "Tämä kirjoitettiin istunnon päätyttyä.")
    state(page).to_contain_text("Istunto on päättynyt")
    again = Visitor(service.url)
    assert again.sign_in("kirjoittaja@demo.example", service.password).status == 302
    own.enter_as(again)
    page.evaluate("dispatchEvent(new Event('focus'))")
    state(page).to_contain_text("Tallennettu palvelimelle", timeout=20_000)
    elsewhere = writer(width=360).go(page.url.removeprefix(service.url))
    expect(body(elsewhere)).to_contain_text("Tämä kirjoitettiin istunnon päätyttyä.")


def test_a_text_is_written_checked_and_sent_without_scripts(window: Callable[..., Window]) -> None:
    own = window(scripts=False, width=360)
    page = own.go(f"{START}uusi/")
    fill_in(page, "Ilman skriptejä")
    page.get_by_label("Leipäteksti").fill(f"## Väliotsikko\n\n{SENTENCES}")
    page.get_by_role("button", name="Tarkista ja lähetä").click()
    expect(page.locator(".preview h2").last).to_have_text("Väliotsikko")
    page.get_by_label("Sähköpostiosoitteesi").fill(new_email())
    page.get_by_label("Kirjoituksen saa julkaista").check()
    page.get_by_role("button", name="Lähetä toimitukselle").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Vahvista sähköpostiosoitteesi")


def test_the_tools_and_the_cards_are_reached_by_keys_alone(writer: Writer) -> None:
    own = writer()
    page = own.go(f"{START}uusi/")
    body(page).focus()
    page.keyboard.type("Sana")
    page.keyboard.press("Shift+Home")
    # The tools have heard of the selection when words can be linked.
    expect(page.get_by_role("toolbar").get_by_role("button", name="Linkki")).not_to_have_attribute(
        "aria-disabled", "true"
    )
    page.keyboard.press("Control+b")
    expect(body(page).locator("strong")).to_have_text("Sana")
    page.keyboard.press("Alt+F10")
    assert own.page.evaluate("document.activeElement.closest('[role=toolbar]') !== null")
    page.keyboard.press("Escape")
    expect(body(page)).to_be_focused()
    page.keyboard.press("Tab")
    assert own.page.evaluate("document.activeElement.closest('.editor__body') === null")
