"""Who has stalled: the one rule, with the reason in words.

A learner has stalled who still studies, has done nothing on the run for `QUIET` days, and has something to do: what is
late already, or what falls due within `AHEAD` days.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from common import dates
from learning.study.overview.asked import Asked, Task
from learning.study.overview.standings import Learner, bits_of

QUIET = 10
AHEAD = 14


@dataclass(frozen=True)
class Stall:
    """How long nothing has happened, and the thing that is waited for first."""

    days: int
    task: Task
    due: datetime.datetime | None
    is_late: bool

    @property
    def why(self) -> str:
        quiet = ngettext("Nothing for %(days)d day", "Nothing for %(days)d days", self.days) % {"days": self.days}
        if self.is_late:
            return _("%(quiet)s; late: %(title)s") % {"quiet": quiet, "title": self.task.title}
        day = dates.near_day(self.due) if self.due else ""
        return _("%(quiet)s; due %(day)s: %(title)s") % {"quiet": quiet, "day": day, "title": self.task.title}


def stalls_of(learners: Iterable[Learner], asked: Asked, now: datetime.datetime) -> dict[int, Stall]:
    """Those who have stalled, by enrolment, with why."""
    found = ((each.pk, stall_of(each, asked, now)) for each in learners)
    return {pk: stall for pk, stall in found if stall is not None}


def stall_of(learner: Learner, asked: Asked, now: datetime.datetime) -> Stall | None:
    """Why the learner has stalled; None for those who have not."""
    # Nothing was to be done before the run began.
    days = (now - max(learner.last_sign, asked.starts)).days
    if not learner.is_active or days < QUIET:
        return None
    if learner.late:
        return Stall(days, learner.late[0], None, is_late=True)
    coming = now + datetime.timedelta(days=AHEAD)
    for task, bit in bits_of(asked):
        due = task.due_with(learner.extra_days)
        is_open = task.opens is None or task.opens <= now
        if task.is_awaited and is_open and due and due <= coming and not learner.settled[task.kind] & bit:
            return Stall(days, task, due, is_late=False)
    return None
