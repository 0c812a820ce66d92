"""The learners of a run as the dashboard shows them, kept for a minute."""

import sys
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString

from common import languages
from common.kept import remembered
from learning.courses.models import CourseRun
from learning.study.models import Enrolment
from learning.study.overview.asked import Asked, asked_of
from learning.study.overview.groups import Group, groups_of
from learning.study.overview.stalling import Stall, stalls_of
from learning.study.overview.standings import Learner, learners_who_study

# What a learner weighs in memory, about.
_LEARNER = 1_500


@dataclass(frozen=True)
class Glance:
    """Everybody who studies on the run; `institutions` has the names of theirs."""

    asked: Asked
    learners: list[Learner]
    stalls: dict[int, Stall]
    groups: dict[str, Group]
    institutions: dict[int, str]
    late: int
    completed: int
    # The learners in other orders than that of their names, as they come to be asked for.
    orders: dict[Hashable, list[Learner]] = field(default_factory=dict)


def glance_at(run: CourseRun) -> Glance:
    """The same for all who look within a minute: adding up hundreds of learners costs much more than the page.

    What learners do does not end what is kept. Letters ask anew whom they go to, and what waits is counted each time.
    """
    key = ("glance", run.pk, languages.current())
    return remembered(key, lambda: _look(run), lambda glance: _LEARNER * len(glance.learners))


def _look(run: CourseRun) -> Glance:
    now, asked = timezone.now(), asked_of(run.pk)
    learners = learners_who_study(run, now)
    stalls = stalls_of(learners, asked, now)
    return Glance(
        asked=asked,
        learners=learners,
        stalls=stalls,
        groups={group.code: group for group in groups_of(asked, learners, stalls)},
        institutions=_institutions(learners),
        late=sum(bool(each.late) for each in learners),
        completed=sum(not each.is_active for each in learners),
    )


def _institutions(learners: list[Learner]) -> dict[int, str]:
    found = {each.institution for each in learners if each.institution}
    model: Any = Enrolment._meta.get_field("home_institution").related_model
    return {pk: str(row) for pk, row in model.objects.in_bulk(found).items()} if found else {}


def drawn(run: CourseRun, template: str, key: Hashable, values: Callable[[], dict[str, Any]]) -> SafeString:
    """A part of the dashboard, drawn for nobody in particular and kept as long as the glance.

    What it shows follows from the run and the key alone.
    """

    def draw() -> SafeString:
        return render_to_string(f"learning/study/overview/{template}", values())

    return remembered((template, run.pk, languages.current(), key), draw, sys.getsizeof)
