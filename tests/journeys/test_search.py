"""The search in a browser: what is suggested while one types, by keys and by touch, and every state of the page."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.browsing import Window
from tests.journeys.places import open_all

pytestmark = pytest.mark.browser
TYPED = "sosiaalinen r"


def field(page: Page) -> Locator:
    return page.get_by_role("combobox")


def options(page: Page) -> Locator:
    return page.get_by_role("option")


def suggest(page: Page, text: str = TYPED) -> None:
    """Type and wait for what is suggested."""
    field(page).fill("")
    field(page).press_sequentially(text)
    options(page).first.wait_for()


def active(page: Page) -> str:
    """The text of the option that a screen reader is told of; empty where it is the field itself."""
    name = field(page).get_attribute("aria-activedescendant")
    return page.locator(f"[id='{name}']").inner_text() if name else ""


def nothing_more(_page: Page) -> None:
    """Take the page as it comes."""


STATES: dict[str, tuple[str, Callable[[Page], None]]] = {
    "results": ("/haku/?q=raportointi", nothing_more),
    "facets open": ("/haku/?q=raportointi&laji=post&vuosi=2026", open_all),
    "names in another language": ("/sv/haku/?q=raportointi", open_all),
    "corrected": ("/haku/?q=raprotointi", nothing_more),
    "exactly": ("/haku/?q=raprotointi&tarkka=1", nothing_more),
    "nothing found": ("/en/haku/?q=qzqzqz", nothing_more),
    "nothing with these filters": ("/haku/?q=raportointi&laji=course&vuosi=2023", open_all),
    "suggestions": ("/haku/", suggest),
    "telling the editors": ("/haku/kerro/?q=qzqzqz", nothing_more),
    "told": ("/haku/kerro/kiitos/", nothing_more),
}


# Every two of state, width and scheme meet.
LOOKS = [
    (name, width, schemes[number % 2])
    for number, name in enumerate(STATES)
    for width, schemes in ((360, ("light", "dark")), (1280, ("dark", "light")))
]


@pytest.mark.parametrize(("name", "width", "scheme"), LOOKS)
def test_axe_finds_nothing(window: Callable[..., Window], name: str, width: int, scheme: str) -> None:
    own = window(width=width, color_scheme=scheme)
    path, act = STATES[name]
    act(own.go(path))
    assert not own.axe(habits=True) + own.refusals() + own.too_wide()


def test_suggestions_are_read_and_chosen_by_keys(window: Callable[..., Window]) -> None:
    page = window().go("/haku/")
    suggest(page)
    count = options(page).count()
    assert count > 2
    expect(field(page)).to_have_attribute("aria-expanded", "true")
    assert active(page) == ""
    page.keyboard.press("ArrowDown")
    first = active(page)
    assert first == options(page).first.inner_text()
    expect(options(page).first).to_have_attribute("aria-selected", "true")
    # Round both ends.
    page.keyboard.press("ArrowUp")
    assert active(page) == options(page).last.inner_text()
    page.keyboard.press("ArrowDown")
    assert active(page) == first
    expect(field(page)).to_be_focused()
    expect(field(page)).to_have_value(TYPED)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/(teemat|sanasto|kurssit)/"))


def test_the_caret_stays_the_fields_own(window: Callable[..., Window]) -> None:
    page = window().go("/haku/")
    for key, caret in (("Home", 0), ("End", len(TYPED)), ("ArrowLeft", len(TYPED) - 1)):
        suggest(page)
        page.keyboard.press("ArrowDown")
        assert active(page)
        page.keyboard.press(key)
        assert active(page) == ""
        assert field(page).evaluate("each => each.selectionStart") == caret


def test_escape_closes_and_arrows_open_again(window: Callable[..., Window]) -> None:
    page = window().go("/haku/")
    suggest(page)
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(field(page)).to_have_attribute("aria-expanded", "false")
    expect(field(page)).to_have_value(TYPED)
    page.keyboard.press("Alt+ArrowDown")
    expect(options(page).first).to_be_visible()
    assert active(page) == ""
    page.keyboard.press("Alt+ArrowUp")
    expect(options(page).first).to_be_hidden()
    page.keyboard.press("ArrowUp")
    assert active(page) == options(page).last.inner_text()


def test_enter_searches_for_what_was_typed(window: Callable[..., Window]) -> None:
    page = window().go("/haku/")
    suggest(page)
    page.keyboard.press("Enter")
    page.wait_for_url("**/haku/?q=sosiaalinen+r")


def test_leaving_the_field_closes(window: Callable[..., Window]) -> None:
    page = window().go("/haku/")
    suggest(page)
    page.keyboard.press("Tab")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(page.locator("form[role=search] button")).to_be_focused()


def test_how_many_there_are_is_told_once_typing_rests(window: Callable[..., Window]) -> None:
    page = window().go("/haku/")
    status = page.locator("form[role=search] [role=status]")
    suggest(page)
    assert status.inner_text() == ""
    expect(status).to_have_text(f"Ehdotuksia, selaa nuolinäppäimillä: {options(page).count()}")
    page.keyboard.press("Escape")
    expect(status).to_have_text("")


def test_a_page_is_asked_for_few_of_the_letters(window: Callable[..., Window]) -> None:
    page = window().go("/haku/")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/ehdotukset/" in request.url else None)
    suggest(page, "sosiaalityö")
    page.wait_for_load_state("networkidle")
    assert 1 <= len(asked) <= 3
    field(page).fill("s")
    expect(page.get_by_role("listbox")).to_be_hidden()


def test_a_finger_chooses(window: Callable[..., Window]) -> None:
    page = window(width=360, has_touch=True).go("/haku/")
    suggest(page)
    boxes = [option.bounding_box() for option in options(page).all()]
    assert all(box and box["height"] >= 44 and box["x"] >= 0 and box["x"] + box["width"] <= 360 for box in boxes)
    options(page).nth(1).tap()
    page.wait_for_url(lambda url: "/haku/" not in url)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_chosen_one_is_seen_where_colours_are_forced(window: Callable[..., Window], scheme: str) -> None:
    page = window(forced_colors="active", color_scheme=scheme).go("/haku/")
    suggest(page)
    page.keyboard.press("ArrowDown")
    ways = [option.evaluate("each => getComputedStyle(each).forcedColorAdjust") for option in options(page).all()]
    # Its ground is the system's colour for what is selected.
    assert ways[0] == "none" and set(ways[1:]) == {"auto"}


def test_a_lost_connection_leaves_a_plain_field(window: Callable[..., Window]) -> None:
    own = window()
    own.expected = ("ERR_",)
    page = own.go("/haku/")
    page.route("**/ehdotukset/**", lambda route: route.abort())
    field(page).press_sequentially("sosiaali")
    page.wait_for_timeout(400)
    expect(page.get_by_role("listbox")).to_be_hidden()
    page.unroute("**/ehdotukset/**")
    page.keyboard.press("Enter")
    page.wait_for_url("**/haku/?q=sosiaali")


def test_the_missing_page_suggests_too(window: Callable[..., Window]) -> None:
    own = window()
    own.expected = ("404",)
    page = own.go("/ei-ole-olemassa/")
    suggest(page)
    assert not own.axe() + own.refusals()


def test_without_scripts_one_narrows_corrects_and_tells(window: Callable[..., Window]) -> None:
    own = window(scripts=False, width=360)
    page = own.go("/haku/?q=raprotointi")
    page.locator(".corrected a").click()
    page.wait_for_url("**tarkka=1")
    page.locator("a[href*='/haku/kerro/']").click()
    assert page.locator("input[name=words]").input_value() == "raprotointi"
    page.fill("textarea[name=message]", "Onko tästä opasta?")
    page.locator("main form button[type=submit]").click()
    page.wait_for_url("**/kiitos/")
    page = own.go("/haku/?q=raportointi")
    page.locator("details.fold > summary").click()
    page.locator("details.filters__long summary").first.click()
    page.locator("details.filters__long input[type=checkbox]:visible").first.check()
    page.locator("form.filters button[type=submit]").click()
    page.wait_for_url("**teema=**")
    assert page.locator(".active-filters .chip").count() == 1
    page.locator(".active-filters .chip").click()
    page.wait_for_url("**/haku/?q=raportointi")
