"""The editor on the writer's page: drafts.js keeps what is written in it."""

import json
from collections.abc import Callable

import pytest

from tests.texts.editor.conftest import UNSENT, Desk

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


def test_what_is_written_is_kept(desk: Callable[..., Desk]) -> None:
    own = desk()
    page = own.open(UNSENT)
    assert own.saved == []
    own.text.click()
    page.keyboard.type("## Otsikko")
    page.keyboard.press("Enter")
    page.keyboard.type("Sana.")
    with page.expect_request(lambda request: request.method == "PUT"):
        page.locator("h1").click()
        own.text.blur()
    page.locator("[data-draft-panel=server]").wait_for()
    kept = own.saved[-1]
    assert json.loads(kept["body"][0])["text"] == "Otsikko\nSana.\n"
    assert (kept["body_format"], kept["decisions"]) == (["flat"], ["{}"])


def test_what_a_closed_tab_left_on_the_device_is_in_the_editor_again(desk: Callable[..., Desk]) -> None:
    own = desk()
    page = own.open(UNSENT)
    own.context.unroute("**/*")
    own.context.route("**/luonnokset/**", lambda route: route.abort())
    own.text.click()
    page.keyboard.type("Sana ilman yhteyttä.")
    page.locator("[data-draft-panel=device]").wait_for()
    page.close()
    own.context.unroute("**/luonnokset/**")
    own.context.route("**/*", own._answer)
    own.page = own.context.new_page()
    again = own.open(UNSENT)
    again.get_by_text("Sana ilman yhteyttä.").wait_for()
    assert own.value()["text"] == "Sana ilman yhteyttä.\n"


def test_opening_a_page_is_no_change(desk: Callable[..., Desk]) -> None:
    own = desk()
    page = own.open(UNSENT)
    own.text.click()
    page.keyboard.press("ArrowRight")
    with page.expect_request("**/luonnokset/**") as asked:
        page.evaluate("dispatchEvent(new Event('focus'))")
    assert asked.value.method == "GET"
    assert own.saved == []
