"""Comments stay with their words, can be reached from them, and begin from selected words."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.texts.editor.conftest import Desk
from tests.texts.editor.test_suggestions import part, text_with

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
TEXT = "Alku 😀 on hyvä. Keskikohta on pitkä. Loppu on lyhyt.\n"


def talked(words: str, *changes: tuple[str, dict[str, Any]]) -> dict[str, Any]:
    start = TEXT.index(words)
    return text_with(TEXT, ["p"], *changes) | {"threads": [{"id": "1", "start": start, "end": start + len(words)}]}


def test_a_comment_stays_with_its_words(desk: Callable[..., Desk]) -> None:
    own = desk()
    page = own.open(flat=talked("Keskikohta"))
    mark = page.locator(".editor__body .anchor")
    own.text.press("Control+Home")
    own.settle()
    page.keyboard.type("No niin. ")
    assert mark.inner_text() == "Keskikohta"
    own.select("Keskikohta")
    page.keyboard.press("Delete")
    assert mark.count() == 0
    assert page.locator("#thread-1 [data-when-unsure]").is_visible()
    page.keyboard.press("Control+z")
    assert mark.inner_text() == "Keskikohta"
    assert not page.locator("#thread-1 [data-when-unsure]").is_visible()
    own.caret("Keski")
    page.keyboard.type("-")
    assert mark.inner_text() == "Keski-kohta"


def test_keys_lead_from_mark_to_mark_to_the_card_and_back(desk: Callable[..., Desk]) -> None:
    own = desk()
    page = own.open(flat=talked("Keskikohta", ("hyvä", part("paras")), ("lyhyt", part("pitkä"))))
    chosen = "getSelection().toString()"
    own.text.press("Control+Home")
    own.settle()
    page.keyboard.press("F8")
    assert page.evaluate(chosen) == "hyvä"
    assert own.heard().startswith("Suggestion, mark 1 of 3")
    page.keyboard.press("F8")
    assert page.evaluate(chosen) == "Keskikohta"
    assert own.heard().startswith("Comment 1")
    page.keyboard.press("Alt+Enter")
    assert page.locator(":focus").get_attribute("id") == "thread-1"
    page.locator("#thread-1 [data-thread-show]").press("Enter")
    assert page.evaluate(chosen) == "Keskikohta"
    assert page.locator(":focus").get_attribute("role") == "textbox"
    page.keyboard.press("Shift+F8")
    assert page.evaluate(chosen) == "hyvä"
    page.keyboard.press("Alt+Enter")
    assert page.locator(":focus").get_attribute("id") == "suggestion-1"
    page.locator(".anchor__number").click()
    assert page.locator(":focus").get_attribute("id") == "thread-1"


def fields(own: Desk) -> dict[str, str]:
    return {name: own.page.input_value(f"[data-comment-form] [name={name}]") for name in ("quote", "start", "end")}


def placed(words: str) -> dict[str, str]:
    start = TEXT.index(words)
    return {"quote": words, "start": str(start), "end": str(start + len(words))}


@pytest.mark.parametrize("word", ["lue", "ehdota"])
def test_a_comment_begins_from_selected_words(desk: Callable[..., Desk], word: str) -> None:
    own = desk()
    page = own.open(word, flat=talked("Loppu"))
    tool = page.get_by_role("button", name="Comment")
    assert tool.get_attribute("aria-disabled") == "true"
    own.select("Keskikohta on")
    tool.click()
    assert fields(own) == placed("Keskikohta on")
    assert page.locator(":focus").get_attribute("id") == "uusi-kommentti"


def test_words_are_placed_in_the_version_also_after_ones_own_changes(desk: Callable[..., Desk]) -> None:
    own = desk()
    page = own.open("ehdota", flat=talked("Loppu"))
    own.text.press("Control+Home")
    own.settle()
    page.keyboard.type("Uusi alku. ")
    own.select("Keskikohta")
    page.keyboard.press("Control+Alt+m")
    assert fields(own) == placed("Keskikohta")
    own.select("Uusi alku")
    page.keyboard.press("Control+Alt+m")
    assert fields(own) == {"quote": "Uusi alku", "start": "", "end": ""}


def test_reading_changes_nothing(desk: Callable[..., Desk]) -> None:
    own = desk()
    page = own.open("lue")
    assert own.text.get_attribute("role") == "document"
    before = own.text.inner_html()
    own.text.click()
    page.keyboard.type("x")
    assert own.text.inner_html() == before
    assert page.locator(".tool").count() == 1
