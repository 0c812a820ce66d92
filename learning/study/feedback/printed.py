"""The feedback on a work as a PDF: what stands on the pages, as data for the typesetter."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from common import languages
from common.typesetting import shown, typeset
from learning.study.criteria import meaning_of
from learning.study.feedback.drawing import Piece, blocks_of
from learning.study.feedback.released import Feedback, Round
from learning.study.feedback.wording import facts_of, level_of
from texts.flat import LISTS, Flat
from texts.markup import address_in

TEMPLATE = Path(__file__).resolve().parent / "feedback.typ"
MARK = Path(__file__).resolve().parents[3] / "site" / "common" / "static" / "icons" / "icon.svg"
LINE_BREAK = "\u2028"
OUTSIDE = ("http://", "https://", "mailto:", "tel:")

Data = dict[str, Any]


def pdf_of(feedback: Feedback) -> bytes:
    assert feedback.now is not None, "there is feedback to print"
    released = feedback.now.mark.released_at or feedback.now.mark.at
    return typeset(TEMPLATE, printed(feedback, feedback.now), int(released.timestamp()))


def printed(feedback: Feedback, now: Round) -> Data:
    """Every text is one that the fonts can show; the typesetter reads none of them as anything but text."""
    task = feedback.submission.run_assignment
    assignment, course = task.assignment, str(task.run.course)
    # What is said of a work is said in its language, as far as anybody knows.
    lang = "" if assignment.language == languages.current() else assignment.language
    said = {
        "lang": languages.current(),
        "title": _("Feedback: %(title)s") % {"title": assignment.title},
        "summary": _("Feedback on the assignment “%(title)s” of the course %(course)s")
        % {"title": assignment.title, "course": course},
        "author": now.teachers,
        "service": settings.SITE_NAME,
        "kind": pgettext("document", "Feedback"),
        "foot": f"{course}, {task.run.code}",
        "heading": {"text": assignment.title, "lang": lang, "before": "", "after": ""},
        "part_lang": assignment.language,
        "facts": [{"label": label, "text": text} for label, text in facts_of(feedback, now)],
        "criteria_title": _("By criteria"),
        "criteria": [_criterion(row, feedback.is_graded) for mark in now.marks for row in mark.criteria],
        "words_title": _("Feedback in words"),
        "words": [paragraph for mark in now.marks for paragraph in _paragraphs(mark.words)],
        "notes_title": _("Comments on the text"),
        "notes": [_note(note) for note in now.notes],
        "work_title": _("Your text, version %(number)d") % {"number": now.version.number},
        "blocks": list(_blocks(now)),
    }
    return shown(said) | {"urls": _urls(now.flat), "mark": MARK.read_text(encoding="utf-8")}


def _criterion(row: Data, is_graded: bool) -> Data:
    return {
        "title": row["title"],
        "level": level_of(row, is_graded),
        "meaning": meaning_of(row, is_graded=is_graded),
        "words": _paragraphs(row.get("words", "")),
    }


def _note(note: Any) -> Data:
    about = f"”{note.quote}”" if note.quote else _("About all of the work")
    return {"number": note.number, "about": about, "words": _paragraphs(note.comment.text), "who": note.who}


def _paragraphs(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _blocks(now: Round) -> Iterator[Data]:
    """Blocks in order, the items of a list together."""
    for kind, group in groupby(blocks_of(now.flat, now.notes), lambda block: block[0]):
        rows = [_pieces(now.flat, pieces) for _kind, pieces in group]
        if kind in LISTS:
            yield {"kind": kind, "rows": rows}
        else:
            yield from ({"kind": kind, "rows": [row]} for row in rows)


def _pieces(flat: Flat, pieces: Sequence[Piece]) -> list[Data]:
    """Words of one look; `url` is the place of the address among `urls`, which are left as they are."""
    addresses = _urls(flat)
    made = []
    for piece in pieces:
        kinds, address = {mark.kind for mark in piece.marks}, address_in(piece.marks)
        for number, line in enumerate(flat.text[piece.start : piece.end].split(LINE_BREAK)):
            made.append(
                {
                    "break": bool(number),
                    # The typesetter takes spaces at the ends for its own.
                    "text": line,
                    "strong": "strong" in kinds,
                    "em": "em" in kinds,
                    "noted": bool(piece.notes),
                    "url": addresses.index(address) if address in addresses else -1,
                    "notes": [],
                }
            )
        made[-1]["notes"] = [note.number for note in piece.ending]
    return made


def _urls(flat: Flat) -> list[str]:
    found = {mark.value: None for mark in flat.marks if mark.kind == "a" and mark.value.startswith(OUTSIDE)}
    return list(found)
