"""The heat table: learners by modules, how much of each is done and what is late there.

A page has hundreds of cells, so its rows are put together without templates.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from common import dates
from common.prepared import Prepared
from learning.courses.models import CourseRun
from learning.study.models import LessonProgress
from learning.study.overview.asked import Asked
from learning.study.overview.stalling import Stall
from learning.study.overview.standings import Learner, bits_of

STEPS = 4
NOBODY = "00000000-0000-0000-0000-000000000000"
# Lessons done, by learner and number of the part.
Read = Counter[tuple[int, int]]


def step_of(done: int, size: int) -> int:
    """Which of the five steps of colour: 0 nothing, 4 everything, between them by thirds."""
    if not done or not size:
        return 0
    return STEPS if done >= size else 1 + min(2, done * 3 // size)


def rows_of(
    run: CourseRun,
    asked: Asked,
    learners: Sequence[Learner],
    stalls: Mapping[int, Stall],
    institutions: Mapping[int, str],
) -> SafeString:
    """The rows of the table; one query for all of them."""
    read, cell, whole = _lessons_read(asked, learners), _cell_drawer(), max(1, asked.size)
    way, choose = reverse("run_learner", args=[run.code, NOBODY]), _("Choose %(name)s")
    rows = []
    for each in learners:
        name, address = escape(each.name), way.replace(NOBODY, str(each.public_id))
        box = escape(choose % {"name": each.name})
        cells = "".join(cell(*counted) for counted in _counted(asked, each, read))
        under = _institution(each, institutions) + _state(each, stalls)
        rows.append(
            f'<tr><td class="pick">'
            f'<input type="checkbox" name="chosen" value="{each.public_id}" aria-label="{box}"></td>'
            f'<th scope="row"><a href="{address}">{name}</a>{under}</th>'
            f'<td class="n plain">{100 * each.count // whole} %</td>{cells}'
            f'<td class="n plain">{dates.near_day(each.last_sign) if each.has_begun else "–"}</td></tr>\n'
        )
    return mark_safe("".join(rows))  # names and words are escaped where they come from


def _institution(each: Learner, institutions: Mapping[int, str]) -> str:
    name = institutions.get(each.institution or 0, "")
    return f'<br><span class="muted small">{escape(name)}</span>' if name else ""


def _state(each: Learner, stalls: Mapping[int, Stall]) -> str:
    """What is said of the learner under the name; escaped."""
    if not each.is_active:
        completed = escape(pgettext("learner", "completed"))
        return f'<br><span class="muted small">{completed}</span>'
    if each.pk not in stalls:
        return ""
    stalled, why = escape(pgettext("learner", "Stalled")), escape(stalls[each.pk].why)
    return f'<br><span class="heat__why"><b>{stalled}.</b> {why}</span>'


def _cell_drawer() -> Callable[[int, int, bool], str]:
    word = escape(pgettext("task", "late"))
    late = f'<span class="hidden">, {word}</span>'

    def draw(done: int, size: int, is_late: bool) -> str:
        more = (" late", late) if is_late else ("", "")
        return f'<td class="h{step_of(done, size)}{more[0]}">{done}/{size}{more[1]}</td>'

    return draw


def _lessons_read(asked: Asked, learners: Sequence[Learner]) -> Read:
    part_of = {lesson: part.number for part in asked.parts for lesson in part.lessons}
    pairs = _DONE.of([each.pk for each in learners])
    return Counter((enrolment, part_of[lesson]) for enrolment, lesson in pairs if lesson in part_of)


_DONE = Prepared(
    lambda: LessonProgress.objects.filter(done_at__isnull=False).values_list("enrolment_id", "lesson_id"),
    by="enrolment_id",
)


def _counted(asked: Asked, learner: Learner, read: Read) -> list[tuple[int, int, bool]]:
    """Of each part how much is done, of how much, and whether something of it is late."""
    done = {task.key for task, bit in bits_of(asked) if learner.done[task.kind] & bit}
    late = {task.key for task in learner.late}
    counted = []
    for part in asked.parts:
        keys = {task.key for task in part.tasks}
        counted.append((read[learner.pk, part.number] + len(keys & done), part.size, bool(keys & late)))
    return counted
