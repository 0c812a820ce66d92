"""Every kind of page without a violation that axe can see: in each language, width, colour scheme and state.

All circumstances together would be thousands of pages. Every two of them meet here at least once; a fault that
only three together bring about may stay unseen.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import product

import pytest
from playwright.sync_api import Page

from tests.journeys import places
from tests.journeys.browsing import Window
from tests.journeys.pairs import Row, all_pairs, pairs_of
from tests.journeys.places import AMONG_LEARNERS, DOORS, OWN_PAGES, PAGES, address_in
from tests.journeys.visitor import Visitor

KINDS = {**PAGES, **OWN_PAGES}
LISTS = ("blog", "events", "network", "resources")
FORMS = ("sign-in", "sign-up", "forgotten password", "change of password", "addresses")
FOLDED = (
    *LISTS,
    "lesson",
    "test lesson",
    "event",
    "found",
    "video",
    "theme",
    "authority",
    "accessibility",
    "run",
    "studied lesson",
)
# Letters drawn on the tiles of the map: axe cannot tell what is behind them; test_tilemap.py does.
MEASURED_ELSEWHERE = re.compile(r"color-contrast: \[.*?\] <text ")
# What a page that is missing or a refused form answers is seen by the console, too.
EXPECTED = ("the server responded with a status of 4", "404 for", "400 for")


@dataclass(frozen=True)
class State:
    """What has happened on a page before we look, and the kinds of page where it can happen."""

    act: Callable[[Page], None] | None
    kinds: Sequence[str]


STATES = {
    "as it comes": State(None, tuple(KINDS)),
    "menu open": State(places.open_menu, ("front page", "lesson", "network", "missing page", "sign-in", "own page")),
    "refused form": State(places.send_empty, FORMS),
    "nothing found": State(places.ask_for_nothing, ("network", "glossary", "search")),
    "narrowed": State(places.narrow, (*LISTS, "found")),
    "answered": State(places.answer_all, ("lesson", "test lesson")),
    "opened": State(places.open_all, FOLDED),
    "being searched": State(places.focus_search, ("network", "glossary", "found")),
}
FACTORS = {
    "kind": tuple(KINDS),
    "state": tuple(STATES),
    "language": ("fi", "sv", "en"),
    "person": ("stranger", "learner", "editor"),
    "width": ("360", "1280"),
    "scheme": ("light", "dark"),
}
PEOPLE = {"learner": "opiskelija", "editor": "toimittaja"}


def is_possible(row: Row) -> bool:
    if row["kind"] not in STATES[row["state"]].kinds:
        return False
    # On a wide window the menu is always open.
    if row["state"] == "menu open" and row["width"] != "360":
        return False
    if row["person"] == "editor" and row["kind"] in AMONG_LEARNERS:
        return False
    return row["kind"] not in (OWN_PAGES if row["person"] == "stranger" else DOORS)


ROWS = all_pairs(FACTORS, is_possible)


def test_every_pair_meets() -> None:
    possible = {
        pair
        for values in product(*FACTORS.values())
        if is_possible(row := dict(zip(FACTORS, values, strict=True)))
        for pair in pairs_of(row)
    }
    assert {pair for row in ROWS for pair in pairs_of(row)} == possible
    assert all(is_possible(row) for row in ROWS)


@pytest.mark.browser
@pytest.mark.parametrize("row", ROWS, ids=lambda row: ", ".join(row.values()))
def test_axe_finds_nothing(
    window: Callable[..., Window],
    signed_in: Callable[[str], Visitor],
    base: str,
    row: Row,
) -> None:
    person = signed_in(PEOPLE[row["person"]]) if row["person"] in PEOPLE else Visitor(base)
    own = window(width=int(row["width"]), color_scheme=row["scheme"])
    own.expected = EXPECTED if row["kind"] == "missing page" or row["state"] == "refused form" else ()
    own.enter_as(person) if row["person"] in PEOPLE else None
    page = own.go(address_in(row["language"], KINDS[row["kind"]], person))
    act = STATES[row["state"]].act
    if act:
        act(page)
    # Of Wagtail's own bar, which editors see, only what the standards ask.
    assert not own.axe(habits=row["person"] != "editor") + own.refusals() + own.too_wide()
    # An open menu, or a drawing above the heading, keeps axe from deciding on what is or seems to be under it.
    if row["state"] == "as it comes" and row["person"] == "stranger" and row["width"] == "1280":
        assert not [each for each in own.undecided if not MEASURED_ELSEWHERE.match(each)]
    assert page.locator("html").get_attribute("lang") == row["language"]
    if row["person"] == "stranger":
        assert_nothing_is_kept(own, row)


def assert_nothing_is_kept(own: Window, row: Row) -> None:
    """A stranger leaves with nothing but the token that the sign-in pages need."""
    allowed = {"csrftoken"} if "/tili/" in KINDS[row["kind"]] else set()
    assert {cookie["name"] for cookie in own.context.cookies()} <= allowed
    assert own.page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]
