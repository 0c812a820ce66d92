"""The editor is for everybody: axe finds nothing in any mode, and it fits a phone."""

from collections.abc import Callable

import pytest

from tests.texts.editor.conftest import Desk

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


@pytest.mark.parametrize("word", ["kirjoita", "ehdota", "lue"])
@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (1280, "dark")])
def test_axe_finds_nothing(desk: Callable[..., Desk], word: str, width: int, scheme: str) -> None:
    own = desk(width=width, color_scheme=scheme)
    own.open(word)
    assert not own.axe(habits=True) + own.too_wide()


@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing_while_a_link_is_made_and_a_warning_is_shown(desk: Callable[..., Desk], width: int) -> None:
    own = desk(width=width, color_scheme="dark")
    page = own.open()
    own.text.press("Control+Home")
    own.settle()
    page.keyboard.type("Soita 040 123 4567 ")
    page.locator(".personal").wait_for()
    own.select("Soita")
    page.keyboard.press("Control+k")
    page.keyboard.press("Enter")
    assert page.locator(".link-form .error").is_visible()
    assert not own.axe(habits=True) + own.too_wide()


def test_colours_that_the_reader_forces_tell_the_marks_apart(desk: Callable[..., Desk]) -> None:
    own = desk(forced_colors="active")
    page = own.open()
    lines = page.evaluate(
        "['ins', 'del'].map((name) => document.querySelector(`.editor__body ${name}`))"
        ".map((each) => getComputedStyle(each).textDecorationLine)"
    )
    assert lines == ["underline", "line-through"]
    assert page.evaluate("parseFloat(getComputedStyle(document.querySelector('.anchor')).borderTopWidth) > 0")


def test_every_tool_is_large_enough_for_a_finger(desk: Callable[..., Desk]) -> None:
    own = desk(width=360)
    page = own.open()
    sizes = page.locator(".tool").evaluate_all("(all) => all.map((each) => each.getBoundingClientRect())")
    assert all(each["width"] >= 40 and each["height"] >= 40 for each in sizes)
