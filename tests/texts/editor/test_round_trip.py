"""Flat text goes into the editor and comes out the same; plain text is read as the server reads it."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.texts.editor.conftest import Desk

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
CASES = json.loads((Path(__file__).parents[1] / "cases.json").read_text())
FILL = """([value, format]) => {
  document.querySelector("[name=body]").value = value;
  document.querySelector("[name=body_format]").value = format;
  document.querySelector("[name=body]").form.dispatchEvent(new CustomEvent("draft:filled", { bubbles: true }));
}"""


def through(own: Desk, value: str, form: str) -> dict[str, Any]:
    """What the form would send of a text that a draft has brought and that was touched without changing it."""
    own.page.evaluate(FILL, [value, form])
    own.text.press("Control+Home")
    own.page.keyboard.type("x")
    own.page.keyboard.press("Backspace")
    sent = own.value()
    assert sent.pop("changes") == []
    return sent


def test_every_text_comes_out_as_it_went_in(desk: Callable[..., Desk]) -> None:
    own = desk()
    own.open()
    wrong = {}
    for case in CASES["same"]:
        found = through(own, json.dumps(case["flat"]), "flat")
        if found != case["flat"]:
            wrong[case["name"]] = found
        count = own.page.inner_text("[data-meter-count]")
        assert "".join(filter(str.isdigit, count)) == str(case["count"]), case["name"]
    assert not wrong


def test_plain_text_is_read_as_on_the_server(desk: Callable[..., Desk]) -> None:
    own = desk()
    own.open()
    wrong = {}
    for case in [*CASES["same"], *CASES["typed"]]:
        found = through(own, case["notation"], "notation")
        if found != case["flat"]:
            wrong[case["name"]] = found
    assert not wrong


def test_a_draft_with_the_plain_text_of_the_page_keeps_what_the_page_knows(desk: Callable[..., Desk]) -> None:
    """Somebody wrote in another field alone: the draft has the body as the page gave it."""
    own = desk()
    change = {"id": "5", "start": 0, "end": 4, "with": {"text": "Lause", "blocks": [], "marks": []}}
    flat = {"text": "Sana.\n", "blocks": ["p"], "marks": [], "changes": [change]}
    own.open(flat=flat, notation="Sana.")
    own.page.evaluate(FILL, ["Sana.", "notation"])
    assert own.page.locator(".editor__body ins").inner_text() == "Lause"
