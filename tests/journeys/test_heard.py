"""Pages as a screen reader tells them: landmarks, headings, links and fields, with names and states, in order.

The transcripts are in the folder `heard`. After a change that is meant, write them anew with
`WRITE_HEARD=1 make test ARGS="-k test_heard"` and read the difference before it is committed.
"""

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.journeys.browsing import Window
from tests.journeys.heard import transcript
from tests.journeys.places import (
    PAGES,
    answer_all,
    ask_for_nothing,
    go_through_suggestions,
    narrow,
    open_menu,
    send_empty,
)

pytestmark = pytest.mark.browser
KEPT = Path(__file__).with_name("heard")


def nothing(_page: Page) -> None:
    """Take the page as it comes."""


# What is read: the kind of page and what has happened on it.
READINGS: dict[str, tuple[str, Callable[[Page], None], int]] = {
    "front page": (PAGES["front page"], nothing, 1280),
    "front page, menu open": (PAGES["front page"], open_menu, 360),
    "theme": (PAGES["theme"], nothing, 1280),
    "lesson": (PAGES["lesson"], nothing, 1280),
    "lesson, answered": (PAGES["lesson"], answer_all, 1280),
    "search": (PAGES["search"], nothing, 1280),
    "search, suggesting": (PAGES["search"], go_through_suggestions, 1280),
    "search, nothing found": (PAGES["search"], ask_for_nothing, 1280),
    "found": (PAGES["found"], nothing, 1280),
    "network": (PAGES["network"], nothing, 1280),
    "network, narrowed": (PAGES["network"], narrow, 1280),
    "organisation": (PAGES["partner"], nothing, 1280),
    "sign-up, refused": (PAGES["sign-up"], send_empty, 1280),
}


@pytest.mark.parametrize("name", READINGS)
def test_the_page_is_told_as_before(window: Callable[..., Window], name: str) -> None:
    path, act, width = READINGS[name]
    own = window(width=width, bypass_csp=True)
    own.expected = ("400",)
    act(own.go(path))
    heard, kept = transcript(own), KEPT / f"{re.sub(r'[ ,]+', '-', name)}.txt"
    if os.environ.get("WRITE_HEARD"):
        KEPT.mkdir(exist_ok=True)
        kept.write_text(heard)
    assert heard == kept.read_text(), "if it is better than before, write it anew with WRITE_HEARD=1"
