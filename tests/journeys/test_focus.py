"""Wherever the focus goes, it is seen: marked with a clear line, and not under anything else (WCAG 2.4.7, 2.4.11)."""

from collections.abc import Callable

import pytest

from tests.journeys.browsing import Window
from tests.journeys.places import OWN_PAGES, PAGES, open_all, open_menu, resolved
from tests.journeys.visitor import Visitor

pytestmark = pytest.mark.browser
LEAST_CONTRAST = 3
# Focuses each stop in turn, as the Tab key would, and tells what is wrong with how it looks then.
FAULTS = """
(leastContrast) => {
  const above = (each) => (each.parentElement ? [each.parentElement, ...above(each.parentElement)] : []);
  const channel = (value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
  const light = (colour) => {
    const [r, g, b] = colour.match(/[\\d.]+/g).map((value) => channel(value / 255));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (a, b) => (Math.max(light(a), light(b)) + 0.05) / (Math.min(light(a), light(b)) + 0.05);
  const ground = (each) => above(each).map((other) => getComputedStyle(other).backgroundColor)
    .find((colour) => !/, 0\\)$|transparent/.test(colour)) || "rgb(255, 255, 255)";
  const drawn = (style) => style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  const stops = "a[href], button, input:not([type=hidden]), select, textarea, summary, video[controls], [tabindex]";
  const faults = [];
  let last = null;
  for (const each of document.querySelectorAll(stops)) {
    if (!each.checkVisibility({ visibilityProperty: true }) || each.tabIndex < 0 || each.disabled) continue;
    if (each.tabIndex > 0) faults.push(`jumps the queue: ${each.outerHTML.slice(0, 120)}`);
    each.focus({ focusVisible: true });
    const tell = (what) => faults.push(`${what}: ${each.outerHTML.slice(0, 120)}`);
    if (document.activeElement !== each) { tell("takes no focus"); continue; }
    // A card may draw the line around itself: on a pseudo-element or an ancestor.
    const around = above(each).map((other) => getComputedStyle(other));
    const style = [getComputedStyle(each), getComputedStyle(each, "::after"), ...around].find(drawn);
    if (!style) { tell("has no line around it"); continue; }
    const ratio = contrast(style.outlineColor, ground(each));
    if (ratio < leastContrast) tell(`has a line of ${ratio.toFixed(1)} to 1`);
    const box = each.getClientRects()[0] || each.getBoundingClientRect();
    const columns = [Math.max(box.left, 0) + 1, (box.left + box.right) / 2, Math.min(box.right, innerWidth) - 1];
    const rows = [Math.max(box.top, 0) + 1, (box.top + box.bottom) / 2, Math.min(box.bottom, innerHeight) - 1];
    const label = each.closest("label") || (each.id && document.querySelector(`label[for="${CSS.escape(each.id)}"]`));
    const seen = columns.some((x) => rows.some((y) => {
      const there = document.elementFromPoint(x, y);
      return there && (each.contains(there) || (label && label.contains(there)) || there.closest("svg, a") === each);
    }));
    if (!seen) tell("is out of sight or under something");
    last = each;
  }
  return last ? faults : ["nothing takes the focus"];
}
"""


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (360, "dark")])
def test_every_stop_is_seen(window: Callable[..., Window], width: int, scheme: str) -> None:
    own = window(width=width, color_scheme=scheme)
    own.expected = ("404",)
    faults = {}
    for name, path in PAGES.items():
        page = own.go(path)
        open_all(page)
        faults[name] = page.evaluate(FAULTS, LEAST_CONTRAST)
    assert not {name: found for name, found in faults.items() if found}


def test_every_stop_of_ones_own_pages_is_seen(
    window: Callable[..., Window], signed_in: Callable[[str], Visitor]
) -> None:
    own = window(width=360)
    person = signed_in("opiskelija")
    own.enter_as(person)
    faults = {name: own.go(resolved(path, person)).evaluate(FAULTS, LEAST_CONTRAST) for name, path in OWN_PAGES.items()}
    assert not {name: found for name, found in faults.items() if found}


def test_every_stop_of_the_open_menu_is_seen(window: Callable[..., Window]) -> None:
    own = window(width=360)
    page = own.go("/")
    open_menu(page)
    menu = page.evaluate(FAULTS.replace("querySelectorAll(stops)", "querySelectorAll('.site-nav a')"), LEAST_CONTRAST)
    assert not menu


@pytest.mark.parametrize("width", [1280, 360])
def test_the_header_is_walked_as_it_is_read(window: Callable[..., Window], width: int) -> None:
    """From left to right, and the rows from top to bottom."""
    own = window(width=width)
    page = own.go("/")
    page.keyboard.press("Tab")
    places: list[tuple[int, int]] = []
    while True:
        page.keyboard.press("Tab")
        box = page.evaluate(
            """() => {
              const each = document.activeElement;
              if (!each.closest("header.site-header")) return null;
              const box = each.getBoundingClientRect();
              return [Math.round((box.top + box.bottom) / 80), Math.round(box.left)];
            }"""
        )
        if box is None:
            break
        places.append(tuple(box))
    assert len(places) >= 3
    assert places == sorted(places)
