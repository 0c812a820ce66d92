"""Whoever has been given a certificate checks it: on a phone and a wide window, in the light and the dark, by keys."""

import sqlite3
from collections.abc import Callable
from contextlib import closing

import pytest
from playwright.sync_api import expect

from tests.journeys.browsing import Window
from tests.serving import Service

pytestmark = pytest.mark.browser
# The browser tells the console of each answer that is no success.
REFUSALS = ("Failed to load resource", "404 for", "400 for")


@pytest.fixture
def code(service: Service) -> str:
    """What stands on a certificate of the demonstration: those who completed a run there have one by themselves."""
    with closing(sqlite3.connect(f"file:{service.data / 'db.sqlite3'}?mode=ro", uri=True, timeout=20)) as database:
        found = database.execute("SELECT code FROM credentials_certificate WHERE status = 'valid'").fetchone()
    assert found, "the demonstration has certificates"
    return str(found[0])


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_a_certificate_is_checked_by_keys_alone(
    width: int, scheme: str, code: str, window: Callable[..., Window]
) -> None:
    visit = window(width=width, color_scheme=scheme)
    visit.expected = REFUSALS
    page = visit.go("/todistus/")
    assert not visit.axe()

    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_label("Todistuksen tunnus")).to_be_focused()
    page.keyboard.type("ABCD")
    page.keyboard.press("Enter")
    expect(page.locator(".error-summary")).to_be_focused()
    assert not visit.axe()

    field = page.get_by_label("Todistuksen tunnus")
    field.focus()
    page.keyboard.press("Control+A")
    page.keyboard.type(code.replace("-", " ").lower())
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Todistus on voimassa")
    assert page.url.endswith(f"/todistus/{code}/")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert not visit.axe()

    visit.go("/todistus/0000-0000-0000/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Millään todistuksella ei ole tätä tunnusta")
    assert not visit.axe()


@pytest.mark.parametrize(("language", "heading"), [("sv", "Intyget är giltigt"), ("en", "The certificate is valid")])
def test_the_switcher_leads_to_the_same_certificate_in_each_language(
    language: str, heading: str, code: str, window: Callable[..., Window]
) -> None:
    visit = window()
    page = visit.go(f"/todistus/{code}/")
    page.locator(f".languages a[hreflang={language}]").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(heading)
    assert page.url.endswith(f"/{language}/todistus/{code}/")
    assert not visit.axe()
    assert page.context.cookies() == []
