"""Small charts as SVG: where each mark stands in the drawing. What is drawn is also told as a table beside it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from learning.study.overview import weekly
from learning.study.overview.asked import Asked, Task
from learning.study.overview.weekly import States, Week

# In the units of the drawing, which on a phone are pixels.
WIDTH, HEIGHT, LEFT, TOP, BOTTOM = 320, 150, 30, 16, 22
ROW, BAR = 40, 16
LONGEST = 44
# Narrower parts of a bar have no room for their number.
ROOM = 18


@dataclass(frozen=True)
class Mark:
    """A rectangle with the words at it. Lengths are written as SVG reads them, whatever the page's language."""

    x: str
    y: str
    width: str
    height: str
    middle: str
    # The line that words in it stand on.
    base: str
    label: str = ""
    text: str = ""
    state: str = ""


def mark(x: float, y: float, width: float, height: float, **more: str) -> Mark:
    lengths = (x, y, width, height, x + width / 2, y + height * 0.75)
    return Mark(*(_length(each) for each in lengths), **more)


def _length(value: float) -> str:
    return f"{round(value, 1):g}"


@dataclass(frozen=True)
class Line:
    """A line across the drawing, at a figure of the scale."""

    y: str
    text: str


@dataclass(frozen=True)
class Columns:
    """A column for each week. `unit` is written after the figures of the scale."""

    code: str
    title: str
    describes: str
    head: str
    marks: list[Mark]
    lines: list[Line]
    rows: list[tuple[Week, str]]
    width: int = WIDTH
    height: int = HEIGHT

    @property
    def floor(self) -> int:
        return self.height - BOTTOM


@dataclass(frozen=True)
class Bar:
    """A task: its title cut to the room above the bar, the line that it stands on, and how many are in each state."""

    task: Task
    title: str
    base: str
    marks: list[Mark]
    numbers: States


@dataclass(frozen=True)
class Bars:
    """A bar for each task, of a part for each state."""

    code: str
    title: str
    describes: str
    bars: list[Bar]
    height: int
    width: int = WIDTH


@dataclass(frozen=True)
class Charts:
    columns: list[Columns]
    states: Bars | None
    names: list[tuple[str, str]]


def charts_of(asked: Asked, weeks: Sequence[Week], states: Sequence[States]) -> Charts:
    """All charts of a run; `states` of its tasks in their order, none where nobody studies."""
    columns = []
    if weeks:
        columns.append(_progress(weeks))
    if any(week.works for week in weeks):
        columns.append(_works(weeks))
    return Charts(columns, _states(asked, states) if states else None, list(_names().items()))


def _names() -> dict[str, str]:
    return {
        weekly.ACCEPTED: pgettext("state of a task", "Accepted"),
        weekly.WAITING: pgettext("state of a task", "Waits for marking"),
        weekly.BEGUN: pgettext("state of a task", "Under way"),
        weekly.REJECTED: pgettext("state of a task", "Rejected"),
        weekly.NOTHING: pgettext("state of a task", "Not begun"),
    }


def _progress(weeks: Sequence[Week]) -> Columns:
    values = [week.percent for week in weeks]
    describes = _("By the end of the last week %(percent)d per cent of all that the run asks was done.")
    return Columns(
        code="progress",
        title=_("Progress week by week"),
        describes=describes % {"percent": values[-1]},
        head=_("Done of everything"),
        marks=_columns(weeks, values, 100),
        lines=_lines(100, (50, 100), " %"),
        rows=[(week, f"{week.percent} %") for week in weeks],
    )


def _works(weeks: Sequence[Week]) -> Columns:
    values = [week.works for week in weeks]
    top, most = _top(max(values)), max(weeks, key=lambda week: week.works)
    describes = ngettext(
        "Most works came in week %(week)d: %(number)d.", "Most works came in week %(week)d: %(number)d.", most.works
    )
    return Columns(
        code="works",
        title=_("Works handed in week by week"),
        describes=describes % {"week": most.number, "number": most.works},
        head=_("Works handed in"),
        marks=_columns(weeks, values, top),
        lines=_lines(top, (top // 2, top) if top % 2 == 0 else (top,), ""),
        rows=[(week, str(week.works)) for week in weeks],
    )


def _top(most: int) -> int:
    """The end of a scale that has room for the greatest: 1, 2, 4, 6, 10, 20, 40, 60, 100 …"""
    unit = 1
    while unit * 10 < most:
        unit *= 10
    return next(unit * step for step in (1, 2, 4, 6, 10) if unit * step >= most)


def _columns(weeks: Sequence[Week], values: Sequence[int], top: int) -> list[Mark]:
    room, deep = WIDTH - LEFT, HEIGHT - TOP - BOTTOM
    each = min(room / len(weeks), 40)
    # So many labels fit side by side.
    every = -(-len(weeks) // max(1, int(room // 26))) if each < 26 else 1
    marks = []
    for at, (week, value) in enumerate(zip(weeks, values, strict=True)):
        tall = deep * value / top
        label = str(week.number) if at % every == 0 else ""
        marks.append(mark(LEFT + each * (at + 0.1), HEIGHT - BOTTOM - tall, each * 0.8, tall, label=label))
    return marks


def _lines(top: int, at: Sequence[int], unit: str) -> list[Line]:
    deep = HEIGHT - TOP - BOTTOM
    return [Line(_length(HEIGHT - BOTTOM - deep * value / top), f"{value}{unit}") for value in at]


def _states(asked: Asked, rows: Sequence[States]) -> Bars:
    bars = []
    for at, (task, numbers) in enumerate(zip(asked.tasks, rows, strict=True)):
        y = at * ROW
        bars.append(Bar(task, _cut(task.title), _length(y + 14), _parts(numbers, y + 20), numbers))
    describes = ngettext(
        "In what states %(number)d task is among the learners.",
        "In what states %(number)d tasks are among the learners.",
        len(rows),
    )
    return Bars("states", _("States of the tasks"), describes % {"number": len(rows)}, bars, len(rows) * ROW + 2)


def _parts(numbers: States, y: float) -> list[Mark]:
    whole, x, marks = sum(numbers.values()), 1.0, []
    for state, number in numbers.items():
        if number:
            wide = (WIDTH - 2) * number / whole
            marks.append(mark(x, y, wide, BAR, text=str(number) if wide >= ROOM else "", state=state))
            x += wide
    return marks


def _cut(title: str) -> str:
    return title if len(title) <= LONGEST else title[: LONGEST - 1].rstrip() + "…"


def difficulty_marks(rows: Sequence[tuple[str, int | None]]) -> list[Mark]:
    """A column for each question: the share of the points that was got. Where nothing is told there is a gap."""
    room, deep = WIDTH - LEFT, HEIGHT - TOP - BOTTOM
    each = min(room / max(1, len(rows)), 40)
    return [
        mark(LEFT + each * (at + 0.1), HEIGHT - BOTTOM - tall, each * 0.8, tall, label=str(at + 1))
        for at, (_code, percent) in enumerate(rows)
        for tall in [deep * (percent or 0) / 100]
    ]
