"""Pages hold together on a narrow window, with larger letters, with wide text spacing, and on paper."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser

from tests.journeys.browsing import ARGUMENTS, Window
from tests.journeys.places import (
    LESSON,
    OWN_PAGES,
    PAGES,
    address_in,
    answer_all,
    narrow,
    open_all,
    open_menu,
    resolved,
    send_empty,
)
from tests.journeys.visitor import Visitor

pytestmark = pytest.mark.browser
# WCAG 1.4.12: what a reader may set without losing anything.
SPACING = """
* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
p { margin-bottom: 2em !important; }
"""
# WCAG 1.4.4: text at twice its size, as a person sets it in the browser.
LARGE = "--blink-settings=defaultFontSize=32,defaultFixedFontSize=26"
# The elements whose content does not fit into them: cut off, or lying over what is beside them.
OVERFLOWING = """
() => [...document.querySelectorAll("body *")].filter((each) => {
  const style = getComputedStyle(each);
  if (each.closest("svg, .hidden") || !each.innerText || style.display === "inline") return false;
  // Text for screen readers alone is one pixel wide; a region with the focus scrolls.
  if (style.clipPath !== "none" || each.clientWidth <= 1 || each.closest("[tabindex='0']")) return false;
  if (!each.checkVisibility()) return false;
  return each.scrollWidth > each.clientWidth + 2 || each.scrollHeight > each.clientHeight + 2;
})
"""
CUT_OFF = f"""
() => ({OVERFLOWING})().filter((each) => /hidden|clip/.test(getComputedStyle(each).overflow))
  .map((each) => `${{each.tagName}}.${{each.className}} ${{each.innerText.slice(0, 40)}}`)
"""
REMEMBER = f"() => {{ window.before = new Set(({OVERFLOWING})()); }}"
NEWLY = f"""
() => ({OVERFLOWING})().filter((each) => !window.before.has(each))
  .map((each) => `${{each.tagName}}.${{each.className}} ${{each.innerText.slice(0, 40)}}`)
"""
SMALL = """
() => [...document.querySelectorAll(":is(main, header, footer) :is(a, button, input, select, summary)")]
  .map((each) => [each, (each.closest("label.choice") || each).getBoundingClientRect()])
  .filter(([each, box]) => {
    if (!box.width || each.type === "hidden" || each.closest(".hidden")) return false;
    // Links within a sentence are exempt.
    return getComputedStyle(each).display !== "inline" && (box.width < 24 || box.height < 24);
  })
  .map(([each, box]) => `${each.tagName}.${each.className} ${Math.round(box.width)}x${Math.round(box.height)}`)
"""
OTHERS = ("sv", "en")
STATES = {
    "menu open": ("/en/", open_menu),
    "answered": (LESSON, answer_all),
    "narrowed": ("/sv/natverk/", narrow),
    "refused": ("/en/tili/signup/", send_empty),
}


def test_nothing_scrolls_sideways_at_320_pixels(window: Callable[..., Window], base: str) -> None:
    """A window 1280 wide at 400 per cent; each kind of page in Finnish and in one of the other languages."""
    own = window(width=320, height=640)
    own.expected = ("404",)
    person, wide = Visitor(base), {}
    for number, path in enumerate(PAGES.values()):
        for address in (path, address_in(OTHERS[number % 2], path, person)):
            open_all(own.go(address))
            wide[address] = own.too_wide()
    assert not {name: found for name, found in wide.items() if found}


@pytest.mark.parametrize("name", STATES)
def test_no_state_scrolls_sideways_at_320_pixels(window: Callable[..., Window], name: str) -> None:
    path, act = STATES[name]
    own = window(width=320, height=640)
    own.expected = ("400",)
    act(own.go(path))
    assert not own.too_wide()


def test_ones_own_pages_fit_320_pixels(window: Callable[..., Window], signed_in: Callable[[str], Visitor]) -> None:
    own = window(width=320, height=640)
    person = signed_in("opiskelija")
    own.enter_as(person)
    wide = {}
    for name, path in OWN_PAGES.items():
        own.go(resolved(path, person))
        wide[name] = own.too_wide()
    assert not {name: found for name, found in wide.items() if found}


@pytest.mark.parametrize("width", [360, 1280])
def test_no_text_is_lost_with_wide_spacing(window: Callable[..., Window], width: int) -> None:
    own = window(width=width, bypass_csp=True)
    own.expected = ("404",)
    lost = {}
    for name, path in PAGES.items():
        page = own.go(path)
        open_all(page)
        page.evaluate(REMEMBER)
        page.add_style_tag(content=SPACING)
        lost[name] = own.too_wide() + list(page.evaluate(NEWLY))
    assert not {name: found for name, found in lost.items() if found}


def test_no_text_is_lost_at_twice_its_size(browser: Browser, chromium_path: str, base: str) -> None:
    larger = browser.browser_type.launch(executable_path=chromium_path, args=[*ARGUMENTS, LARGE])
    own = Window(larger, base)
    lost = {}
    for name, path in PAGES.items():
        page = own.go(path)
        open_all(page)
        lost[name] = own.too_wide() + list(page.evaluate(CUT_OFF))
    assert page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)") > 30
    larger.close()
    assert not {name: found for name, found in lost.items() if found}


def test_targets_are_large_enough(window: Callable[..., Window]) -> None:
    own = window(width=360)
    own.expected = ("404",)
    small = {}
    for name, path in PAGES.items():
        small[name] = list(own.go(path).evaluate(SMALL))
    assert not {name: found for name, found in small.items() if found}
