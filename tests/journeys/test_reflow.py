"""Pages hold together on a narrow window, with wide text spacing, in forced colours and at rest."""

from collections.abc import Callable

import pytest

from tests.journeys.browsing import Window
from tests.journeys.places import LESSON, PAGES, open_all

pytestmark = pytest.mark.browser
# WCAG 1.4.12: what a reader may set without losing anything.
SPACING = """
* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
p { margin-bottom: 2em !important; }
"""
CUT_OFF = """
() => [...document.querySelectorAll("main *, header *, footer *")]
  .filter((each) => {
    const style = getComputedStyle(each);
    if (!/hidden|clip/.test(style.overflowX + style.overflowY) || !each.innerText || each.closest("svg")) return false;
    if (each.classList.contains("hidden") || style.clipPath !== "none" || each.clientWidth <= 1) return false;
    return each.scrollWidth > each.clientWidth + 1 || each.scrollHeight > each.clientHeight + 1;
  })
  .map((each) => `${each.tagName}.${each.className} ${each.innerText.slice(0, 40)}`)
"""
SMALL = """
() => [...document.querySelectorAll(":is(main, header) :is(a, button, input, select, summary)")]
  .map((each) => [each, (each.closest("label.choice") || each).getBoundingClientRect()])
  .filter(([each, box]) => {
    if (!box.width || each.type === "hidden" || each.closest(".hidden")) return false;
    // Links within a sentence are exempt.
    return getComputedStyle(each).display !== "inline" && (box.width < 24 || box.height < 24);
  })
  .map(([each, box]) => `${each.tagName}.${each.className} ${Math.round(box.width)}x${Math.round(box.height)}`)
"""
SHOWN = ["front page", "theme", "lesson", "network", "found"]


def test_nothing_scrolls_sideways_at_320_pixels(window: Callable[..., Window]) -> None:
    """A window 1280 wide at 400 per cent."""
    own = window(width=320, height=640)
    own.expected = ("404",)
    wide = {}
    for name, path in PAGES.items():
        page = own.go(path)
        open_all(page)
        wide[name] = own.too_wide()
    assert not {name: found for name, found in wide.items() if found}


def test_no_text_is_lost_with_wide_spacing(window: Callable[..., Window]) -> None:
    own = window(width=360, bypass_csp=True)
    own.expected = ("404",)
    lost = {}
    for name, path in PAGES.items():
        page = own.go(path)
        page.add_style_tag(content=SPACING)
        open_all(page)
        lost[name] = own.too_wide() + list(page.evaluate(CUT_OFF))
    assert not {name: found for name, found in lost.items() if found}


def test_targets_are_large_enough(window: Callable[..., Window]) -> None:
    own = window(width=360)
    own.expected = ("404",)
    small = {}
    for name, path in PAGES.items():
        small[name] = list(own.go(path).evaluate(SMALL))
    assert not {name: found for name, found in small.items() if found}


def test_forced_colours_show_everything(window: Callable[..., Window]) -> None:
    """Borders and focus must not be made of colours that the system takes away."""
    own = window(forced_colors="active")
    for name in SHOWN:
        page = own.go(PAGES[name])
        assert len(page.screenshot()) > 10_000, name
        page.keyboard.press("Tab")
        assert own.focused()["outline"], name
    page = own.go("/tili/login/")
    edges = page.locator("main button, main input.input").evaluate_all(
        "all => all.map((each) => parseFloat(getComputedStyle(each).borderTopWidth))"
    )
    assert min(edges) >= 1, "a field or a button is only told by its background"


def test_nothing_moves_for_those_who_want_rest(window: Callable[..., Window]) -> None:
    own = window(reduced_motion="reduce")
    for name in SHOWN:
        page = own.go(PAGES[name])
        moving = page.evaluate(
            """() => [...document.querySelectorAll("*")].filter((each) => {
                 const style = getComputedStyle(each);
                 const longest = (text) => Math.max(...text.split(",").map(parseFloat));
                 return longest(style.transitionDuration) > 0.011 || longest(style.animationDuration) > 0.011
                     || style.scrollBehavior === "smooth";
               }).map((each) => each.tagName + "." + each.className)"""
        )
        assert moving == [], name


def test_the_page_prints_without_its_frame(window: Callable[..., Window]) -> None:
    own = window()
    page = own.go(LESSON)
    page.emulate_media(media="print")
    assert not page.locator(".site-nav").is_visible()
    assert page.locator("h1").is_visible()
