"""Suggesting changes to a text: what is typed is a change to the version, and what others suggest is left alone."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.texts.editor.conftest import Desk
from tests.texts.editor.test_suggestions import part, text_with

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
PLAIN = text_with("Odottaminen kirjataan harvoin.\nSiksi jono ei näy.\n", ["p", "p"])


def changes(own: Desk, base: dict[str, Any] = PLAIN) -> list[tuple[str, str, str]]:
    """(id, words of the version, words in their place); the version itself stays as it was."""
    sent = own.value()
    assert {name: sent[name] for name in ("text", "blocks", "marks")} == {
        name: base[name] for name in ("text", "blocks", "marks")
    }
    return [(each["id"], base["text"][each["start"] : each["end"]], each["with"]["text"]) for each in sent["changes"]]


def test_typing_over_words_suggests_others(desk: Callable[..., Desk]) -> None:
    own = desk()
    page = own.open("ehdota", flat=PLAIN)
    own.select("harvoin")
    page.keyboard.type("joskus")
    assert changes(own) == [("new-1", "harvoin", "joskus")]
    assert page.locator(".editor__body del").inner_text() == "harvoin"
    assert page.locator(".editor__body ins").inner_text() == "joskus"
    assert page.inner_text("[data-own-count]") == "1 change suggested"


def test_changing_it_back_suggests_nothing(desk: Callable[..., Desk]) -> None:
    own = desk()
    page = own.open("ehdota", flat=PLAIN)
    own.select("harvoin")
    page.keyboard.type("joskus")
    own.select("joskus")
    page.keyboard.type("harvoin")
    assert changes(own) == []
    assert page.locator(".editor__body :is(ins, del)").count() == 0


def test_keys_take_letters_away_and_undo_brings_them_back(desk: Callable[..., Desk]) -> None:
    own = desk()
    page = own.open("ehdota", flat=PLAIN)
    own.caret(" harvoin")
    for _letter in " harvoin":
        page.keyboard.press("Backspace")
    assert changes(own) == [("new-1", " harvoin", "")]
    # How many of them one step takes back depends on how fast they were pressed.
    for _letter in " harvoin":
        page.keyboard.press("Control+z")
    assert changes(own) == []


def test_dividing_and_joining_paragraphs_are_suggestions(desk: Callable[..., Desk]) -> None:
    own = desk()
    page = own.open("ehdota", flat=PLAIN)
    own.caret("Odottaminen ")
    page.keyboard.press("Enter")
    assert [(was, becomes.strip(" ")) for _id, was, becomes in changes(own)] == [("", "\n")]
    page.keyboard.press("Control+z")
    own.caret("Siksi", at="start")
    page.keyboard.press("Backspace")
    assert [(was, becomes) for _id, was, becomes in changes(own)] == [("\n", "")]


def test_a_heading_and_bold_words_are_suggestions_with_the_same_words(desk: Callable[..., Desk]) -> None:
    own = desk()
    page = own.open("ehdota", flat=PLAIN)
    own.caret("Siksi")
    page.keyboard.press("Control+Alt+2")
    own.select("harvoin")
    page.keyboard.press("Control+b")
    sent = own.value()["changes"]
    assert [each["with"] for each in sent] == [part("harvoin", marks=[[0, 7, "strong"]]), part("\n", "h2")]
    assert page.locator(".suggested-note").all_inner_texts() == ["→ other formatting", "→ heading"]
    words = page.locator("[data-own-suggestions] li button:first-child").all_inner_texts()
    assert words == ["”harvoin” → other formatting", "”Siksi jono ei näy.” → heading"]


def test_two_places_are_two_suggestions_and_each_can_be_taken_back(desk: Callable[..., Desk]) -> None:
    own = desk()
    page = own.open("ehdota", flat=PLAIN)
    own.select("harvoin")
    page.keyboard.type("joskus")
    own.select("jono")
    page.keyboard.type("odotus")
    assert changes(own) == [("new-1", "harvoin", "joskus"), ("new-2", "jono", "odotus")]
    take = page.get_by_role("button", name="Take back ”harvoin” → ”joskus”")
    take.press("Enter")
    assert changes(own) == [("new-2", "jono", "odotus")]
    assert page.locator(":focus").get_attribute("data-own-withdraw") == "new-2"
    assert own.heard() == "The suggestion is taken back."


OTHERS = text_with(
    "Yksi kaksi kolme neljä viisi.\n", ["p"], ("kaksi", part("2")), ("neljä", part("4", marks=[[0, 1, "strong"]]))
)
OWN = OTHERS | {"changes": [OTHERS["changes"][0], OTHERS["changes"][1] | {"own": True}]}


def test_what_others_suggest_is_locked(desk: Callable[..., Desk]) -> None:
    own = desk()
    page = own.open("ehdota", flat=OTHERS)
    own.caret("ka")
    page.keyboard.type("x")
    own.select("si kol")
    page.keyboard.press("Delete")
    assert "Somebody else" in own.heard()
    assert page.locator(".editor__body").inner_text().startswith("Yksi kaksi2 kolme neljä4")
    own.caret("kolme")
    page.keyboard.type("n")
    assert changes(own, OTHERS) == [("1", "kaksi", "2"), ("new-1", "kolme", "kolmen"), ("2", "neljä", "4")] or changes(
        own, OTHERS
    ) == [("1", "kaksi", "2"), ("new-1", "", "n"), ("2", "neljä", "4")]


def test_ones_own_suggestions_go_on_where_they_were_left(desk: Callable[..., Desk]) -> None:
    own = desk()
    page = own.open("ehdota", flat=OWN)
    assert page.locator(".editor__body ins.suggested--own").inner_text() == "4"
    own.travel("Control+Home")
    page.keyboard.type("No ")
    sent = own.value()
    assert [each["id"] for each in sent["changes"]] == ["new-1", "1", "2"]
    assert sent["changes"][1:] == OTHERS["changes"]
    own.select("4")
    page.keyboard.type("IV")
    assert changes(own, OTHERS)[-1][:2] == ("2", "neljä")


def test_a_draft_of_suggestions_comes_back_as_it_was(desk: Callable[..., Desk]) -> None:
    own = desk()
    page = own.open("ehdota", flat=OTHERS)
    own.select("kolme")
    page.keyboard.type("3")
    sent = own.value()
    page.evaluate("document.querySelector('[name=body]').form.dispatchEvent(new CustomEvent('draft:filled'))")
    assert page.locator(".editor__body ins.suggested--own").inner_text() == "3"
    own.travel("Control+End")
    page.keyboard.type("x")
    page.keyboard.press("Backspace")
    assert own.value() == sent


def test_the_length_is_that_of_the_text_with_ones_own_changes(desk: Callable[..., Desk]) -> None:
    own = desk()
    page = own.open("ehdota", flat=PLAIN)
    own.select(" harvoin")
    page.keyboard.press("Delete")
    assert page.inner_text("[data-meter-count]") == f"{len(PLAIN['text']) - 2 - 8} characters"
