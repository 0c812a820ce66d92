"""Studying in a browser: reading, notes and marks, by keyboard and on a phone, with and without a connection."""

import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.browsing import Window
from tests.journeys.cutting import Line
from tests.journeys.visitor import Visitor
from tests.serving import Service

pytestmark = pytest.mark.browser
RUN = "/opinnot/rsos5-2026s/"
# The copies of lessons in the browser, one list for each cache.
KEPT = """
const names = (await caches.keys()).filter((name) => name.startsWith("study-lessons-"));
const kept = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
"""
# What the browser tells of a connection that was cut on purpose, and of a session that has ended.
CUT = ("net::ERR_", "Failed to load resource", "401 for", "status of 401")


@pytest.fixture
def line(service: Service) -> Iterator[Line]:
    with Line(urlsplit(service.url).port or 80) as passing:
        yield passing


@pytest.fixture
def learner(service: Service, window: Callable[..., Window]) -> Callable[..., Window]:
    """A window in which the demonstration's learner has signed in, with a session of its own."""

    def open_(line: Line | None = None, **options: Any) -> Window:
        base = line.url if line else service.url
        visitor = Visitor(base)
        assert visitor.sign_in("opiskelija@demo.example", service.password).status == 302
        opened = window(base=base, **options)
        opened.enter_as(visitor)
        return opened

    return open_


def address_of(window: Window, label: str) -> str:
    """The address of a lesson that the learner has not read; each test that marks one has its own."""
    link = window.go(RUN).locator(f".study-lessons a:has(b:text-is('{label}'))")
    return str(link.get_attribute("href"))


def notes_in(service: Service, text: str) -> int:
    with closing(sqlite3.connect(f"file:{service.data / 'db.sqlite3'}?mode=ro", uri=True, timeout=20)) as database:
        query = "SELECT count(*) FROM study_note WHERE text = ? AND deleted_at IS NULL"
        return int(database.execute(query, [text]).fetchone()[0])


def first_margin(page: Page) -> Any:
    return page.locator("[data-margin]").nth(1)


def write_note(page: Page, text: str) -> None:
    margin = first_margin(page)
    margin.locator(".note__fold--new summary").click()
    margin.locator(".note__fold--new textarea").fill(text)
    margin.locator(".note__fold--new button").click()


def kept_copies(page: Page) -> list[str]:
    return list(
        page.evaluate(f"async () => {{ {KEPT} return kept.flat().map((each) => new URL(each.url).pathname); }}")
    )


def wait_for_copy(page: Page, path: str) -> None:
    page.evaluate(
        """async (path) => {
             for (;;) {
               const names = (await caches.keys()).filter((name) => name.startsWith("study-lessons-"));
               for (const name of names) if (await (await caches.open(name)).match(new URL(path, location))) return;
               await new Promise(requestAnimationFrame); } }""",
        path,
    )


def test_a_note_is_written_edited_deleted_and_taken_back_without_leaving_the_page(
    learner: Callable[..., Window], service: Service
) -> None:
    window = learner()
    page = window.go(address_of(window, "5.1"))
    write_note(page, "Kysytään tiimissä")
    note = first_margin(page).locator(".note__text", has_text="Kysytään tiimissä")
    expect(note).to_be_visible()
    first_margin(page).get_by_text(re.compile("^Muokkaa")).last.click()
    first_margin(page).locator(".note textarea").last.fill("Kysytään johdolta")
    first_margin(page).get_by_role("button", name="Tallenna muistiinpano").first.click()
    expect(first_margin(page)).to_contain_text("Kysytään johdolta")
    first_margin(page).get_by_text(re.compile("^Muokkaa")).last.click()
    first_margin(page).get_by_role("button", name="Poista", exact=True).click()
    expect(first_margin(page)).to_contain_text("Muistiinpano poistettiin.")
    first_margin(page).get_by_role("button", name="Kumoa poisto").click()
    expect(first_margin(page)).to_contain_text("Kysytään johdolta")
    assert notes_in(service, "Kysytään johdolta") >= 1


def test_by_keyboard_alone_a_lesson_is_opened_noted_and_marked_as_read(learner: Callable[..., Window]) -> None:
    window = learner()
    path = address_of(window, "4.3")
    page = window.page
    page.locator(f"a[href='{path}']").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(re.escape(path)))
    first_margin(page).locator(".note__fold--new summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("Näppäimistöllä")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(first_margin(page)).to_contain_text("Näppäimistöllä")
    # The focus stays where the notes are, so that reading goes on from there.
    assert page.evaluate("document.activeElement.closest('[data-margin]') !== null")
    button = page.get_by_role("button", name=re.compile("Merkitse luetuksi ja jatka"))
    button.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: path not in url)
    page.goto(path)
    expect(page.get_by_role("button", name="Peru merkintä")).to_be_visible()
    page.get_by_role("button", name="Peru merkintä").click()
    expect(page.get_by_role("button", name=re.compile("Merkitse luetuksi"))).to_be_visible()


def test_on_a_phone_the_button_is_at_hand_and_never_over_what_has_the_focus(learner: Callable[..., Window]) -> None:
    window = learner(width=360, height=740)
    page = window.go(address_of(window, "5.2"))
    bar = page.locator(".done-bar")
    expect(bar).to_be_in_viewport()
    hidden = page.evaluate(
        """() => { const behind = [], bar = document.querySelector('.done-bar');
             for (const each of document.querySelectorAll('main :is(a[href], button, summary, [type=radio])')) {
               if (bar.contains(each) || !each.checkVisibility()) continue;
               each.focus();
               const box = each.getBoundingClientRect(), over = bar.getBoundingClientRect();
               if (box.top >= over.top && box.bottom <= over.bottom) behind.push(each.outerHTML.slice(0, 80));
             }
             return behind; }"""
    )
    assert hidden == []
    first_margin(page).locator(".note__fold--new summary").click()
    first_margin(page).locator(".note__fold--new textarea").focus()
    assert page.evaluate("getComputedStyle(document.querySelector('.done-bar')).position") == "static"
    assert window.too_wide() == []


def test_the_page_goes_on_at_the_heading_where_it_was_left(learner: Callable[..., Window]) -> None:
    window = learner()
    path = address_of(window, "5.3")
    page = window.go(path)
    heading = page.locator(".prose > h2[id]").nth(2)
    place = heading.get_attribute("id")
    with page.expect_response(re.compile("/kohta/")) as told:
        heading.evaluate("(each) => each.scrollIntoView()")
    assert told.value.status == 204
    page = window.go("/oma/")
    link = page.locator(".next-up a.button")
    assert link.get_attribute("href") == f"{path}#{place}"


def test_an_opened_lesson_is_read_without_a_connection_and_says_so(
    learner: Callable[..., Window], line: Line, service: Service
) -> None:
    window = learner(line)
    window.expected = CUT
    path = address_of(window, "6.1")
    page = window.go(path)
    wait_for_copy(page, path)
    line.cut()
    page.goto(path)
    state = page.locator("[data-study-state]")
    expect(state).to_contain_text("Ei yhteyttä. Luet kopiota")
    expect(page.locator("h1")).to_be_visible()
    assert page.evaluate("document.fonts.check('700 20px \"OV Grotesk\"')")
    assert page.evaluate("getComputedStyle(document.querySelector('.next-up, .mark')).borderTopWidth") == "2px"
    write_note(page, "Tunnelissa kirjoitettu")
    expect(first_margin(page)).to_contain_text("Tallessa tällä laitteella")
    page.reload()
    expect(first_margin(page)).to_contain_text("Tunnelissa kirjoitettu")
    assert notes_in(service, "Tunnelissa kirjoitettu") == 0
    page.get_by_role("button", name=re.compile("Merkitse luetuksi")).click()
    expect(page.locator("[data-study-state]")).to_contain_text("Odottaa tällä laitteella yhteyttä: 2.")
    line.mend()
    page.goto(path)
    expect(page.locator("[data-study-state]")).to_contain_text("Yhteys palasi")
    assert notes_in(service, "Tunnelissa kirjoitettu") == 1
    page.goto(path)
    expect(page.get_by_role("button", name="Peru merkintä")).to_be_visible()
    expect(page.locator("[data-study-state]")).to_be_hidden()


@pytest.mark.parametrize(
    ("prefix", "moment"),
    [("/sv", r"\d+\.\d+\.\d{4} kl\. \d+\.\d\d\."), ("/en", r"\d+ [A-Z][a-z]+ \d{4} at \d\d:\d\d\.")],
)
def test_a_copy_tells_its_moment_as_its_language_writes_it(
    learner: Callable[..., Window], line: Line, prefix: str, moment: str
) -> None:
    window = learner(line)
    window.expected = CUT
    path = f"{prefix}{address_of(window, '6.1')}"
    page = window.go(path)
    wait_for_copy(page, path)
    line.cut()
    page.goto(path)
    expect(page.locator("[data-study-state]")).to_have_text(re.compile(moment))


def test_a_page_that_is_no_lesson_is_never_answered_from_the_device(learner: Callable[..., Window], line: Line) -> None:
    window = learner(line)
    window.expected = CUT
    path = address_of(window, "6.1")
    page = window.go(path)
    wait_for_copy(page, path)
    line.cut()
    for other in (RUN, "/oma/", "/"):
        with pytest.raises(Exception, match="ERR_"):
            page.goto(other)


def test_an_ended_session_loses_no_note(learner: Callable[..., Window], service: Service) -> None:
    window = learner()
    window.expected = CUT
    page = window.go(address_of(window, "6.2"))
    window.context.clear_cookies(name="sessionid")
    write_note(page, "Istunto päättyi kesken")
    state = page.locator("[data-study-state]")
    expect(state).to_contain_text("Istunto on päättynyt")
    expect(state.get_by_role("link", name="Kirjaudu")).to_be_visible()
    visitor = Visitor(service.url)
    assert visitor.sign_in("opiskelija@demo.example", service.password).status == 302
    window.enter_as(visitor)
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(state).to_contain_text("on lähetetty")
    assert notes_in(service, "Istunto päättyi kesken") == 1


def test_two_devices_that_change_one_note_keep_both_texts(learner: Callable[..., Window], service: Service) -> None:
    phone, desk = learner(width=360), learner()
    path = address_of(phone, "6.2")
    page = phone.go(path)
    write_note(page, "Yhteinen alku")
    expect(first_margin(page).locator(".note__text", has_text="Yhteinen alku")).to_be_visible()
    other = desk.go(path)
    for shown, text in ((page, "Puhelimen versio"), (other, "Koneen versio")):
        note = first_margin(shown).locator(".note:has-text('Yhteinen alku')")
        note.locator("summary").click()
        note.locator("textarea").fill(text)
        note.get_by_role("button", name="Tallenna muistiinpano").click()
        expect(first_margin(shown)).to_contain_text(text)
    expect(first_margin(other)).to_contain_text("Puhelimen versio")
    assert notes_in(service, "Puhelimen versio") == notes_in(service, "Koneen versio") == 1


def test_of_many_lessons_the_fifty_that_were_read_last_are_kept(learner: Callable[..., Window]) -> None:
    window = learner()
    first, second = address_of(window, "6.1"), address_of(window, "6.2")
    page = window.go(first)
    wait_for_copy(page, first)
    page.evaluate(
        """async () => {
             const [name] = (await caches.keys()).filter((name) => name.startsWith("study-lessons-"));
             const cache = await caches.open(name);
             for (let at = 0; at < 60; at++) await cache.put(`/opinnot/muu/oppitunti/${at}/`, new Response("muu")); }"""
    )
    page = window.go(second)
    wait_for_copy(page, second)
    page.wait_for_function(f"async () => {{ {KEPT} return kept.flat().length <= 50; }}")
    kept = kept_copies(page)
    assert len(kept) == 50
    assert first not in kept
    assert kept[-2:] == ["/opinnot/muu/oppitunti/59/", second]


def test_a_new_worker_that_keeps_copies_in_another_form_erases_the_old_ones(
    learner: Callable[..., Window], line: Line
) -> None:
    window = learner(line)
    path = address_of(window, "6.1")
    page = window.go(path)
    wait_for_copy(page, path)
    old = page.evaluate("caches.keys()")
    line.changed = {b"const FORM = 1;": b"const FORM = 9;"}
    page.evaluate("navigator.serviceWorker.getRegistration().then((each) => each.update())")
    page.wait_for_function(
        "async (old) => !(await caches.keys()).some((name) => old.includes(name) && name.startsWith('study-'))", arg=old
    )
    # It takes over while it erases, and when it has: until then what is asked for waits.
    page.wait_for_function("navigator.serviceWorker.ready.then((each) => each.active.state === 'activated')")
    page.reload()
    wait_for_copy(page, path)
    kept = [name for name in page.evaluate("caches.keys()") if name.startswith("study-")]
    assert {name.split("-")[2] for name in kept} == {"9"}
    assert kept_copies(page) == [path]


def test_signing_out_erases_the_copies(learner: Callable[..., Window]) -> None:
    window = learner()
    path = address_of(window, "5.1")
    page = window.go(path)
    wait_for_copy(page, path)
    page = window.go("/tili/logout/")
    page.locator("main form button[type=submit]").click()
    page.wait_for_url(lambda url: "/logout/" not in url)
    assert kept_copies(page) == []


def test_another_person_on_the_device_erases_the_copies_of_the_one_before(
    learner: Callable[..., Window], service: Service
) -> None:
    window = learner()
    path = address_of(window, "5.1")
    page = window.go(path)
    wait_for_copy(page, path)
    other = Visitor(service.url)
    assert other.sign_in("yllapito@demo.example", service.password).status == 302
    enrolled = other.fill("/opinnot/vt-aina/ilmoittaudu/", {})
    assert enrolled.status in {302, 303}
    window.context.clear_cookies()
    window.enter_as(other)
    page = window.go("/opinnot/vt-aina/")
    theirs = str(page.locator(".study-lessons a[href*='/oppitunti/']").first.get_attribute("href"))
    page = window.go(theirs)
    wait_for_copy(page, theirs)
    page.wait_for_function(
        "async () => (await caches.keys()).filter((name) => name.startsWith('study-lessons-')).length === 1"
    )
    assert kept_copies(page) == [theirs]


def test_without_scripts_everything_but_the_copies_works(learner: Callable[..., Window], service: Service) -> None:
    window = learner(scripts=False)
    page = window.go(address_of(window, "5.1"))
    write_note(page, "Ilman skriptejä")
    assert "#muistiinpanot-" in page.url
    expect(first_margin(page)).to_contain_text("Ilman skriptejä")
    note = first_margin(page).locator(".note:has-text('Ilman skriptejä')")
    note.locator("summary").click()
    note.get_by_role("button", name="Poista", exact=True).click()
    page.get_by_role("button", name="Kumoa poisto").click()
    expect(first_margin(page)).to_contain_text("Ilman skriptejä")


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_of_the_learner_is_accessible(learner: Callable[..., Window], width: int, scheme: str) -> None:
    window = learner(width=width, color_scheme=scheme)
    lesson = address_of(window, "6.3")
    for path in (RUN, lesson, "/oma/", "/oma/muistiinpanot/", "/oma/muistiinpanot/?sana=tiimi", "/oma/kalenteri/"):
        page = window.go(path)
        page.evaluate("document.querySelectorAll('details').forEach((each) => (each.open = true))")
        assert window.axe(habits=True) == [], path
        assert window.too_wide() == [], path
