"""What people ask of their machine is kept: its own colours, rest instead of movement, paper instead of a screen."""

import re
from collections.abc import Callable

import pytest

from tests.journeys.browsing import Window
from tests.journeys.places import LESSON, PAGES, answer_all, send_empty

pytestmark = pytest.mark.browser
SHOWN = ["front page", "theme", "lesson", "network", "found", "glossary", "video"]
PRINTED = ["theme", "lesson", "course", "post", "event", "authority", "drawing", "glossary"]
# A sheet of A4 between its margins, in pixels.
SHEET = 640
# What must differ to the eye from its neighbour when the system has taken the colours: (address, one, other).
TOLD_APART = {
    "section": ("/kurssit/", ".site-nav [aria-current]", ".site-nav a:not([aria-current])"),
    "language": ("/", ".languages [aria-current]", ".languages a:not([aria-current])"),
    "page of a list": ("/verkosto/", ".pager [aria-current]", ".pager a"),
    "chosen chip": ("/blogi/", ".chip[aria-current]", ".chip:not([aria-current])"),
    "lesson": (LESSON, "main nav ol [aria-current]", "main nav ol li:not(:has([aria-current])) > a"),
    "link": ("/saavutettavuus/", "main p a", "main p"),
}
# Colours would tell the author's, not those that the system shows; a colour that is kept says so.
LOOK = """
selector => {
  const style = getComputedStyle(document.querySelector(selector));
  const names = ["borderTopWidth", "borderBottomWidth", "fontWeight", "textDecorationLine", "forcedColorAdjust"];
  return names.map((name) => style[name]).join(" ");
}
"""
# Buttons and fields without a line around them that differs from what is behind.
EDGELESS = """
() => [...document.querySelectorAll("main :is(button, .button, .input, .search-form, .chip)")]
  .filter((each) => each.checkVisibility())
  .filter((each) => {
    const style = getComputedStyle(each);
    const sides = ["Top", "Right", "Bottom", "Left"].filter((side) => parseFloat(style[`border${side}Width`]) >= 1
      && style[`border${side}Color`] !== getComputedStyle(document.body).backgroundColor);
    return !sides.length;
  })
  .map((each) => each.outerHTML.slice(0, 100))
"""
MOVING = """
() => [...document.querySelectorAll("*")].filter((each) => {
  const style = getComputedStyle(each);
  const longest = (text) => Math.max(...text.split(",").map(parseFloat));
  return longest(style.transitionDuration) > 0.011 || longest(style.animationDuration) > 0.011
    || style.scrollBehavior === "smooth" || each.autoplay;
}).map((each) => each.tagName + "." + each.className)
"""
# What of the text of `main` would be missing on paper: its folds are closed on the screen.
FOLDED_AWAY = """
() => [...document.querySelectorAll("main details > :not(summary)")]
  .filter((each) => !each.checkVisibility() && !each.closest(".fold, .map__list, .filters, .quiz, .toc"))
  .map((each) => each.innerText.slice(0, 60) || each.textContent.trim().slice(0, 60))
"""
COLOURS = "(({ color, backgroundColor }) => [color, backgroundColor])(getComputedStyle(document.body))"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_forced_colours_leave_the_states_to_be_seen(window: Callable[..., Window], scheme: str) -> None:
    own = window(forced_colors="active", color_scheme=scheme)
    same = []
    for name, (path, one, other) in TOLD_APART.items():
        page = own.go(path)
        if page.evaluate(LOOK, one) == page.evaluate(LOOK, other):
            same.append(name)
    assert not same


def test_forced_colours_leave_edges_and_the_focus(window: Callable[..., Window]) -> None:
    own = window(forced_colors="active")
    edgeless = {}
    for name in [*SHOWN, "sign-in", "search", "events"]:
        page = own.go(PAGES[name])
        assert len(page.screenshot()) > 10_000, name
        edgeless[name] = page.evaluate(EDGELESS)
        page.keyboard.press("Tab")
        assert own.focused()["outline"], name
    assert not {name: found for name, found in edgeless.items() if found}


def test_forced_colours_leave_messages(window: Callable[..., Window]) -> None:
    own = window(forced_colors="active")
    own.expected = ("400",)
    page = own.go("/tili/signup/")
    send_empty(page)
    widths = page.locator(".error-summary, .field--error").evaluate_all(
        "all => all.map((each) => parseFloat(getComputedStyle(each).borderInlineStartWidth))"
    )
    assert min(widths) >= 2
    page = own.go(LESSON)
    answer_all(page)
    marks = page.locator(".quiz__mark").all_inner_texts()
    assert len(marks) >= 2 and all(marks), "right and wrong are said in words"


def test_nothing_moves_for_those_who_want_rest(window: Callable[..., Window]) -> None:
    own = window(reduced_motion="reduce")
    moving = {name: own.go(PAGES[name]).evaluate(MOVING) for name in SHOWN}
    assert not {name: found for name, found in moving.items() if found}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_paper_has_the_content_alone_in_black_on_white(window: Callable[..., Window], scheme: str) -> None:
    own = window(width=SHEET, color_scheme=scheme)
    wrong = {}
    for name in PRINTED:
        page = own.go(PAGES[name])
        page.emulate_media(media="print")
        colours = page.evaluate(COLOURS)
        seen = [place for place in (".site-header", ".site-footer", ".crumbs") if page.locator(place).is_visible()]
        missing = [place for place in ("h1", ".print-head") if not page.locator(place).first.is_visible()]
        wrong[name] = [*seen, *missing, *own.too_wide(), *page.evaluate(FOLDED_AWAY)]
        if colours != ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]:
            wrong[name].append(str(colours))
        page.emulate_media(media="screen")
    assert not {name: found for name, found in wrong.items() if found}


def test_a_page_becomes_a_file_for_print(window: Callable[..., Window]) -> None:
    page = window().go(LESSON)
    sheets = page.pdf(format="A4", tagged=True)
    assert sheets.startswith(b"%PDF-") and b"/StructTreeRoot" in sheets
    assert 1 < len(re.findall(rb"/Type\s*/Page\b", sheets)) < 15
