"""A page of the gradebook as it is drawn for the teachers of the run, kept for a short while.

Putting hundreds of cells together costs more than the rest of the page. What teachers do shows at once: the key tells
whether any of it has been done. What learners do meanwhile shows when the time of what is kept ends.
"""

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from common import languages, shared
from common.kept import remembered
from learning.courses.models import CourseRun
from learning.study.gradebook import drawing
from learning.study.gradebook.rows import Chosen, Gradebook, states
from learning.study.models import EnrolmentEvent, FinalGrade, LetOff, Mark, ResultImport

# Bytes of a page of 25 learners by 20 tasks.
SIZE = 150_000
# Of more rows than this the headings are said below them again.
LONG = 12


@dataclass(frozen=True)
class Drawn:
    """`table` is empty where nobody is found; `offered`: what a form sends to give the proposals of the page."""

    book: Gradebook
    narrow: SafeString
    table: SafeString
    rest: SafeString
    offered: list[str]


def drawn(run: CourseRun, chosen: Chosen, number: int, *, picks: bool) -> Drawn:
    """The page for those who may give grades (`picks`), or for those who read."""
    key = ("gradebook", run.pk, chosen, number, picks, languages.current(), _done())
    return remembered(key, lambda: _draw(run, chosen, number, picks=picks), lambda _drawn: SIZE)


def _done() -> Hashable:
    """Changes with every mark, grade, move, letting off and undone file, on any run: one query that reads no rows."""
    parts = [f"SELECT MAX(id) FROM {model._meta.db_table}" for model in (Mark, FinalGrade, EnrolmentEvent, LetOff)]
    parts.append(f"SELECT COUNT(undone_at) FROM {ResultImport._meta.db_table}")
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(f'({part})' for part in parts)}")
        row: Any = cursor.fetchone()
    return tuple(row)


def _draw(run: CourseRun, chosen: Chosen, number: int, *, picks: bool) -> Drawn:
    book = Gradebook(run, chosen, number)
    draw, head = drawing.drawer(run), drawing.header_drawer(run, picks=picks)
    shown = {task.key for task in book.shown}
    lines = book.lines
    rows = [f"<tr>{head(line)}{draw([pair for pair in line.cells if pair[0].key in shown])}</tr>\n" for line in lines]
    offered = [line.offered for line in lines if line.offered]
    # The book goes on to tell how many there are; its lines are drawn.
    del book.lines
    return Drawn(
        book,
        _part("narrow", book=book, states=states(), path=reverse("run_gradebook", args=[run.code])),
        _part("table", columns=drawing.columns(book.shown), rows=mark_safe("".join(rows)), is_long=len(rows) > LONG)
        if rows
        else SafeString(),
        render_to_string("components/_pager.html", {"listing": book}) + _legend(),
        offered,
    )


def _legend() -> SafeString:
    return shared.drawn("learning/study/gradebook/_legend.html", marks=tuple(drawing.legend()))


def _part(name: str, **values: Any) -> SafeString:
    return render_to_string(f"learning/study/gradebook/_{name}.html", values)
