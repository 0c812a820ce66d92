"""The administration of each role, without a violation that axe can see; those of Wagtail's own parts are listed."""

import re
from collections.abc import Callable, Iterator

import pytest

from tests.journeys.browsing import Window
from tests.journeys.places import PAGES
from tests.journeys.visitor import Visitor
from tests.journeys.wagtail_axe import KNOWN

pytestmark = pytest.mark.browser
DESK = "/hallinta/"
TREE = "/hallinta/pages/"
LISTS = "/hallinta/snippets/"
EDITOR_FORMS = (
    "front page, themes, theme, courses, module, blog, post, events, network, authority, resources, resource, "
    "standing page, accessibility"
).split(", ")
# The editors' part in the search.
WORDS = [
    *("/hallinta/search/synonyms/", "/hallinta/search/synonyms/add/", "/hallinta/search/best-bets/"),
    *("/hallinta/search/best-bets/add/", "/hallinta/search/wishes/"),
    *("/hallinta/reports/searches/", "/hallinta/reports/file-texts/"),
]
# What each role opens: an address, or a kind of page whose form is opened.
DESKS = {
    "toimittaja": [DESK, TREE, *EDITOR_FORMS, f"{LISTS}vocabulary/phenomenon/", "/hallinta/reports/workflow/", *WORDS],
    "opettaja": [DESK, TREE, "course", "lesson", f"{LISTS}courses/question/", f"{LISTS}courses/question/add/"],
    "kumppani": [DESK, TREE, "partner", "/hallinta/images/", "/hallinta/images/add/", "/hallinta/documents/add/"],
    "koordinaattori": [
        *(DESK, TREE, "event", f"{LISTS}organisations/organisation/", f"{LISTS}events/event/add/"),
        f"{LISTS}organisations/organisation/add/",
    ],
    "yllapito": [DESK, TREE, "/hallinta/users/", "/hallinta/users/new/", "/hallinta/account/"],
}
PLACES = [(role, place) for role, places in DESKS.items() for place in places]
# Messages fade in: until they have, their contrast is not what a person reads.
SETTLE = """
() => Promise.allSettled(document.getAnimations()
  .filter((each) => each.effect.getComputedTiming().endTime < 5000)
  .map((each) => each.finished))
"""


@pytest.fixture(scope="module")
def found(request: pytest.FixtureRequest) -> Iterator[set[str]]:
    """What of the known has been seen. A violation that Wagtail has mended leaves the list: then this fails.

    It is asked when all tests of this file have run, in whatever order they did.
    """
    seen: set[str] = set()
    failed = request.session.testsfailed
    yield seen
    chosen = sum(item.path == request.path for item in request.session.items)
    tests = [name for name in vars(request.module) if name.startswith("test_")]
    # Every place counts in place of the one test that goes through them.
    if chosen >= len(tests) - 1 + len(PLACES) and request.session.testsfailed == failed:
        assert set(KNOWN) <= seen


def address(person: Visitor, place: str) -> str:
    """The address itself, or that of the form of the page: the page's own bar leads there."""
    if place.startswith("/"):
        return place
    link = re.search(r"/hallinta/pages/\d+/edit/", person.get(PAGES[place]).text)
    assert link, f"{place} has no link to its form"
    return link.group()


def unknown(own: Window, found: set[str]) -> list[str]:
    """The violations that are not known."""
    own.page.evaluate(SETTLE)
    violations = own.axe()
    known = {each: next((start for start in KNOWN if each.startswith(start)), "") for each in violations}
    found.update(filter(None, known.values()))
    return [each for each, start in known.items() if not start]


@pytest.mark.parametrize(("role", "place"), PLACES)
def test_axe_finds_nothing(
    window: Callable[..., Window], signed_in: Callable[[str], Visitor], found: set[str], role: str, place: str
) -> None:
    own = window()
    own.enter_as(signed_in(role))
    path = address(signed_in(role), place)
    assert own.go(path).url.endswith(path), "this role is sent elsewhere"
    assert not unknown(own, found)


def test_axe_finds_nothing_in_a_refused_form(
    window: Callable[..., Window], signed_in: Callable[[str], Visitor], found: set[str]
) -> None:
    own = window()
    own.expected = ("400",)
    own.enter_as(signed_in("opettaja"))
    page = own.go(address(signed_in("opettaja"), "lesson"))
    page.fill("[name=title]", "")
    page.locator("[name=title]").evaluate("each => { each.form.noValidate = true; each.form.requestSubmit(); }")
    page.wait_for_selector(".w-field__errors :text-matches('.+')")
    assert not unknown(own, found)


def test_axe_finds_nothing_in_the_menu_of_blocks(
    window: Callable[..., Window], signed_in: Callable[[str], Visitor], found: set[str]
) -> None:
    own = window()
    own.enter_as(signed_in("opettaja"))
    page = own.go(address(signed_in("opettaja"), "lesson"))
    page.locator("[data-streamfield-list-container] button[aria-expanded], .c-sf-add-button").first.click()
    page.wait_for_selector(".w-combobox")
    assert not unknown(own, found)
