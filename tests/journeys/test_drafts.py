"""What is written in a form survives whatever happens around it, and the page says where it is kept."""

import json
import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.journeys.browsing import Window
from tests.journeys.visitor import Visitor
from tests.serving import Service

pytestmark = pytest.mark.browser
FORM, SENSITIVE = "/tyylit/luonnos/tavallinen/", "/tyylit/luonnos/arkaluonteinen/"
DRAFTS = re.compile(r"/luonnokset/")
# The browser tells the console of each answer that is no success.
REFUSALS = ("Failed to load resource", *(f"{status} for" for status in (401, 403, 409, 410, 413, 502)))
ON_SERVER = re.compile(r"Tallennettu palvelimelle klo \d+\.\d\d\.")
ON_DEVICE = re.compile(r"Tallennettu tälle laitteelle klo \d+\.\d\d\.")


@pytest.fixture
def writer(service: Service) -> Callable[..., Window]:
    """A role's person with a session of their own and no drafts."""

    def sign_in(window: Window, role: str = "toimittaja") -> Window:
        visitor = Visitor(service.url)
        assert visitor.sign_in(f"{role}@demo.example", service.password).status == 302
        window.enter_as(visitor)
        window.expected = REFUSALS
        return window

    return sign_in


@pytest.fixture(autouse=True)
def no_drafts(service: Service) -> None:
    with closing(sqlite3.connect(service.data / "db.sqlite3", timeout=20)) as database, database:
        for table in ("drafts_draftcopy", "drafts_draft"):
            database.execute(f"DELETE FROM {table}")


@pytest.fixture
def open_form(window: Callable[..., Window], writer: Callable[..., Window]) -> Callable[..., Page]:
    """Opens the form in a browser of its own."""

    def open_(path: str = FORM, **options: Any) -> Page:
        return writer(window(**options)).go(path)

    return open_


def rows(service: Service, sql: str) -> list[Any]:
    with closing(sqlite3.connect(f"file:{service.data / 'db.sqlite3'}?mode=ro", uri=True, timeout=20)) as database:
        return [row[0] for row in database.execute(sql)]


def saved_texts(service: Service) -> list[str]:
    return [
        json.loads(fields)["text"][0]
        for fields in rows(service, "SELECT fields FROM drafts_draft WHERE status = 'open'")
    ]


def copies(service: Service) -> list[str]:
    return [json.loads(fields)["text"][0] for fields in rows(service, "SELECT fields FROM drafts_draftcopy")]


def state(page: Page) -> Any:
    return expect(page.locator("[data-draft-state]"))


def write(page: Page, text: str, *, goes_on: bool = False) -> None:
    """Write the text and leave the field, which saves at once; or stay in it."""
    page.get_by_label("Havainto").fill(text)
    if not goes_on:
        page.get_by_label("Havainto").blur()


def stored(page: Page) -> list[str]:
    """The texts that the device keeps."""
    return list(
        page.evaluate(
            """() => Object.entries(localStorage).filter(([key]) => key.startsWith("draft:"))
                 .map(([, copy]) => JSON.parse(copy).fields.text[0])"""
        )
    )


def cut(page: Page) -> None:
    page.context.set_offline(True)


def die(page: Page) -> None:
    """The device stops: not even what a browser sends for a page that is closed leaves it any more."""
    page.evaluate("() => { window.fetch = () => Promise.reject(new TypeError()); }")


def restore(page: Page) -> None:
    page.context.set_offline(False)


def sign_out_elsewhere(page: Page) -> None:
    """The session ends: its cookie is gone, as after twelve hours."""
    page.context.clear_cookies(name="sessionid")


def test_the_text_is_on_the_device_at_once_and_on_the_server_soon(
    open_form: Callable[..., Page], service: Service
) -> None:
    page = open_form()
    write(page, "Ensimmäinen havainto", goes_on=True)
    state(page).to_have_text(ON_DEVICE)
    assert stored(page) == ["Ensimmäinen havainto"]
    state(page).to_have_text(ON_SERVER)
    assert saved_texts(service) == ["Ensimmäinen havainto"]
    assert stored(page) == []
    assert page.goto(FORM)
    expect(page.get_by_label("Havainto")).to_have_value("Ensimmäinen havainto")
    state(page).to_contain_text("Jatkat luonnoksesta")


def test_every_kind_of_field_comes_back(open_form: Callable[..., Page]) -> None:
    page = open_form()
    page.get_by_label("Nimi", exact=True).fill("Aino")
    page.get_by_label("Paikka").select_option(index=1)
    page.locator("[name=one]").nth(1).check()
    for place in (0, 1):
        page.locator("[name=several]").nth(place).check()
    page.get_by_label("Olen lukenut").check()
    page.get_by_label("Olen lukenut").blur()
    state(page).to_have_text(ON_SERVER)
    page.goto(FORM)
    expect(page.get_by_label("Nimi", exact=True)).to_have_value("Aino")
    expect(page.locator("[name=one]").nth(1)).to_be_checked()
    expect(page.locator("[name=several]").nth(1)).to_be_checked()
    expect(page.get_by_label("Olen lukenut")).to_be_checked()
    page.locator("[name=several]").nth(0).uncheck()
    state(page).to_have_text(ON_SERVER)
    page.goto(FORM)
    expect(page.locator("[name=several]").nth(0)).not_to_be_checked()
    expect(page.locator("[name=several]").nth(1)).to_be_checked()


def test_a_cut_connection_is_told_and_what_was_written_goes_when_it_is_back(
    open_form: Callable[..., Page], service: Service
) -> None:
    page = open_form()
    write(page, "Yhteys on")
    state(page).to_have_text(ON_SERVER)
    cut(page)
    write(page, "Yhteys katkesi")
    state(page).to_contain_text("Ei yhteyttä.")
    assert stored(page) == ["Yhteys katkesi"]
    assert saved_texts(service) == ["Yhteys on"]
    write(page, "Yhteys katkesi ja kirjoitin lisää")
    restore(page)
    state(page).to_have_text(ON_SERVER)
    assert saved_texts(service) == ["Yhteys katkesi ja kirjoitin lisää"]


def test_without_being_told_it_tries_again(open_form: Callable[..., Page], service: Service) -> None:
    page = open_form()
    answers = iter([False, True])
    page.route(DRAFTS, lambda route: route.continue_() if next(answers, True) else route.abort())
    write(page, "Toinen kerta")
    state(page).to_have_text(ON_SERVER)
    assert saved_texts(service) == ["Toinen kerta"]


@pytest.mark.parametrize("status", [200, 502])
def test_what_is_no_answer_of_ours_is_never_called_saved(open_form: Callable[..., Page], status: int) -> None:
    """A network that asks to sign in answers everything with a page of its own."""
    page = open_form()
    page.route(DRAFTS, lambda route: route.fulfill(status=status, content_type="text/html", body="<p>Wifi</p>"))
    # The page of the other one may still save its text as it is left: the same text again would be nothing new.
    text = f"Hotellissa {status}"
    write(page, text)
    state(page).to_contain_text("Ei yhteyttä.")
    assert stored(page) == [text]
    page.unroute(DRAFTS)


def test_an_answer_that_is_lost_is_asked_for_again(open_form: Callable[..., Page], service: Service) -> None:
    page = open_form()

    def lose(route: Route) -> None:
        route.fetch()
        route.abort()

    page.route(DRAFTS, lose, times=1)
    write(page, "Perillä jo")
    state(page).to_have_text(ON_SERVER)
    assert saved_texts(service) == ["Perillä jo"]
    assert copies(service) == []


def test_a_session_that_ends_loses_nothing(
    open_form: Callable[..., Page], writer: Callable[..., Window], service: Service
) -> None:
    page = open_form()
    write(page, "Ennen")
    state(page).to_have_text(ON_SERVER)
    sign_out_elsewhere(page)
    write(page, "Ennen ja jälkeen")
    state(page).to_contain_text("Istunto on päättynyt.")
    assert stored(page) == ["Ennen ja jälkeen"]
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Kirjaudu sisään (avautuu uuteen välilehteen)").click()
    other = opened.value
    other.get_by_label("Sähköpostiosoite").fill("toimittaja@demo.example")
    other.get_by_label("Salasana", exact=True).fill(service.password)
    other.get_by_role("button", name="Kirjaudu", exact=True).click()
    other.wait_for_url("**/oma/")
    other.close()
    page.bring_to_front()
    page.evaluate("dispatchEvent(new Event('focus'))")
    state(page).to_have_text(ON_SERVER)
    assert saved_texts(service) == ["Ennen ja jälkeen"]
    expect(page.get_by_label("Havainto")).to_have_value("Ennen ja jälkeen")


def test_nothing_goes_under_the_name_of_somebody_else(
    window: Callable[..., Window], writer: Callable[..., Window], service: Service
) -> None:
    own = writer(window())
    page = own.go(FORM)
    write(page, "Toimittajan")
    state(page).to_have_text(ON_SERVER)
    sign_out_elsewhere(page)
    writer(own, "opettaja")
    write(page, "Toimittajan salaisuus")
    state(page).to_contain_text("Tällä selaimella on kirjautunut joku toinen.")
    assert saved_texts(service) == ["Toimittajan"]
    page.get_by_role("button", name="Lähetä").click()
    state(page).to_contain_text("Tällä selaimella on kirjautunut joku toinen.")
    # Nor does the other one meet the text that is kept on the device.
    page.goto(FORM)
    expect(page.get_by_label("Havainto")).to_have_value("")
    writer(own)
    page.goto(FORM)
    expect(page.get_by_label("Havainto")).to_have_value("Toimittajan salaisuus")
    state(page).to_have_text(ON_SERVER)


def test_a_closed_browser_gives_back_what_the_server_never_got(
    open_form: Callable[..., Page], service: Service
) -> None:
    page = open_form()
    write(page, "Alku")
    state(page).to_have_text(ON_SERVER)
    die(page)
    write(page, "Alku ja loppu")
    context = page.context
    page.close()
    again = context.new_page()
    again.goto(FORM)
    expect(again.get_by_label("Havainto")).to_have_value("Alku ja loppu")
    state(again).to_have_text(ON_SERVER)
    assert saved_texts(service) == ["Alku ja loppu"]
    assert copies(service) == []


def test_two_tabs_that_died_lose_neither_text(
    window: Callable[..., Window], writer: Callable[..., Window], service: Service
) -> None:
    own = writer(window())
    tabs = [own.go(FORM), own.context.new_page()]
    tabs[1].goto(FORM)
    write(tabs[0], "Tallennettu")
    state(tabs[0]).to_have_text(ON_SERVER)
    for number, tab in enumerate(tabs):
        die(tab)
        write(tab, f"Kuollut {number}")
        state(tab).to_contain_text("Ei yhteyttä.")
    again = own.context.new_page()
    for tab in tabs:
        tab.close()
    again.goto(FORM)
    state(again).to_contain_text("Molemmat ovat tallessa.")
    expect(again.get_by_label("Havainto")).to_have_value("Kuollut 1")
    assert {*saved_texts(service), *copies(service)} == {"Kuollut 0", "Kuollut 1"}


def test_a_second_device_goes_on_and_the_first_is_offered_the_newer_text(
    open_form: Callable[..., Page], service: Service
) -> None:
    desk = open_form()
    write(desk, "Työpöydällä")
    state(desk).to_have_text(ON_SERVER)
    phone = open_form(width=360)
    expect(phone.get_by_label("Havainto")).to_have_value("Työpöydällä")
    write(phone, "Työpöydällä ja bussissa")
    state(phone).to_have_text(ON_SERVER)
    desk.evaluate("dispatchEvent(new Event('focus'))")
    state(desk).to_contain_text("tallentanut uudemman tekstin")
    desk.get_by_role("button", name="Ota toinen teksti").click()
    expect(desk.get_by_label("Havainto")).to_have_value("Työpöydällä ja bussissa")
    write(desk, "Työpöydällä ja bussissa ja taas töissä")
    state(desk).to_have_text(ON_SERVER)
    assert saved_texts(service) == ["Työpöydällä ja bussissa ja taas töissä"]
    assert copies(service) == []


def test_who_keeps_the_older_text_leaves_the_newer_one_beside_it(
    open_form: Callable[..., Page], service: Service
) -> None:
    desk, phone = open_form(), open_form()
    write(phone, "Uudempi")
    state(phone).to_have_text(ON_SERVER)
    write(desk, "Vanhempi")
    state(desk).to_contain_text("tallentanut eri tekstin")
    assert (saved_texts(service), copies(service)) == (["Uudempi"], ["Vanhempi"])
    desk.get_by_role("button", name="Pidä tämä teksti").click()
    state(desk).to_have_text(ON_SERVER)
    assert (saved_texts(service), copies(service)) == (["Vanhempi"], ["Uudempi"])


def test_two_tabs_are_compared_with_the_keyboard_alone(
    window: Callable[..., Window], writer: Callable[..., Window], service: Service
) -> None:
    own = writer(window())
    first = own.go(FORM)
    second = own.context.new_page()
    second.goto(FORM)
    write(second, "Asunnottomuus kasvaa keskustassa.")
    state(second).to_have_text(ON_SERVER)
    first.bring_to_front()
    first.get_by_label("Havainto").focus()
    first.keyboard.type("Asunnottomuus kasvaa lähiöissä.")
    state(first).to_contain_text("Molemmat ovat tallessa.")
    expect(first.locator("[data-draft-told]")).to_contain_text("Molemmat ovat tallessa.")
    assert not own.axe(habits=True) + own.refusals() + own.too_wide()
    compare = first.get_by_role("link", name="Vertaa tekstejä")
    for _press in range(20):
        if compare.evaluate("each => each === document.activeElement"):
            break
        first.keyboard.press("Shift+Tab")
    first.keyboard.press("Enter")
    first.wait_for_url("**/vertaa/")
    assert [first.locator(f"{tag}.diff").last.text_content() for tag in ("del", "ins")] == [
        "[vain tallennetussa:]keskustassa[päättyy]",
        "[vain toisessa:]lähiöissä[päättyy]",
    ]
    assert not own.axe(habits=True) + own.refusals() + own.too_wide()
    first.get_by_role("button", name="Jatka toisella tekstillä").press("Enter")
    first.wait_for_url(f"**{FORM}")
    expect(first.get_by_label("Havainto")).to_have_value("Asunnottomuus kasvaa lähiöissä.")
    assert copies(service) == ["Asunnottomuus kasvaa keskustassa."]


def test_after_sending_nothing_is_left_and_an_old_tab_cannot_bring_it_back(
    window: Callable[..., Window], writer: Callable[..., Window], service: Service
) -> None:
    own = writer(window())
    first = own.go(FORM)
    old = own.context.new_page()
    old.goto(FORM)
    first.get_by_label("Nimi", exact=True).fill("Aino")
    first.get_by_label("Sähköpostiosoite").fill("aino@kunta.example")
    write(first, "Lähetetty teksti")
    first.locator("[name=one]").first.check()
    first.get_by_label("Olen lukenut").check()
    first.get_by_role("button", name="Lähetä").click()
    first.wait_for_url("**?lahetetty=1")
    assert stored(first) == []
    assert saved_texts(service) == []
    write(old, "Lähetetty teksti ja vähän vielä")
    state(old).to_contain_text("jo lähetetty")
    assert saved_texts(service) == []
    assert stored(old) == []
    # Who opens the form again begins a new one.
    first.goto(FORM)
    write(first, "Uusi")
    state(first).to_have_text(ON_SERVER)
    assert saved_texts(service) == ["Uusi"]


def test_what_is_wrong_in_the_form_is_kept_while_it_is_mended(open_form: Callable[..., Page], service: Service) -> None:
    page = open_form()
    page.evaluate("document.querySelector('form[data-draft]').noValidate = true")
    write(page, "Nimi puuttuu")
    page.get_by_role("button", name="Lähetä").click()
    page.locator(".error-summary").wait_for()
    expect(page.get_by_label("Havainto")).to_have_value("Nimi puuttuu")
    assert saved_texts(service) == ["Nimi puuttuu"]
    write(page, "Nimi puuttuu vielä")
    state(page).to_have_text(ON_SERVER)
    assert saved_texts(service) == ["Nimi puuttuu vielä"]


def test_nothing_is_sent_without_a_connection(open_form: Callable[..., Page]) -> None:
    page = open_form()
    die(page)
    page.evaluate("document.querySelector('form[data-draft]').noValidate = true")
    write(page, "Junassa")
    page.get_by_role("button", name="Lähetä").click()
    state(page).to_contain_text("Ei yhteyttä.")
    expect(page.get_by_label("Havainto")).to_have_value("Junassa")


def test_a_text_that_is_too_long_is_named_and_stays(open_form: Callable[..., Page], service: Service) -> None:
    page = open_form()
    write(page, "x" * 5_001)
    state(page).to_contain_text("Kentän ”Havainto” teksti on liian pitkä")
    assert saved_texts(service) == []
    write(page, "x" * 5_000)
    state(page).to_have_text(ON_SERVER)


def test_a_sensitive_text_never_touches_the_device(
    window: Callable[..., Window], writer: Callable[..., Window], service: Service
) -> None:
    own = writer(window())
    page = own.go(SENSITIVE)
    write(page, "Salassa pidettävä", goes_on=True)
    state(page).to_have_text("Ei vielä tallennettu.")
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]
    state(page).to_have_text(ON_SERVER)
    cut(page)
    write(page, "Salassa pidettävä yhä")
    state(page).to_contain_text("vain tällä sivulla")
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]


def test_after_signing_out_a_sensitive_text_is_gone_from_every_tab(
    window: Callable[..., Window], writer: Callable[..., Window], service: Service
) -> None:
    own = writer(window())
    own.expected = (*REFUSALS, "404 for")
    page = own.go(SENSITIVE)
    write(page, "Salassa pidettävä")
    state(page).to_have_text(ON_SERVER)
    other = own.context.new_page()
    other.goto("/tili/logout/")
    other.locator("main form button").click()
    expect(page.locator("form[data-draft]")).to_have_count(0)
    assert "Salassa pidettävä" not in page.content()
    assert stored(page) == []
    page.go_back()
    assert "Salassa pidettävä" not in page.content()


def test_without_scripts_the_form_posts_and_goes_on_from_the_draft(
    open_form: Callable[..., Page], window: Callable[..., Window], writer: Callable[..., Window], service: Service
) -> None:
    page = open_form()
    write(page, "Aloitettu toisaalla")
    state(page).to_have_text(ON_SERVER)
    plain = writer(window(scripts=False)).go(FORM)
    expect(plain.get_by_label("Havainto")).to_have_value("Aloitettu toisaalla")
    state(plain).to_contain_text("Jatkat luonnoksesta")
    plain.get_by_role("link", name="Hylkää luonnos").click()
    plain.locator("main form button").click()
    plain.wait_for_url(f"**{FORM}")
    expect(plain.get_by_label("Havainto")).to_have_value("")
    plain.get_by_role("link", name="Palauta luonnos").click()
    plain.locator("main form button").click()
    expect(plain.get_by_label("Havainto")).to_have_value("Aloitettu toisaalla")


@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (1280, "dark")])
def test_axe_finds_nothing(
    window: Callable[..., Window], writer: Callable[..., Window], width: int, scheme: str
) -> None:
    own = writer(window(width=width, color_scheme=scheme))
    page = own.go(FORM)
    assert not own.axe(habits=True) + own.refusals() + own.too_wide()
    write(page, "Havainto")
    state(page).to_have_text(ON_SERVER)
    assert not own.axe(habits=True) + own.refusals() + own.too_wide()
