"""The script of the page finds the same personal data as the server."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Route, sync_playwright

from common.personal_data import find
from common.personal_data.wordlists import FILE
from tests.common.made_up import OFFICIAL, nonsense, texts

pytestmark = pytest.mark.browser
ORIGIN = "http://texts.example"
FILES = {
    "/js/personal-data.js": (FILE.parents[1] / "js" / "personal-data.js", "text/javascript"),
    "/data/personal-data.json": (FILE, "application/json"),
}


def _serve(route: Route) -> None:
    path = route.request.url.removeprefix(ORIGIN)
    if path in FILES:
        file, kind = FILES[path]
        route.fulfill(body=file.read_bytes(), content_type=f"{kind}; charset=utf-8")
    else:
        route.fulfill(body="<!doctype html><title>Texts</title>", content_type="text/html")


@pytest.fixture(scope="module")
def page(chromium_path: str) -> Iterator[Any]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page()
        page.route("**", _serve)
        page.goto(ORIGIN)
        page.evaluate("async () => { window.find = await (await import('/js/personal-data.js')).load(); }")
        yield page
        browser.close()


def on_the_server(text: str) -> list[dict[str, Any]]:
    return [{"kind": each.kind.value, "start": each.start, "end": each.end} for each in find(text)]


def on_the_device(page: Any, many: list[str]) -> list[list[dict[str, Any]]]:
    keep = "({ kind, start, end }) => ({ kind, start, end })"
    found: list[list[dict[str, Any]]] = page.evaluate(f"many => many.map(text => find(text).map({keep}))", many)
    return found


@pytest.mark.parametrize("made", ["texts", "nonsense", "codes"])
def test_device_and_server_agree_on_thousands_of_texts(page: Any, made: str) -> None:
    many = {
        "texts": lambda: [each.text for each in texts(2, 3_000)],
        "nonsense": lambda: list(nonsense(3, 5_000)),
        "codes": lambda: [f"Hän on {code}." for code in OFFICIAL],
    }[made]()
    differing = [
        (text, mine, theirs)
        for text, theirs in zip(many, on_the_device(page, many), strict=True)
        if (mine := on_the_server(text)) != theirs
    ]
    assert differing == []


def test_the_device_tells_where_its_own_strings_are_to_be_cut(page: Any) -> None:
    cut = page.evaluate("text => find(text).map(({ from, to }) => text.slice(from, to))", "😀😀 Soita 040 123 4567 😀.")
    assert cut == ["040 123 4567"]


def test_a_long_text_keeps_nobody_waiting(page: Any) -> None:
    text = (" ".join(made.text for made in texts(5, 900)) * 2)[:100_000]
    clock = "text => { const from = performance.now(); find(text); return performance.now() - from; }"
    times = [page.evaluate(clock, text) for _ in range(5)]
    print(f"\n100,000 characters with all kinds of findings: {min(times):.0f} ms")
    assert min(times) < 400
