"""The watching itself works: planted faults are found."""

from collections.abc import Callable

import pytest

from tests.journeys.browsing import Window
from tests.journeys.fuzzing import MARK
from tests.journeys.test_focus import FAULTS, LEAST_CONTRAST
from tests.journeys.test_fuzz import reflected
from tests.journeys.visitor import Answer, Visitor


@pytest.mark.browser
def test_planted_faults_are_seen(window: Callable[..., Window]) -> None:
    own = window(width=360)
    page = own.go("/")
    page.evaluate(
        """() => {
          const image = document.createElement("img");
          image.src = "https://elsewhere.example/spy.png";
          const wide = document.createElement("p");
          wide.setAttribute("style", "color: red");
          wide.style.width = "2000px";
          wide.textContent = "too wide";
          document.querySelector("main").append(image, wide);
          setTimeout(() => { throw new Error("planted"); }, 0);
        }"""
    )
    page.wait_for_function("window.refusals.length >= 2")
    assert any("image-alt" in found for found in own.axe())
    assert {found.split()[0] for found in own.refusals()} == {"img-src", "style-src-attr"}
    assert own.too_wide()
    page.goto("/ei-ole/")
    complaints = " ".join(own.complaints)
    for planted in ("elsewhere.example", "planted", "404 for"):
        assert planted in complaints
    own.complaints.clear()


@pytest.mark.browser
def test_planted_faults_of_the_focus_are_seen(window: Callable[..., Window]) -> None:
    page = window().go("/tietoa/")
    page.evaluate(
        """() => {
          const links = [...document.querySelectorAll("main a[href], footer a[href]")].slice(-4);
          links[0].style.outline = "none";
          links[1].style.outlineColor = getComputedStyle(document.querySelector("footer")).backgroundColor;
          links[2].tabIndex = 3;
          const cover = document.createElement("div");
          cover.style.cssText = "position: absolute; inset: 0; background: red";
          links[3].style.cssText = "position: relative; z-index: -1";
          links[3].parentElement.style.position = "relative";
          links[3].after(cover);
        }"""
    )
    faults = " ".join(page.evaluate(FAULTS, LEAST_CONTRAST))
    for planted in ("has no line around it", "has a line of 1.0 to 1", "jumps the queue", "under something"):
        assert planted in faults


def test_a_planted_script_is_seen(stranger: Visitor) -> None:
    answer = stranger.get("/haku/?q=a")
    good = Answer(
        answer.url, 200, answer.headers, answer.body.replace(b"<main", f'<p title="{MARK}(1)">{MARK}</p><main'.encode())
    )
    for markup in (f"<img src=x onerror={MARK}(1)>", f"<script>{MARK}(1)</script>", f'<a href="javascript:{MARK}(1)">'):
        bad = Answer(answer.url, 200, answer.headers, answer.body.replace(b"<main", f"{markup}<main".encode()))
        assert reflected(bad), markup
    assert not reflected(good)
