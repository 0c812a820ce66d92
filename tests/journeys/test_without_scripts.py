"""With scripts switched off the service still serves."""

from collections.abc import Callable

import pytest

from tests.journeys.browsing import Window
from tests.journeys.places import LESSON, PAGES
from tests.serving import Service

pytestmark = pytest.mark.browser


def test_the_menu(window: Callable[..., Window]) -> None:
    own = window(scripts=False, width=360)
    page = own.go("/")
    page.click(".menu-button")
    page.click(".site-nav a[href='/teemat/']")
    page.wait_for_url("**/teemat/")


def test_search_and_its_filters(window: Callable[..., Window]) -> None:
    own = window(scripts=False)
    page = own.go("/haku/")
    page.fill("#q", "kurssi")
    page.press("#q", "Enter")
    page.wait_for_url("**q=kurssi**")
    assert page.locator("main .list > li").count() > 1
    narrower = page.locator("main a[href*='laji='], main form input[name=laji]").first
    if narrower.evaluate("each => each.tagName") == "INPUT":
        narrower.check()
        page.locator("main form:has(input[name=laji]) button[type=submit]").last.click()
    else:
        narrower.click()
    page.wait_for_url("**laji=**")
    assert page.locator("main .list > li").count() >= 1


def test_filters(window: Callable[..., Window]) -> None:
    own = window(scripts=False, width=360)
    page = own.go("/verkosto/")
    page.locator("details.fold > summary").click()
    page.fill("form.filters input[type=search]", "keski") if page.locator(
        "form.filters input[type=search]"
    ).count() else None
    page.locator("form.filters details summary").first.click()
    page.locator("form.filters input[type=checkbox]:visible").first.check()
    page.click("form.filters button[type=submit]")
    page.wait_for_load_state()
    assert "?" in page.url


def test_a_self_check(window: Callable[..., Window]) -> None:
    own = window(scripts=False)
    page = own.go(LESSON)
    form = page.locator("form[data-selfcheck]").first
    form.locator("input[type=radio], input[type=checkbox]").first.check()
    form.locator("button[type=submit]").click()
    page.wait_for_url("**kysymys=**")
    outcome = page.locator("form[data-selfcheck] [role=status]")
    assert outcome.count() == 1
    assert outcome.is_visible()
    assert "#" in page.url, "the page should open at the question"


def test_signing_in(window: Callable[..., Window], service: Service) -> None:
    own = window(scripts=False)
    page = own.go("/tili/login/")
    page.fill("input[name=login]", "opiskelija@demo.example")
    page.fill("input[name=password]", service.password)
    page.press("input[name=password]", "Enter")
    page.wait_for_url("**/oma/")


def test_every_kind_of_page_shows_its_content(window: Callable[..., Window]) -> None:
    own = window(scripts=False)
    own.expected = ("404",)
    for name, path in PAGES.items():
        page = own.go(path)
        assert page.locator("h1").is_visible(), name
        assert len(page.locator("main").inner_text()) > 60, name
