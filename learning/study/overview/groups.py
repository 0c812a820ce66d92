"""Groups of learners to whom a letter may be written from the dashboard."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from learning.courses.models import CourseRun
from learning.study.overview.asked import Asked, asked_of
from learning.study.overview.stalling import Stall, stalls_of
from learning.study.overview.standings import Learner, learners_who_study

STALLED, LATE, NOT_BEGUN, REVIEWS = "pysahtyneet", "myohassa", "aloittamatta", "vertaisarviot"


@dataclass(frozen=True)
class Group:
    """Who is in it now; `code` is its name in addresses (with a task: late in that task)."""

    code: str
    label: str
    learners: list[Learner]

    @property
    def number(self) -> int:
        return len(self.learners)


def groups_of(asked: Asked, learners: Iterable[Learner], stalls: Mapping[int, Stall]) -> list[Group]:
    """The groups that have somebody in them."""
    active = [each for each in learners if each.is_active]
    late: defaultdict[str, list[Learner]] = defaultdict(list)
    for each in active:
        for task in each.late:
            late[task.key].append(each)
    groups = [
        Group(STALLED, _("Stalled"), [each for each in active if each.pk in stalls]),
        Group(NOT_BEGUN, _("Not begun"), [each for each in active if not each.has_begun]),
        Group(LATE, _("Late in something"), [each for each in active if each.late]),
        *(
            Group(f"{LATE}-{task.key}", _("Late: %(title)s") % {"title": task.title}, late[task.key])
            for task in asked.tasks
        ),
        Group(REVIEWS, _("Peer reviews not written in time"), [each for each in active if each.missed_reviews]),
    ]
    return [group for group in groups if group.learners]


def group_of(run: CourseRun, code: str) -> Group | None:
    """The group as it is now; None where nobody is in it, or there is none such."""
    now = timezone.now()
    asked, learners = asked_of(run.pk), learners_who_study(run, now)
    groups = groups_of(asked, learners, stalls_of(learners, asked, now))
    return next((group for group in groups if group.code == code), None)
