"""The learners of a run as the dashboard shows them, kept for a minute."""

import sys
from collections.abc import Callable, Hashable, Sequence
from functools import cached_property
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString

from common import languages
from common.kept import kept, remembered
from learning.courses.models import CourseRun
from learning.study.models import Enrolment
from learning.study.overview import ahead
from learning.study.overview.asked import Asked, asked_of
from learning.study.overview.figures import PK, Figures, Learners, look
from learning.study.overview.groups import LATE
from learning.study.overview.stalling import Stall

# What a learner weighs in memory, about.
_LEARNER = 800


class Glance:
    """Everybody who studies on the run, by name, and what is told of them."""

    def __init__(self, asked: Asked, figures: Figures) -> None:
        self.asked, self.figures = asked, figures
        self.learners = Learners(figures, asked, range(len(figures.rows)))
        # Learners in other orders than that of their names, as they come to be asked for: their places.
        self.orders: dict[Hashable, Sequence[int]] = {}

    @cached_property
    def groups(self) -> dict[str, Learners]:
        """Who is in each of the groups that have somebody in them."""
        return {code: self.learners.at(places) for code, places in self.figures.groups.items()}

    @cached_property
    def stalls(self) -> dict[int, Stall]:
        """Why the learner of the enrolment has stalled."""
        tasks, rows = self.asked.tasks, self.figures.rows
        return {
            rows[place][PK]: Stall(days, tasks[task], due, is_late)
            for place, (days, task, due, is_late) in self.figures.stalls.items()
        }

    @cached_property
    def institutions(self) -> dict[int, str]:
        """What the institutions of the learners are called."""
        return _names(self.figures.institutions)

    @property
    def late(self) -> int:
        return len(self.groups.get(LATE, ()))

    @property
    def completed(self) -> int:
        return self.figures.completed


def glance_at(run: CourseRun) -> Glance:
    """The same for all who look within a minute: adding up hundreds of learners costs much more than the page.

    What learners do does not end what is kept. Letters ask anew whom they go to, and what waits is counted each time.
    """
    return remembered(("glance", run.pk, languages.current()), lambda: _look(run), _size)


def _look(run: CourseRun) -> Glance:
    asked = asked_of(run.pk)
    return Glance(asked, ahead.ready_figures(run.pk, asked) or look(run, timezone.now()))


def _size(glance: Glance) -> int:
    return _LEARNER * len(glance.learners)


@kept
def _names(keys: frozenset[int]) -> dict[int, str]:
    model: Any = Enrolment._meta.get_field("home_institution").related_model
    return {pk: str(row) for pk, row in model.objects.in_bulk(keys).items()} if keys else {}


def drawn(
    run: CourseRun, glance: Glance, template: str, values: Callable[[], dict[str, Any]], key: Hashable = None
) -> SafeString:
    """A part of the dashboard, drawn for nobody in particular and kept as long as the glance.

    What it shows follows from the glance and the key alone. Without a key it may have been drawn ahead.
    """

    def draw() -> SafeString:
        found = ahead.ready_part(run.pk, made_at, template) if key is None else None
        return found or draw_part(template, values())

    made_at = glance.figures.made_at
    return remembered((template, run.pk, languages.current(), made_at, key), draw, sys.getsizeof)


def draw_part(template: str, values: dict[str, Any]) -> SafeString:
    return render_to_string(f"learning/study/overview/{template}", values)
