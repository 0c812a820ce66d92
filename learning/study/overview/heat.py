"""The heat table: learners by modules, how much of each is done and what is late there."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from common.shared import drawn
from learning.study.models import LessonProgress
from learning.study.overview.asked import Asked
from learning.study.overview.stalling import Stall
from learning.study.overview.standings import Learner, bits_of

CELL = "learning/study/overview/_cell.html"
STEPS = 4


@dataclass(frozen=True)
class Row:
    """A learner with the cells of the row drawn."""

    learner: Learner
    institution: str
    percent: int
    stall: Stall | None
    cells: SafeString


def step_of(done: int, size: int) -> int:
    """Which of the five steps of colour: 0 nothing, 4 everything, between them by thirds."""
    if not done or not size:
        return 0
    return STEPS if done >= size else 1 + min(2, done * 3 // size)


def cells_of(asked: Asked, learners: Sequence[Learner]) -> dict[int, SafeString]:
    """The cells of each learner's row; one query for all of them. Equal cells are drawn once."""
    read = _lessons_read(asked, learners)
    return {learner.pk: format_html_join("", "{}", _cells(asked, learner, read)) for learner in learners}


def _lessons_read(asked: Asked, learners: Sequence[Learner]) -> Counter[tuple[int, int]]:
    """How many lessons are done, by learner and number of the part."""
    part_of = {lesson: part.number for part in asked.parts for lesson in part.lessons}
    rows = LessonProgress.objects.filter(enrolment__in=[each.pk for each in learners], done_at__isnull=False)
    pairs = rows.order_by().values_list("enrolment_id", "lesson_id")
    return Counter((enrolment, part_of[lesson]) for enrolment, lesson in pairs if lesson in part_of)


def _cells(asked: Asked, learner: Learner, read: Counter[tuple[int, int]]) -> list[tuple[SafeString]]:
    done = {task.key for task, bit in bits_of(asked) if learner.done[task.kind] & bit}
    cells = []
    for part in asked.parts:
        number = read[learner.pk, part.number] + sum(task.key in done for task in part.tasks)
        is_late = any(task in learner.late for task in part.tasks)
        step = step_of(number, part.size)
        cells.append((drawn(CELL, done=number, size=part.size, step=step, is_late=is_late),))
    return cells
