"""Everything can be reached, seen and used from the keyboard."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.browsing import Window
from tests.journeys.places import LESSON, PAGES
from tests.serving import Service

pytestmark = pytest.mark.browser
MOST_STOPS = 400


def tab_to(window: Window, selector: str, most: int = 80) -> None:
    """Press Tab until the element has the focus."""
    for _stop in range(most):
        window.page.keyboard.press("Tab")
        if window.page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"{selector} was not reached on {window.page.url}")


def test_the_first_stop_skips_to_the_content(window: Callable[..., Window]) -> None:
    own = window()
    own.expected = ("404",)
    for name, path in PAGES.items():
        page = own.go(path)
        page.keyboard.press("Tab")
        first = own.focused()
        assert first["className"] == "skip", name
        assert first["shown"] and first["outline"], f"{name}: the link is not seen when it has the focus"
        page.keyboard.press("Enter")
        assert own.focused()["id"] == first["href"].removeprefix("#"), name
        page.keyboard.press("Tab")
        assert page.evaluate("!document.activeElement.closest('header.site-header')"), (
            f"{name}: the menu was not skipped"
        )


@pytest.mark.parametrize("name", ["front page", "lesson", "network", "found", "event", "sign-in"])
@pytest.mark.parametrize("width", [1280, 360])
def test_the_focus_is_seen_moves_on_and_comes_back(window: Callable[..., Window], name: str, width: int) -> None:
    """Every stop is visible and marked; the way through the page ends."""
    own = window(width=width)
    page = own.go(PAGES[name])
    seen: list[int] = []
    wrong = []
    for _stop in range(MOST_STOPS):
        page.keyboard.press("Tab")
        stop = own.focused()
        if stop["tag"] == "body":
            break
        # Within a group of radio buttons the same stop may come again; twice in a row is a trap.
        assert not seen or seen[-1] != stop["path"], f"trapped at {stop}"
        if stop["path"] in seen:
            break
        seen.append(stop["path"])
        if not (stop["shown"] and stop["outline"]) or stop["covered"]:
            wrong.append({key: stop[key] for key in ("tag", "text", "href", "shown", "outline", "covered")})
    assert len(seen) > 10
    assert not wrong
    page.keyboard.press("Shift+Tab")
    assert own.focused()["tag"] != "body"


def test_the_menu_of_a_narrow_window(window: Callable[..., Window]) -> None:
    own = window(width=360)
    page = own.go("/")
    link = page.locator(".site-nav a[href='/kurssit/']")
    assert not link.is_visible()
    tab_to(own, ".menu-button")
    page.keyboard.press("Enter")
    expect(link).to_be_visible()
    page.keyboard.press("Escape")
    expect(link).not_to_be_visible()
    assert own.focused()["className"] == "menu-button"
    page.keyboard.press("Space")
    expect(link).to_be_visible()
    tab_to(own, ".site-nav a[href='/kurssit/']", 4)
    page.keyboard.press("Enter")
    page.wait_for_url("**/kurssit/")
    assert page.locator(".site-nav [aria-current]").first.get_attribute("href") == "/kurssit/"


def test_search(window: Callable[..., Window]) -> None:
    own = window()
    page = own.go("/")
    tab_to(own, ".to-search")
    page.keyboard.press("Enter")
    page.wait_for_url("**/haku/")
    tab_to(own, "#q")
    page.keyboard.type("sosiaalinen raportointi")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"\?q="))
    tab_to(own, "main .list a", 60)
    target = own.focused()["href"]
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{target}")


def test_filters(window: Callable[..., Window]) -> None:
    own = window()
    page = own.go("/verkosto/")
    before = page.locator("main h2, main h3").all_inner_texts()
    tab_to(own, "form.filters input[type=checkbox], form.filters summary, form.filters select")
    if own.focused()["tag"] == "summary":
        page.keyboard.press("Enter")
        tab_to(own, "form.filters input[type=checkbox]")
    page.keyboard.press("Space")
    name = own.focused()["name"]
    tab_to(own, "form.filters button")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(rf"\?.*{name}="))
    assert page.locator("main h2, main h3").all_inner_texts() != before
    assert page.locator("form.filters input:checked").count() == 1


def test_an_accordion(window: Callable[..., Window]) -> None:
    own = window()
    page = own.go(LESSON)
    tab_to(own, "main details summary", 120)
    summary = page.locator(":focus")
    was = summary.evaluate("each => each.parentElement.open")
    page.keyboard.press("Enter")
    assert summary.evaluate("each => each.parentElement.open") != was
    page.keyboard.press("Space")
    assert summary.evaluate("each => each.parentElement.open") == was


def test_a_self_check(window: Callable[..., Window]) -> None:
    own = window()
    page = own.go(LESSON)
    address = page.url
    tab_to(own, "form[data-selfcheck] :is(input, select)", 200)
    kind = page.locator(":focus").get_attribute("type")
    page.keyboard.press("Space")
    if kind == "radio":
        page.keyboard.press("ArrowDown")
        assert page.locator(":focus").is_checked()
    tab_to(own, "form[data-selfcheck] button", 20)
    page.keyboard.press("Enter")
    outcome = page.locator("form[data-selfcheck] [role=status]").first
    outcome.wait_for()
    expect(outcome).to_be_focused()
    assert page.url == address, "the page must not be left"
    assert len(outcome.inner_text()) > 10


def test_the_glossary(window: Callable[..., Window]) -> None:
    own = window()
    page = own.go(LESSON)
    tab_to(own, ".term a", 150)
    page.keyboard.press("Enter")
    page.wait_for_url("**/sanasto/#*")
    term = page.locator(":target")
    expect(term).to_be_in_viewport()
    page.keyboard.press("Tab")
    assert is_after(page, ":target"), "the way goes on from the term"
    page = own.go("/sanasto/")
    tab_to(own, ".letters a[href='#kirjain-s']")
    page.keyboard.press("Enter")
    expect(page.locator("#kirjain-s")).to_be_in_viewport()
    page.keyboard.press("Tab")
    assert is_after(page, "#kirjain-s"), "the way goes on from the letter"
    page = own.go("/sanasto/")
    tab_to(own, "main input[type=search]")
    page.keyboard.type("osallisuus")
    page.keyboard.press("Enter")
    page.locator("main [role=status]").wait_for()
    assert page.locator(".glossary dt").count() >= 1


def is_after(page: Page, selector: str) -> bool:
    """Whether the focus is on something that comes later in the page than the element, or within it."""
    return bool(
        page.evaluate(
            """selector => {
              const place = document.querySelector(selector).compareDocumentPosition(document.activeElement);
              return Boolean(place & (Node.DOCUMENT_POSITION_FOLLOWING | Node.DOCUMENT_POSITION_CONTAINED_BY));
            }""",
            selector,
        )
    )


def test_the_language(window: Callable[..., Window]) -> None:
    own = window()
    page = own.go("/teemat/vaikuttavuus/")
    tab_to(own, ".languages a[hreflang=en]")
    page.keyboard.press("Enter")
    page.wait_for_url("**/en/themes/effectiveness/")
    assert page.locator("html").get_attribute("lang") == "en"
    tab_to(own, ".languages a[hreflang=sv]")
    page.keyboard.press("Enter")
    page.wait_for_url("**/sv/teman/verkningsfullhet/")


def test_signing_in_and_out(window: Callable[..., Window], service: Service) -> None:
    own = window()
    page = own.go("/blogi/")
    tab_to(own, "header a[href*='/tili/login/']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/tili/login/**")
    tab_to(own, "input[name=login]")
    page.keyboard.type("opiskelija@demo.example")
    page.keyboard.press("Tab")
    while own.focused()["name"] != "password":
        page.keyboard.press("Tab")
    page.keyboard.type(service.password)
    page.keyboard.press("Enter")
    page.wait_for_url("**/blogi/")
    tab_to(own, "header a[href='/oma/']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/oma/")
    tab_to(own, "main a[href='/tili/logout/']", 60)
    page.keyboard.press("Enter")
    page.wait_for_url("**/tili/logout/")
    tab_to(own, "main form[action*='logout'] button")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{service.url}/")
    page.goto("/oma/")
    assert "/tili/login/" in page.url


def test_a_refused_form_tells_where_it_went_wrong(window: Callable[..., Window]) -> None:
    own = window()
    page: Page = own.go("/tili/signup/")
    page.fill("input[name=email]", "uusi@kunta.example")
    page.fill("input[name=first_name]", "A")
    page.fill("input[name=last_name]", "B")
    page.fill("input[name=password1]", "lyhyt")
    page.fill("input[name=password2]", "lyhyt")
    page.press("input[name=password2]", "Enter")
    field = page.locator("[aria-invalid=true]").first
    field.wait_for()
    assert field.get_attribute("name") == "password1"
    described = str(field.get_attribute("aria-describedby")).split()
    texts = [page.locator(f"[id='{name}']").inner_text() for name in described]
    assert all(texts), "aria-describedby points to nothing"
    summary = page.locator(".error-summary")
    expect(summary).to_be_visible()
    assert summary.locator(f"a[href='#{field.get_attribute('id')}']").count() == 1
    assert page.title().strip()
