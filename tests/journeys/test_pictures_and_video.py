"""An infographic and a video in a browser: shown, played with the keyboard, and unable to run anything."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route

from tests.journeys.browsing import Window

pytestmark = pytest.mark.browser
INFOGRAPHIC = "/aineistot/infograafi-raportin-matka/"
VIDEO = "/aineistot/video-havainnosta-muutokseen/"
HOSTILE = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="36" height="80" onload="new Image().src=\'/ran\'">'
    '<script>new Image().src=\'/ran\'</script><rect width="36" height="80"/></svg>'
)
PLAYED = "() => document.querySelector('video').currentTime > 0.5"


def address(page: Page) -> str:
    return str(page.locator(".drawing img").get_attribute("src"))


def hostile(*, shown: bool) -> Callable[[Route], None]:
    """Answer as the service does, but with a drawing full of scripts; `shown`: as if it were not a download."""

    def answer(route: Route) -> None:
        real = route.fetch()
        headers = {name: value for name, value in real.headers.items() if not shown or name != "content-disposition"}
        route.fulfill(status=real.status, headers=headers | {"content-length": str(len(HOSTILE))}, body=HOSTILE)

    return answer


@pytest.mark.parametrize("width", [360, 1280])
def test_the_infographic_is_drawn_beside_its_text(window: Callable[..., Window], width: int) -> None:
    own = window(width=width)
    page = own.go(INFOGRAPHIC)
    picture = page.locator(".drawing img")
    assert picture.evaluate("each => each.complete && each.naturalWidth") == 360
    box = picture.bounding_box()
    assert box is not None
    # At the width of a phone its words are as large as they were drawn, or nearly.
    assert box["width"] > 300
    assert page.locator("#as-text").is_visible()
    assert not own.too_wide()
    assert not own.axe()


def test_the_infographic_opens_as_a_download(window: Callable[..., Window]) -> None:
    page = window().go(INFOGRAPHIC)
    with page.expect_download() as waiting:
        page.locator("a.button", has_text="SVG").click()
    assert waiting.value.suggested_filename == "infograafi-raportin-matka.svg"


def test_a_script_in_a_drawing_never_runs(window: Callable[..., Window]) -> None:
    own = window()
    own.expected = ("Blocked script execution", "violates the following Content Security Policy")
    asked: list[str] = []
    own.page.on("request", lambda request: asked.append(request.url))
    path = address(own.go(INFOGRAPHIC))

    own.page.route(f"**{path}", hostile(shown=False))
    own.go(INFOGRAPHIC)
    assert own.page.locator(".drawing img").evaluate("each => each.naturalWidth") == 36

    own.page.unroute(f"**{path}")
    own.page.route(f"**{path}", hostile(shown=True))
    own.go(path)
    assert own.page.locator("rect").count() == 1
    own.page.wait_for_timeout(300)
    assert not [url for url in asked if url.endswith("/ran")]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_video_plays_with_the_keyboard(window: Callable[..., Window], scheme: str) -> None:
    own = window(width=360, color_scheme=scheme)
    page = own.go(VIDEO)
    if not page.evaluate("document.createElement('video').canPlayType('video/mp4; codecs=\"avc1.4D401F\"')"):
        pytest.skip("this Chromium has no H.264")
    for _press in range(40):
        page.keyboard.press("Tab")
        if own.focused()["tag"] == "video":
            break
    assert page.evaluate("document.querySelector('video').paused"), "nothing plays by itself"
    page.keyboard.press("Space")
    page.wait_for_function(PLAYED)
    assert page.evaluate("document.querySelector('video').textTracks[0].mode") == "showing"
    assert page.evaluate("document.querySelector('video').textTracks[0].cues.length") > 10
    page.keyboard.press("Space")
    assert page.evaluate("document.querySelector('video').paused")
    assert not own.too_wide()
    assert not own.axe()
