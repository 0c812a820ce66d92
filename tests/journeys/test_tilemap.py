"""The tile map in a browser: large enough, readable in every language, and used from the keyboard."""

from collections.abc import Callable

import pytest

from tests.journeys.browsing import Window
from tests.journeys.test_reflow import SPACING

pytestmark = pytest.mark.browser
DIRECTORIES = ["/verkosto/", "/sv/natverk/", "/en/network/"]
TOUCH = 44
# What is wrong with the drawing as the browser lays it out; boxes in pixels of the window.
FAULTS = """
(touch) => {
  const box = (each) => each.getBoundingClientRect();
  const tiles = [...document.querySelectorAll(".map [role=listitem]")];
  const rects = tiles.map((each) => box(each.querySelector("rect")));
  const name = (each) => (each.querySelector("[aria-label]") || each).getAttribute("aria-label");
  const meet = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
  const found = tiles.length === 23 ? [] : [`${tiles.length} tiles`];
  tiles.forEach((tile, i) => {
    if (rects[i].width < touch || rects[i].height < touch) found.push(`small: ${name(tile)}`);
    if (rects[i].left < 0 || rects[i].right > innerWidth) found.push(`outside the window: ${name(tile)}`);
    rects.slice(0, i).forEach((other, j) => {
      if (meet(other, rects[i])) found.push(`${name(tile)} on ${name(tiles[j])}`);
    });
    const texts = [...tile.querySelectorAll("text")];
    texts.forEach((text, j) => {
      const own = box(text);
      if (own.left < rects[i].left || own.right > rects[i].right || own.bottom > rects[i].bottom)
        found.push(`out of its tile: ${text.textContent} ${Math.round(own.right - rects[i].right)}`);
    });
    // The feet of letters touch no number: text boxes hold room above and below.
    const last = texts[texts.length - 2], count = texts[texts.length - 1];
    if (box(last).bottom > box(count).top + box(count).height * 0.35 && box(last).right > box(count).left)
      found.push(`on its number: ${last.textContent}`);
  });
  return found;
}
"""
# How much the held lines differ from what the typeface would give them, at most.
SQUEEZED = """
() => {
  const lines = [...document.querySelectorAll(".map text[textLength]")];
  return lines.map((line) => {
    const held = line.getComputedTextLength();
    line.removeAttribute("textLength");
    return [line.textContent, held / line.getComputedTextLength()];
  });
}
"""
KINDS = [".has-few:not([aria-current])", ".has-many:not([aria-current])", ".has-none", "[aria-current]"]
COLOURS = """
(kinds) => kinds.map((kind) => {
  const style = getComputedStyle(document.querySelector(`.map ${kind} rect`));
  return `${style.fill} ${style.stroke} ${style.strokeWidth}`;
})
"""
# The least contrast of the letters to their tile, of each kind; axe cannot tell what is behind drawn letters.
CONTRASTS = """
(kinds) => {
  const channel = (value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
  const light = (colour) => {
    const [r, g, b] = colour.match(/[\\d.]+/g).map((value) => channel(value / 255));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = getComputedStyle(document.body).backgroundColor;
  return kinds.map((kind) => {
    const tile = document.querySelector(`.map ${kind}`);
    const fill = getComputedStyle(tile.querySelector("rect")).fill;
    const [a, b] = [light(fill === "none" ? ground : fill), light(getComputedStyle(tile.querySelector("text")).fill)];
    return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  });
}
"""


@pytest.mark.parametrize("width", [320, 360, 1280])
def test_names_stay_in_their_tiles(window: Callable[..., Window], width: int) -> None:
    own = window(width=width, bypass_csp=True)
    faults = {}
    for path in DIRECTORIES:
        page = own.go(path)
        faults[path] = page.evaluate(FAULTS, TOUCH)
        page.add_style_tag(content=SPACING)
        faults[f"{path} spaced"] = page.evaluate(FAULTS, TOUCH)
    assert not {path: found for path, found in faults.items() if found}


def test_held_letters_look_like_the_others(window: Callable[..., Window]) -> None:
    own = window()
    for path in DIRECTORIES:
        page = own.go(path)
        page.evaluate("document.fonts.ready")
        odd = [(text, ratio) for text, ratio in page.evaluate(SQUEEZED) if not 0.9 < ratio < 1.04]
        assert not odd, path


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_names_are_told_from_their_tiles(window: Callable[..., Window], scheme: str) -> None:
    page = window(color_scheme=scheme).go("/verkosto/?alue=20")
    assert min(page.evaluate(CONTRASTS, KINDS)) >= 4.5


@pytest.mark.parametrize("colours", ["none", "active"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_chosen_county_is_told_from_the_others(window: Callable[..., Window], scheme: str, colours: str) -> None:
    own = window(color_scheme=scheme, forced_colors=colours)
    page = own.go("/verkosto/?alue=20")
    assert not own.axe("section[aria-labelledby=regions]")
    assert len(set(page.evaluate(COLOURS, KINDS))) == len(KINDS)
    assert page.locator(".map [aria-current]").count() == 1
    assert "Kainuu" in str(page.locator(".map [aria-current]").get_attribute("aria-label"))


def test_the_keys_go_through_the_map_from_north_to_south(window: Callable[..., Window]) -> None:
    own = window(width=360)
    page = own.go("/verkosto/")
    links = page.locator(".map a")
    hrefs = [links.nth(number).get_attribute("href") for number in range(links.count())]
    assert len(hrefs) > 3
    links.first.focus()
    for href in hrefs:
        stop = own.focused()
        assert stop["href"] == href
        assert stop["shown"] and stop["outline"] and not stop["covered"]
        page.keyboard.press("Tab")
    assert own.focused()["href"] not in hrefs
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{hrefs[-1]}")
    assert page.locator(".map [aria-current]").get_attribute("href") == hrefs[-1]


@pytest.mark.parametrize("path", DIRECTORIES)
def test_the_drawing_is_a_list_of_named_links(window: Callable[..., Window], path: str) -> None:
    page = window().go(path)
    drawn = page.get_by_role("list").locator("visible=true").and_(page.locator("svg.map"))
    assert drawn.get_by_role("listitem").count() == 23
    listed = page.locator(".map__list ul a").all_inner_texts()
    assert sorted(listed) == sorted(
        str(drawn.get_by_role("link").nth(number).get_attribute("aria-label")) for number in range(len(listed))
    )
    assert drawn.get_by_role("link", name=listed[0], exact=True).count() == 1
