"""Every kind of page, and every state of it, without a violation that axe can see."""

from collections.abc import Callable

import pytest

from tests.journeys.browsing import Window
from tests.journeys.places import OWN_PAGES, PAGES, STATES, State
from tests.journeys.visitor import Visitor

pytestmark = pytest.mark.browser
# What a page that is missing or a refused form answers is seen by the console, too.
EXPECTED = ("the server responded with a status of 4", "404 for", "400 for")


@pytest.fixture(scope="module")
def seen() -> set[str]:
    return set()


@pytest.mark.parametrize("name", PAGES)
def test_every_kind_of_page(window: Callable[..., Window], name: str) -> None:
    """At full width, in Finnish; and a stranger keeps nothing of the visit, nor does the page ask anyone else."""
    own = window()
    own.expected = EXPECTED if name == "missing page" else ()
    own.go(PAGES[name])
    assert not own.axe()
    assert not own.refusals()
    assert {cookie["name"] for cookie in own.context.cookies()} <= ({"csrftoken"} if "/tili/" in PAGES[name] else set())
    assert own.page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.label)
def test_every_state(window: Callable[..., Window], state: State) -> None:
    own = window(width=state.width, color_scheme=state.scheme)
    own.expected = EXPECTED if state.name in {"missing", "form error"} else ()
    page = own.go(state.path)
    if state.act:
        state.act(page)
    assert not own.axe()
    assert not own.refusals()
    assert not own.too_wide()


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (360, "dark")])
def test_the_pages_of_ones_own(
    window: Callable[..., Window], signed_in: Callable[[str], Visitor], width: int, scheme: str
) -> None:
    own = window(width=width, color_scheme=scheme)
    own.enter_as(signed_in("kirjoittaja"))
    found = {}
    for name, path in OWN_PAGES.items():
        own.go(path)
        assert path in own.page.url, f"{name} was not shown"
        found[name] = own.axe() + own.refusals() + own.too_wide()
    assert not {name: problems for name, problems in found.items() if problems}
