"""A warning of personal data while one writes and when one sends: in place, quiet, and the writer decides."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.journeys.browsing import Window

pytestmark = pytest.mark.browser
TELL = "/haku/kerro/"
FINDINGS = "#id_message_findings"
WRITTEN = "Asiakkaani Aino Korhonen muutti Tampereelle. Soita 040 123 4567 tai kirjoita aino.k@perhe.example."
# How often the place where findings are told has changed.
COUNT = """place => {
  window.changes = 0;
  new MutationObserver(() => (window.changes += 1)).observe(document.querySelector(place), { childList: true });
}"""


def test_the_writer_is_told_after_a_pause_and_not_at_each_key(window: Callable[..., Window]) -> None:
    own = window()
    sent: list[str] = []
    page = own.go(TELL)
    page.on("request", lambda request: sent.append(f"{request.method} {request.url} {request.post_data}"))
    page.focus("#id_message")
    page.evaluate(COUNT, FINDINGS)
    expect(page.locator(FINDINGS)).to_have_role("status")
    page.keyboard.type(WRITTEN, delay=5)
    expect(page.locator(f"{FINDINGS} mark")).to_have_text(["Aino Korhonen", "040 123 4567", "aino.k@perhe.example"])
    assert page.evaluate("window.changes") <= 2
    # What is written goes nowhere: the patterns were fetched, and nothing was sent.
    assert all(each.startswith("GET ") and "/static/" in each for each in sent), sent
    page.fill("#id_message", "Kehittämispäivä pidettiin Tampereella.")
    expect(page.locator(FINDINGS)).to_be_empty()


@pytest.mark.parametrize(("width", "scheme"), [(360, "dark"), (1280, "light")])
def test_what_is_shown_has_no_fault_and_fits(window: Callable[..., Window], width: int, scheme: str) -> None:
    own = window(width=width, color_scheme=scheme)
    own.expected = ("400",)
    page = own.go(TELL)
    page.fill("#id_words", "kotikäynti")
    page.fill("#id_message", f"{WRITTEN} {'0400123456' * 3}{'x' * 80}@{'y' * 50}.example")
    page.locator("#id_message").blur()
    expect(page.locator(f"{FINDINGS} mark").first).to_be_visible()
    assert not own.axe(habits=True) + own.refusals() + own.too_wide()
    page.get_by_role("button", name="Lähetä", exact=True).click()
    expect(page.locator(".error-summary--note")).to_be_focused()
    assert not own.axe(habits=True) + own.refusals() + own.too_wide()


def test_the_button_that_ends_the_writing_is_pressed(window: Callable[..., Window]) -> None:
    """What is told under the field would else move the button away from under the pointer."""
    own = window()
    own.expected = ("400",)
    page = own.go(TELL)
    page.fill("#id_words", "kotikäynti")
    page.focus("#id_message")
    page.keyboard.type("Soita 040 123 4567.")
    with page.expect_navigation():
        page.get_by_role("button", name="Lähetä", exact=True).click()
    expect(page.locator(".error-summary--note")).to_be_focused()


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_the_writer_decides_by_keys_alone(window: Callable[..., Window], scripts: bool) -> None:
    own = window(scripts=scripts, width=360)
    own.expected = ("400",)
    page = own.go(TELL)
    page.fill("#id_words", "kotikäynti")
    page.fill("#id_message", WRITTEN)
    page.press("#id_words", "Enter")
    expect(page.locator(".error-summary--note")).to_contain_text("Mitään ei ole vielä lähetetty")
    expect(page.locator(f"{FINDINGS} mark")).to_have_count(3)
    # Enter in a field is the plain button's: it asks again.
    page.press("#id_words", "Enter")
    expect(page.locator(".error-summary--note")).to_be_visible()
    page.get_by_role("button", name="Lähetä silti").press("Enter")
    page.wait_for_url("**/kerro/kiitos/")


def test_the_form_works_where_the_patterns_cannot_be_fetched(window: Callable[..., Window]) -> None:
    """Nothing is told then, and nothing complains."""
    own = window()
    own.expected = ("ERR_FAILED", "Failed to load", "net::")
    page = own.page
    page.route("**/data/personal-data*", lambda route: route.abort())
    own.go(TELL)
    page.fill("#id_message", WRITTEN)
    page.locator("#id_message").blur()
    page.wait_for_function("() => document.querySelector('#id_message_findings') !== null")
    expect(page.locator(FINDINGS)).to_be_empty()
