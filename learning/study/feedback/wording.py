"""The feedback on a work as a plain text, to copy or to keep, and the words that its other forms share."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from common import dates
from learning.study.criteria import meaning_of
from learning.study.feedback.drawing import Piece, blocks_of
from learning.study.feedback.released import Feedback, Round
from learning.study.models import Mark

MARKERS = {"ul": "- ", "ol": "- ", "quote": "> "}


def facts_of(feedback: Feedback, now: Round) -> list[tuple[str, str]]:
    """(label, text) of what was given: the outcome, the grade, by whom and when."""
    task, mark = feedback.submission.run_assignment, now.mark
    rows = [(_("Course"), f"{task.run.course}, {task.run.code}"), (_("Outcome"), str(mark.get_outcome_display()))]
    if mark.grade is not None:
        rows.append((_("Grade"), str(mark.grade)))
    given = mark.released_at or mark.at
    rows += [(_("Feedback given"), dates.day(given)), (_("Teacher"), now.teachers)]
    handed_in = now.version.handed_in_at
    version = _("%(number)d, handed in %(day)s %(clock)s") % {
        "number": now.version.number,
        "day": dates.day(handed_in),
        "clock": dates.clock(handed_in),
    }
    return [*rows, (pgettext("of a work", "Version"), version)]


def level_of(row: dict[str, Any], is_graded: bool) -> str:
    """The level of a criterion in words."""
    value = row.get("value")
    if value is None:
        return pgettext("criterion", "Not assessed")
    if is_graded:
        return _("%(value)s of 5") % {"value": value}
    return _("Fulfils it") if value else _("Still lacking")


def text_of(feedback: Feedback) -> str:
    """The feedback that holds, with the work and its comments."""
    now = feedback.now
    return "\n".join(_lines(feedback, now)).strip() + "\n" if now else ""


def _lines(feedback: Feedback, now: Round) -> Iterator[str]:
    yield from _headed(_("Feedback: %(title)s") % {"title": feedback.submission.run_assignment.assignment}, "=")
    yield from (f"{label}: {text}" for label, text in facts_of(feedback, now))
    for mark in now.marks:
        yield from _of_mark(mark, feedback.is_graded)
    if now.notes:
        yield from _headed(_("Comments on the text"))
    for note in now.notes:
        about = f"”{note.quote}”" if note.quote else _("About all of the work")
        yield f"[{note.number}] {about} ({note.who})"
        yield f"{note.comment.text}\n"
    if now.flat.text:
        yield from _headed(_("Your text, version %(number)d") % {"number": now.version.number})
    for kind, pieces in blocks_of(now.flat, now.notes):
        yield MARKERS.get(kind, "") + "".join(_said(now, piece) for piece in pieces)
        if kind not in {"ul", "ol"}:
            yield ""


def _of_mark(mark: Mark, is_graded: bool) -> Iterator[str]:
    if mark.words:
        yield from [*_headed(_("Feedback in words")), mark.words]
    if mark.criteria:
        yield from _headed(_("By criteria"))
    for row in mark.criteria:
        yield f"- {row['title']}: {level_of(row, is_graded)}"
        yield from (f"  ({line})" for line in meaning_of(row, is_graded=is_graded))
        if row.get("words"):
            yield f"  {row['words']}"


def _said(now: Round, piece: Piece) -> str:
    words = now.flat.text[piece.start : piece.end].replace("\u2028", "\n")
    return words + "".join(f" [{note.number}]" for note in piece.ending)


def _headed(title: str, line: str = "-") -> list[str]:
    return ["", title, line * len(title), ""]
