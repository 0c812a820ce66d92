"""The editor of texts in its three modes, with suggestions and comments, for those who build the pages around it."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import yaml
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from blog.working.body import READ, SUGGEST, WRITE, BodyField
from common.permissions import is_staff_member
from drafts.opening import keep_private
from home.models import HomePage
from texts import Body, Change, Flat

SAMPLE: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "editing.yaml").read_text(encoding="utf-8"))
MODES = {"kirjoita": WRITE, "ehdota": SUGGEST, "lue": READ, "monta": WRITE}
MANY = 60
LONG = 3_400


@require_safe
def editor_page(request: HttpRequest, word: str) -> HttpResponse:
    """404 to all but staff. What is written here goes nowhere."""
    if word not in MODES or not is_staff_member(request.user):
        raise Http404
    body, threads = _many() if word == "monta" else _sample()
    field = BodyField.of(body, mode=MODES[word], threads=threads)
    context = {
        "crumbs": HomePage.objects.all()[:1],
        "word": word,
        "words": MODES,
        "body": replace(field, data=(field.data or {}) | {"version": 3}),
        "suggestions": [_card(body.flat, change) for change in body.changes],
        "threads": [{**each, "quote": body.flat.text[each["start"] : each["end"]]} for each in threads],
    }
    return keep_private(render(request, "home/styles/editor_page.html", context))


def _sample() -> tuple[Body, list[dict[str, Any]]]:
    """Words that go, come, change, are divided, joined and made a heading; two comments, one of them unsure."""
    flat = Flat.of_notation(SAMPLE["text"])
    changes = [_change(flat, number, **each) for number, each in enumerate(SAMPLE["suggestions"], 1)]
    threads = [
        {
            "id": str(number),
            "start": (start := flat.text.index(words)),
            "end": start + len(words),
            "certain": number == 1,
        }
        for number, words in enumerate(SAMPLE["threads"], 1)
    ]
    return Body(flat, tuple(sorted(changes, key=lambda change: change.start))), threads


def _change(flat: Flat, number: int, words: str, becomes: str, kind: str = "p", mark: str = "") -> Change:
    start = flat.text.index(words)
    marks = [[0, len(becomes), mark]] if mark else []
    part = {"text": becomes, "blocks": [kind] * becomes.count("\n"), "marks": marks}
    return Change(start, start + len(words), Flat.of_json(part) if "\n" in becomes[-1:] else _part(part), str(number))


def _part(data: dict[str, Any]) -> Flat:
    """A part of a text: its last words need no line end."""
    whole = Flat.of_json(
        {**data, "text": data["text"] + "\n", "blocks": [*data["blocks"], "p"]} if data["text"] else _NOTHING
    )
    return whole.piece(0, len(data["text"]))


_NOTHING: dict[str, Any] = {"text": "", "blocks": [], "marks": []}


def _many() -> tuple[Body, list[dict[str, Any]]]:
    """A text of the longest wanted length with sixty suggestions in it."""
    sentence = SAMPLE["sentence"]
    words = (sentence * (LONG // len(sentence) + 1))[: LONG - 1].rstrip(" .") + "."
    paragraphs = [words[at : at + 425].strip() for at in range(0, len(words), 425)]
    flat = Flat.of_notation("\n\n".join(paragraphs))
    starts = [round(at * (len(flat.text) - 20) / MANY) for at in range(MANY)]
    places = [flat.text.index(" ", start) + 1 for start in starts]
    changes = [
        Change(at, at + 3, _part({"text": f"sana {number}", "blocks": [], "marks": []}), str(number))
        for number, at in enumerate(places, 1)
        if "\n" not in flat.text[at : at + 3]
    ]
    return Body(flat, tuple(changes)), []


def _card(flat: Flat, change: Change) -> dict[str, str]:
    shown = change.replacement.text.replace("\n", " ¶ ").strip()
    return {"id": change.id, "was": flat.text[change.start : change.end].replace("\n", " ¶ ").strip(), "becomes": shown}
