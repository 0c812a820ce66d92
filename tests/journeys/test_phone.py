"""What a narrow window keeps within one tap."""

from collections.abc import Callable

import pytest

from tests.journeys.browsing import Window
from tests.journeys.places import LESSON

pytestmark = pytest.mark.browser
MODULE = LESSON[: LESSON[:-1].rindex("/") + 1]
COURSE = MODULE[: MODULE[:-1].rindex("/") + 1]


@pytest.mark.parametrize(
    ("path", "steps"), [(LESSON, ["/", "/kurssit/", COURSE, MODULE]), (MODULE, ["/", "/kurssit/", COURSE])]
)
def test_every_step_back_is_there(window: Callable[..., Window], path: str, steps: list[str]) -> None:
    page = window(width=360).go(path)
    links = page.locator(".crumbs a").locator("visible=true").all()
    assert [link.get_attribute("href") for link in links] == steps
    box = page.locator(".crumbs ol").bounding_box()
    assert box is not None and box["height"] < 100


@pytest.mark.parametrize("path", [COURSE, MODULE])
def test_lessons_look_like_links(window: Callable[..., Window], path: str) -> None:
    page = window(width=360).go(path)
    lines = page.evaluate(
        "() => [...document.querySelectorAll('main .storey__lessons a > span')]"
        ".map((each) => getComputedStyle(each).textDecorationLine)"
    )
    assert lines and set(lines) == {"underline"}


def test_what_was_narrowed_down_to_comes_before_the_map(window: Callable[..., Window]) -> None:
    page = window(width=360, height=800).go("/verkosto/?nimi=xyz")
    assert not page.locator("svg.map").is_visible()
    box = page.locator("#partners").bounding_box()
    assert box is not None and box["y"] < 600
    page.locator("details.fold:has(svg.map) > summary").click()
    assert page.locator("svg.map").is_visible()
    assert window(width=1280).go("/verkosto/?nimi=xyz").locator("svg.map").is_visible()
    assert window(width=360).go("/verkosto/").locator("svg.map").is_visible()


def test_the_list_of_regions_has_the_mark_of_other_folds(window: Callable[..., Window]) -> None:
    page = window(width=360).go("/verkosto/")
    mark = "() => getComputedStyle(document.querySelector('.map__list > summary'), '::before').content"
    assert page.evaluate(mark) == '"+"'
    page.locator(".map__list > summary").click()
    assert page.evaluate(mark) == '"\u2212"'
