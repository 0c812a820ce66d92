"""Groups of learners to whom a letter may be written from the dashboard."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
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
    learners: Sequence[Learner]

    @property
    def number(self) -> int:
        return len(self.learners)


def members_of(asked: Asked, learners: Iterable[Learner], stalls: Mapping[int, Stall]) -> dict[str, list[Learner]]:
    """Who is in each of the groups that have somebody in them, by code."""
    active = [each for each in learners if each.is_active]
    late: defaultdict[str, list[Learner]] = defaultdict(list)
    for each in active:
        for task in each.late:
            late[task.key].append(each)
    groups = {
        STALLED: [each for each in active if each.pk in stalls],
        NOT_BEGUN: [each for each in active if not each.has_begun],
        LATE: [each for each in active if each.late],
        **{f"{LATE}-{task.key}": late[task.key] for task in asked.tasks},
        REVIEWS: [each for each in active if each.missed_reviews],
    }
    return {code: members for code, members in groups.items() if members}


def label_of(asked: Asked, code: str) -> str:
    """What the group is called in the language in use."""
    if code.startswith(f"{LATE}-"):
        task = asked.task(code.removeprefix(f"{LATE}-"))
        return _("Late: %(title)s") % {"title": task.title if task else ""}
    labels = {
        STALLED: _("Stalled"),
        NOT_BEGUN: _("Not begun"),
        LATE: _("Late in something"),
        REVIEWS: _("Peer reviews not written in time"),
    }
    return labels[code]


def group_of(run: CourseRun, code: str) -> Group | None:
    """The group as it is now; None where nobody is in it, or there is none such."""
    now = timezone.now()
    asked, learners = asked_of(run.pk), learners_who_study(run, now)
    members = members_of(asked, learners, stalls_of(learners, asked, now))
    return Group(code, label_of(asked, code), members[code]) if code in members else None
