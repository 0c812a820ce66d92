"""Writing in the browser's editor: what is typed is what the form sends."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.texts.editor.conftest import Desk

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
NOTHING: dict[str, Any] = {"text": "", "blocks": [], "marks": [], "changes": []}


def flat(text: str, *blocks: str, marks: list[Any] | None = None) -> dict[str, Any]:
    return {"text": text, "blocks": list(blocks), "marks": marks or [], "changes": []}


@pytest.fixture
def own(desk: Callable[..., Desk]) -> Desk:
    """The editor with nothing in it, the caret there."""
    window = desk()
    window.open(flat=NOTHING)
    window.text.click()
    return window


def test_typed_paragraphs_are_sent(own: Desk) -> None:
    keys = own.page.keyboard
    keys.type("Ensimmäinen kappale.")
    keys.press("Enter")
    keys.type("Toinen 😀 kappale.")
    keys.press("Shift+Enter")
    keys.type("Sama kappale.")
    text = "Ensimmäinen kappale.\nToinen 😀 kappale.\u2028Sama kappale.\n"
    assert own.value() == flat(text, "p", "p")


def test_until_something_is_typed_the_fields_stay_as_they_came(own: Desk) -> None:
    own.page.keyboard.press("ArrowRight")
    own.settle()
    assert own.page.input_value("textarea[name=body]") == ""
    assert own.page.input_value("[name=body_format]") == "notation"


def test_the_form_hears_of_each_change_with_the_text_in_its_fields(own: Desk) -> None:
    """As drafts.js listens: at the event the fields hold what was typed, and whoever leaves the text leaves nothing."""
    own.page.evaluate(
        "window.heard = []; document.querySelector('[name=body]').form.addEventListener('input', (event) =>"
        "event.target.name && heard.push([event.target.name, JSON.parse(event.target.value).text]))"
    )
    own.page.keyboard.type("sana")
    own.settle()
    assert own.page.evaluate("heard.at(-1)") == ["body", "sana\n"]
    own.page.keyboard.type("t")
    left = "document.activeElement.blur(), document.querySelector('[name=body]').value"
    assert '"sanat' in own.page.evaluate(left)


def test_spaces_and_empty_paragraphs_are_sent_as_the_server_has_them(own: Desk) -> None:
    keys = own.page.keyboard
    keys.type("  Kaksi   sanaa ")
    keys.press("Enter")
    keys.press("Enter")
    keys.type("loppu")
    assert own.value() == flat("Kaksi sanaa\nloppu\n", "p", "p")
    assert own.page.inner_text("[data-meter-count]") == "16 characters"


def test_signs_at_the_beginning_make_headings_lists_and_quotes(own: Desk) -> None:
    keys = own.page.keyboard
    for typed in ("## Otsikko", "### Pienempi", "- yksi"):
        keys.type(typed)
        keys.press("Enter")
    keys.type("kaksi")
    # An empty item ends the list.
    keys.press("Enter")
    keys.press("Enter")
    keys.type("1. ensin")
    keys.press("Enter")
    keys.press("Enter")
    keys.type("> sanottu")
    sent = flat("Otsikko\nPienempi\nyksi\nkaksi\nensin\nsanottu\n", "h2", "h3", "ul", "ul", "ol", "quote")
    assert own.value() == sent
    assert own.page.locator(".editor__body > ul > li").all_inner_texts() == ["yksi", "kaksi"]


def test_the_numbers_of_a_list_go_on(own: Desk) -> None:
    own.page.keyboard.type("1. ensin")
    own.page.keyboard.press("Enter")
    own.page.keyboard.type("sitten")
    assert own.page.locator(".editor__body > ol").nth(1).get_attribute("start") == "2"


def test_at_the_beginning_of_an_item_backspace_makes_it_a_paragraph(own: Desk) -> None:
    own.page.keyboard.type("- yksi")
    own.page.keyboard.press("Home")
    own.settle()
    own.page.keyboard.press("Backspace")
    assert own.value() == flat("yksi\n", "p")


def test_bold_and_emphasis_by_keys(own: Desk) -> None:
    keys = own.page.keyboard
    keys.type("On ")
    keys.press("Control+b")
    keys.type("tärkeä")
    keys.press("Control+b")
    keys.press("Control+i")
    keys.type(" asia")
    assert own.value() == flat("On tärkeä asia\n", "p", marks=[[3, 9, "strong"], [9, 14, "em"]])


def test_undo_and_do_again(own: Desk) -> None:
    keys = own.page.keyboard
    keys.type("sana")
    keys.press("Control+b")
    keys.press("Control+z")
    assert own.page.input_value("[name=body_format]") in {"flat", "notation"}
    assert own.value()["text"] == ""
    keys.press("Control+y")
    assert own.value()["text"] == "sana\n"


def test_the_tools_by_keyboard_alone(own: Desk) -> None:
    keys = own.page.keyboard
    keys.type("otsikko")
    keys.press("Alt+F10")
    assert own.focused()["tag"] == "button"
    keys.press("Enter")
    assert own.value() == flat("otsikko\n", "h2")
    keys.press("Alt+F10")
    assert own.page.locator(":focus").get_attribute("aria-pressed") == "true"
    keys.press("ArrowRight")
    assert own.page.locator(":focus").get_attribute("data-tool") == "h3"
    keys.press("End")
    assert own.page.locator(":focus").get_attribute("data-tool") == "redo"
    keys.press("ArrowRight")
    assert own.page.locator(":focus").get_attribute("data-tool") == "h2"
    keys.press("Escape")
    assert own.page.locator(":focus").get_attribute("role") == "textbox"


def test_the_tools_are_one_stop_and_tab_leaves_the_text(own: Desk) -> None:
    keys = own.page.keyboard
    keys.press("Shift+Tab")
    assert own.page.locator(":focus").get_attribute("data-tool") == "h2"
    keys.press("Tab")
    assert own.page.locator(":focus").get_attribute("role") == "textbox"
    keys.press("Tab")
    assert own.page.evaluate("!document.querySelector('.editor').contains(document.activeElement)")


def test_a_link_by_keyboard_alone(own: Desk) -> None:
    keys = own.page.keyboard
    keys.type("katso sivua")
    keys.press("Control+k")
    assert "Select the words" in own.heard()
    own.select("sivua")
    keys.press("Control+k")
    keys.type("javascript:alert(1)")
    keys.press("Enter")
    assert own.page.locator(":focus").get_attribute("aria-invalid") == "true"
    keys.press("Control+a")
    keys.type("www.example.org/sivu")
    keys.press("Enter")
    marks = [[6, 11, "a", "https://www.example.org/sivu"]]
    assert own.value() == flat("katso sivua\n", "p", marks=marks)
    assert own.page.locator(":focus").get_attribute("role") == "textbox"
    # The caret is in the link: its address comes for changing, and the words alone can be left.
    keys.press("Control+k")
    assert own.page.locator(":focus").input_value() == "https://www.example.org/sivu"
    own.page.get_by_role("button", name="Remove the link").click()
    assert own.value() == flat("katso sivua\n", "p")


def test_the_text_has_the_name_and_the_description_of_its_field(own: Desk) -> None:
    box = own.page.get_by_role("textbox", name="Text", exact=True)
    assert box.get_attribute("aria-multiline") == "true"
    assert box.get_attribute("id") == "id_body"
    described = str(box.get_attribute("aria-describedby")).split()
    assert all(own.page.locator(f"[id='{each}']").count() == 1 for each in described)
    own.page.locator("h1").click()
    own.page.get_by_text("Text", exact=True).first.click()
    assert own.page.locator(":focus").get_attribute("role") == "textbox"


def test_the_meter_moves_and_speaks_when_a_limit_is_crossed(desk: Callable[..., Desk]) -> None:
    own = desk()
    words = "a" * 2_199
    own.open(flat=flat(f"{words}\n", "p"))
    place = own.page.locator("[data-meter-load]")
    own.caret(words)
    own.page.keyboard.type("b")
    assert own.page.inner_text("[data-meter-count]") == "2,200 characters"
    assert own.page.get_attribute("[data-span-meter]", "data-state") == "fits"
    assert "fits" in own.heard()
    before = place.get_attribute("transform")
    own.page.keyboard.press("Backspace")
    assert own.page.inner_text("[data-meter-state]") == "1 missing"
    assert own.heard().endswith("1 missing")
    assert place.get_attribute("transform") != before


def test_inside_limits_it_speaks_after_a_pause_alone(desk: Callable[..., Desk]) -> None:
    own = desk()
    own.page.clock.install()
    own.open(flat=NOTHING)
    own.text.click()
    own.page.keyboard.type("sana")
    assert own.heard() == ""
    own.page.clock.run_for(4_000)
    assert own.heard() == ""
    own.page.clock.run_for(2_000)
    assert own.heard().startswith("4 characters")
    own.page.keyboard.type("n")
    own.page.clock.run_for(10_000)
    assert own.heard().startswith("4 characters")
    own.page.clock.run_for(21_000)
    assert own.heard().startswith("5 characters")


def test_personal_data_is_shown_in_place_and_can_be_left(own: Desk) -> None:
    own.page.keyboard.type("Soita 040 123 4567 heti")
    mark = own.page.locator(".editor__body .personal")
    mark.wait_for()
    assert mark.inner_text() == "040 123 4567"
    warning = own.page.get_by_role("group", name="Personal data in the text")
    assert "Telephone number" in warning.inner_text()
    warning.get_by_role("button", name="This can stay").click()
    mark.wait_for(state="detached")
    assert not warning.is_visible()
