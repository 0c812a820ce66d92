"""What a first visit to a page weighs, and that a second one fetches nothing anew."""

import re
from collections import Counter
from collections.abc import Callable

import pytest
from playwright.sync_api import Response

from tests.journeys.browsing import Window
from tests.journeys.crawl import Crawl
from tests.journeys.places import PAGES
from tests.journeys.visitor import Visitor

MOST_BYTES = 60_000
WEIGHED = {"document", "stylesheet", "script", "font"}
YEAR = 31_536_000
# A film without a still image: its room is in the style sheet.
WITHOUT_SIZE = "img:not([width][height]), video[poster]:not([width][height]), iframe, svg:not([viewBox])"


@pytest.mark.browser
@pytest.mark.parametrize("name", PAGES)
def test_a_first_view_is_light(window: Callable[..., Window], name: str) -> None:
    """HTML, styles, scripts and fonts as they come over the wire, with nothing in the browser's cache."""
    own = window()
    own.expected = ("404 for", "status of 404")
    answers: list[Response] = []
    own.page.on("response", lambda answer: answers.append(answer))
    page = own.go(PAGES[name])
    page.evaluate("document.fonts.ready.then(() => true)")
    weights: Counter[str] = Counter()
    for answer in answers:
        if answer.request.resource_type in WEIGHED:
            weights[answer.request.resource_type] += answer.request.sizes()["responseBodySize"]
    print(f"{name}: {weights.total()} {dict(weights)}")
    assert weights["document"] and weights["stylesheet"]
    assert weights.total() <= MOST_BYTES, dict(weights)


@pytest.mark.browser
@pytest.mark.parametrize("name", ["front page", "lesson", "post", "drawing", "video", "network"])
def test_nothing_moves_while_a_page_comes(window: Callable[..., Window], name: str) -> None:
    page = window(width=390).go(PAGES[name])
    assert page.locator(f":is({WITHOUT_SIZE})").count() == 0
    # Preloaded fonts that the page does not use cost as much as those that it does.
    preloaded = page.eval_on_selector_all("link[rel=preload]", "all => all.map((each) => each.href)")
    page.evaluate("document.fonts.ready.then(() => true)")
    used = page.evaluate("[...document.fonts].filter((each) => each.status === 'loaded').length")
    assert len(preloaded) <= used


def test_files_are_hashed_compressed_and_kept_for_a_year(crawl: Crawl, stranger: Visitor) -> None:
    paths = [each.path for each in crawl.seen.values() if each.path.startswith("/static/")]
    assert {path.rpartition(".")[2] for path in paths} >= {"css", "js", "svg"}
    for path in paths:
        answer = stranger.ask("GET", path, headers={"Accept-Encoding": "gzip"})
        control = answer.headers["Cache-Control"]
        assert re.search(r"[.][0-9a-f]{12}[.]\w+$", path), path
        assert "immutable" in control, path
        assert int(re.findall(r"max-age=(\d+)", control)[0]) >= YEAR, path
        if path.endswith((".css", ".js")):
            assert answer.headers["Content-Encoding"] == "gzip", path


def test_a_page_that_has_not_changed_is_not_sent_again(base: str) -> None:
    for path in PAGES.values():
        first = Visitor(base).get(path)
        if "ETag" not in first.headers:
            continue
        again = Visitor(base).ask("GET", path, headers={"If-None-Match": first.headers["ETag"]})
        assert again.status == 304, path
        assert again.body == b"", path
