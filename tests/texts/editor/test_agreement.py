"""Whatever is done in the browser, the server reads from it the very text that the person sees."""

import json
import random
from collections.abc import Callable
from typing import Any

import pytest

from tests.texts.editor.conftest import Desk
from texts import Body, Flat, apply, read_body

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
BASE: dict[str, Any] = {
    "text": "Otsikko tässä\nYksi kaksi kolme neljä.\nViisi 😀 kuusi\u2028seitsemän.\nkohta yksi"
    "\nkohta kaksi\nLoppu on tämä.\n",
    "blocks": ["h2", "p", "p", "ul", "ul", "quote"],
    "marks": [[19, 24, "strong"], [54, 60, "em"]],
}
CHANGES = [
    {"id": "1", "start": 14, "end": 18, "with": {"text": "Ensin", "blocks": [], "marks": []}},
    {"id": "2", "start": 36, "end": 38, "with": {"text": ", ja v", "blocks": [], "marks": []}},
    {"id": "3", "start": 78, "end": 79, "with": {"text": "\n", "blocks": ["ol"], "marks": []}},
]
# What is in the text, not what is drawn beside it.
SHOWN = """() => {
  const copy = document.querySelector(".editor__body").cloneNode(true);
  for (const each of copy.querySelectorAll("[contenteditable=false], .ProseMirror-trailingBreak, img")) each.remove();
  for (const each of [...copy.querySelectorAll("ins, del, span")]) each.replaceWith(...each.childNodes);
  return copy.innerHTML;
}"""
SELECT = """([from, to]) => {
  const body = document.querySelector(".editor__body"), walker = document.createTreeWalker(body, NodeFilter.SHOW_TEXT);
  const nodes = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode())
    if (node.parentElement.closest("[contenteditable=false]") === null) nodes.push(node);
  const place = (share) => {
    const node = nodes[Math.floor(share * nodes.length)];
    let at = Math.floor((share * nodes.length % 1) * (node.length + 1));
    if (node.data.codePointAt(at - 1) > 0xffff) at -= 1;
    return [node, at];
  };
  body.focus();
  getSelection().setBaseAndExtent(...place(from), ...place(to));
  document.dispatchEvent(new Event("selectionchange"));
}"""


def act(own: Desk, dice: random.Random) -> str:
    """Do something to some words."""
    page = own.page
    start = dice.random()
    page.evaluate(SELECT, [start, start if dice.random() < 0.5 else min(0.999, start + dice.random() * 0.15)])
    own.settle()
    done = dice.choice(["type", "type", "Backspace", "Delete", "Enter", "Control+b", "tool", "paste", "Control+z"])
    if done == "type":
        page.keyboard.type(dice.choice(["uusi ", "x", " ja 😀", "a\u0308"]))
    elif done == "tool":
        done = dice.choice(["h2", "ul", "ol", "quote"])
        page.locator(f"[data-tool={done}]").click()
    elif done == "paste":
        own.paste(
            dice.choice(
                ["<p>liitetty <b>sana</b></p>", "<p>yksi</p><ul><li>kaksi</li></ul>", "<h2>Väliin</h2><p>teksti</p>"]
            )
        )
    else:
        page.keyboard.press(done)
    return done


def shown(own: Desk) -> Flat:
    return Flat.of_html(own.page.evaluate(SHOWN))


def sent(own: Desk) -> Body:
    """What the server reads; it refuses nothing that the editor sends."""
    own.settle()
    if own.page.input_value("[name=body_format]") != "flat":
        return Body(Flat.of_json(BASE))
    return read_body(own.page.input_value("textarea[name=body]"), "flat")


@pytest.mark.parametrize("seed", range(3))
def test_suggested_changes_make_the_text_that_was_seen(desk: Callable[..., Desk], seed: int) -> None:
    dice = random.Random(seed)
    own = desk()
    own.open("ehdota", flat=BASE | {"changes": CHANGES})
    done = []
    for _step in range(25):
        done.append(act(own, dice))
        body = sent(own)
        assert body.flat == Flat.of_json(BASE)
        theirs = {each["id"] for each in CHANGES}
        mine = [change for change in body.changes if change.id not in theirs]
        assert apply(body.flat, mine) == shown(own), done
        assert len(body.changes) == len(mine) + len(CHANGES) or own.page.input_value("[name=body_format]") != "flat"


@pytest.mark.parametrize("seed", range(3))
def test_what_is_written_and_decided_is_the_text_that_was_seen(desk: Callable[..., Desk], seed: int) -> None:
    dice = random.Random(seed)
    own = desk()
    page = own.open(flat=BASE | {"changes": CHANGES})
    done = []
    for _step in range(25):
        before = sent(own)
        waiting = {change.id: change for change in before.changes}
        if waiting and dice.random() < 0.2 and page.input_value("[name=body_format]") == "flat":
            number = dice.choice(sorted(waiting))
            page.locator(f"[data-suggestion-accept='{number}']").press("Enter")
            done.append(f"accept {number}")
            assert sent(own).flat == apply(before.flat, [waiting[number]]), done
        else:
            done.append(act(own, dice))
        body = sent(own)
        assert body.flat == shown(own), done
        decided = json.loads(page.input_value("[name=decisions]"))
        if page.input_value("[name=body_format]") == "flat":
            assert {change.id for change in body.changes} | set(decided) == {"1", "2", "3"}, done
