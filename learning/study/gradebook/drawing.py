"""Cells of the gradebook as they are drawn. A page has hundreds, so they are put together without templates."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from common import languages
from common.numbers import written
from common.templatetags.ov import shy
from learning.courses.models import CourseRun
from learning.study.gradebook.cells import Cell, Kind, State, Task
from learning.study.gradebook.notifications import grade_words
from learning.study.gradebook.rows import Line
from learning.study.gradebook.words import WORDS

NOWHERE = "00000000-0000-0000-0000-000000000000"


# What stands in a narrow cell; the legend tells what it means, and the cell says it in full to who hears it.
SHORT: Mapping[State, str | Promise] = {
    State.NONE: "–",
    State.STARTED: pgettext_lazy("task in the gradebook, short", "begun"),
    State.WAITING: pgettext_lazy("task in the gradebook, short", "waits"),
    State.AGAIN: pgettext_lazy("task in the gradebook, short", "again"),
    State.ACCEPTED: pgettext_lazy("task in the gradebook, short", "acc."),
    State.FAILED: pgettext_lazy("task in the gradebook, short", "no"),
    State.REJECTED: pgettext_lazy("task in the gradebook, short", "rej."),
    State.LATE: pgettext_lazy("task in the gradebook, short", "missing"),
}


def told(cell: Cell) -> str:
    """The state in words, with the grade or the points and whether it came late."""
    words = [str(WORDS[cell.state])]
    if cell.grade is not None:
        words.append(_("grade %(grade)d") % {"grade": cell.grade})
    if cell.points is not None and cell.possible is not None:
        words.append(f"{written(cell.points)}/{cell.possible}")
    if cell.is_late and cell.state is not State.LATE:
        words.append(_("came late"))
    return ", ".join(words)


def columns(tasks: Sequence[Task]) -> list[tuple[SafeString, bool]]:
    """The heading of each task's column, and whether the task is required."""
    kinds = {Kind.QUIZ: escape(_("quiz")), Kind.REVIEWS: escape(_("peer reviews"))}
    shown = languages.current()
    made = []
    for task in tasks:
        language = "" if task.language == shown else f' lang="{escape(task.language)}"'
        kind = f"<small>{kinds[task.kind]}</small>" if task.kind in kinds else ""
        title = f'<span class="gradebook__task"{language}>{shy(task.title, task.language)}</span>'
        made.append((mark_safe(title + kind), task.is_required))  # shy() escapes
    return made


def drawer(run: CourseRun) -> Callable[[Sequence[tuple[Task, Cell]]], SafeString]:
    """Draws the cells of one learner; what is alike is put together once for the whole page."""
    before, _nowhere, after = _way_to_marking(run).partition(NOWHERE)
    # By what is told: a cell, and what stands before and after the address in one that leads to a work.
    known: dict[Any, tuple[str, str, str]] = {}

    def draw(cells: Sequence[tuple[Task, Cell]]) -> SafeString:
        parts = []
        for _task, cell in cells:
            told = cell[:5]
            if told not in known:
                known[told] = _around(cell)
            whole, opening, closing = known[told]
            parts.append(f"{opening}{before}{cell.submission}{after}{closing}" if cell.submission and before else whole)
        return mark_safe("".join(parts))  # every word in it is escaped in _inner

    return draw


def _around(cell: Cell) -> tuple[str, str, str]:
    opening, inner = f'<td class="g-{cell.state}">', _inner(cell)
    return f"{opening}{inner}</td>", f'{opening}<a href="', f'">{inner}</a></td>'


def header_drawer(run: CourseRun, *, picks: bool) -> Callable[[Line], SafeString]:
    """Draws the beginning of a row: the name with the box that chooses it, what is done, the final grade."""
    way = reverse("run_results", args=[run.code, NOWHERE])
    institutions: dict[str, str] = {"": ""}

    def draw(line: Line) -> SafeString:
        name, institution = escape(line.learner.name), line.institution
        if institution not in institutions:
            institutions[institution] = f"<small>{shy(institution)}</small>"
        box = ""
        if picks and line.offered:
            choose = escape(_("Choose %(name)s") % {"name": line.learner.name})
            box = (
                f'<label class="gradebook__pick"><input type="checkbox" name="chosen" value="{escape(line.offered)}">'
                f'<span class="hidden">{choose}</span></label>'
            )
        address = way.replace(NOWHERE, str(line.learner.public_id))
        return mark_safe(  # names and words are escaped above
            f'<th scope="row" class="gradebook__name"><div class="gradebook__who">{box}<span><a href="{address}">{name}'
            f"</a>{institutions[institution]}</span></div></th>"
            f'<td class="n">{line.done}/{line.required}</td><td>{_final(line)}</td>'
        )

    return draw


def _final(line: Line) -> str:
    """The final grade, or what is proposed; escaped."""
    if line.final is not None:
        words = grade_words(line.final.grade, is_passed=line.final.is_passed)
        told = escape(_("done elsewhere"))
        elsewhere = f" <small>{told}</small>" if line.final.is_imported else ""
        return f"<b>{escape(words)}</b>{elsewhere}"
    if line.offered:
        words = grade_words(line.proposal.grade, is_passed=True)
        proposal = escape(_("proposal"))
        return f"<small>{proposal}</small> {escape(words)}"
    return "–"


def _inner(cell: Cell) -> str:
    mark, word = _mark(cell), escape(_("late"))
    late = f"<small>{word}</small>" if cell.is_late and cell.state is not State.LATE else ""
    return f'<span aria-hidden="true">{escape(mark)}{late}</span><span class="hidden">{escape(told(cell))}</span>'


def _mark(cell: Cell) -> str:
    if cell.grade is not None and cell.state is State.ACCEPTED:
        return str(cell.grade)
    if cell.points is not None and cell.possible and cell.state in {State.ACCEPTED, State.FAILED, State.STARTED}:
        points = written(cell.points if cell.points % 1 else Decimal(int(cell.points)))
        return f"{points}/{cell.possible}"
    return str(SHORT[cell.state])


def _way_to_marking(run: CourseRun) -> str:
    """The address of the page where a submission is marked, with a place for its id; "" while there is none."""
    try:
        return reverse("run_mark", args=[run.code, NOWHERE])
    except NoReverseMatch:
        return ""


def legend() -> list[tuple[str, str, str]]:
    """(class, mark, words) of every state."""
    return [(f"g-{state}", str(SHORT[state]), str(WORDS[state])) for state in State]
