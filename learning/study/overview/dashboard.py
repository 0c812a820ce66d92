"""The dashboard of a run: who is where, who has stalled, what waits for its teachers."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from learning.courses.models import CourseRun
from learning.study.desk.frame import desk_page
from learning.study.desk.opening import of_own_run
from learning.study.overview.asked import asked_of
from learning.study.overview.charts import charts_of
from learning.study.overview.groups import groups_of
from learning.study.overview.stalling import Stall, stalls_of
from learning.study.overview.standings import Learner, learners_who_study
from learning.study.overview.table import Table
from learning.study.overview.waiting import numbers_of, waits_for
from learning.study.permissions import role_of

# How many of those who have stalled the box beside the table names.
NAMED = 5


@require_safe
@of_own_run
def dashboard(request: HttpRequest, run: CourseRun) -> HttpResponse:
    """Everything that a teacher of the run needs at a glance."""
    now, asked, role = timezone.now(), asked_of(run.pk), role_of(request.user, run)
    learners = learners_who_study(run, now)
    stalls = stalls_of(learners, asked, now)
    groups = groups_of(asked, learners, stalls)
    numbers = numbers_of(run)
    context = {
        "role": role,
        "asked": asked,
        "figures": {
            "learners": len(learners),
            "works": numbers["works"] + numbers["seconds"] + numbers["differing"],
            "late": sum(bool(each.late) for each in learners),
            "stalled": len(stalls),
            "completed": sum(not each.is_active for each in learners),
        },
        "table": Table(request, run, asked, learners, stalls, groups),
        "groups": groups,
        "stalled": [(each, stalls[each.pk]) for each in _longest(learners, stalls)],
        "waits": waits_for(run, role, numbers),
        "charts": charts_of(run.pk),
        "message_url": reverse("run_message", args=[run.code]),
    }
    title = pgettext("desk of a run", "Dashboard")
    return desk_page(request, "learning/study/overview/dashboard.html", run, "run_dashboard", title, context)


def _longest(learners: list[Learner], stalls: dict[int, Stall]) -> list[Learner]:
    """Of those who have stalled, the ones of whom nothing has been heard the longest."""
    quiet = [each for each in learners if each.pk in stalls]
    return sorted(quiet, key=lambda each: -stalls[each.pk].days)[:NAMED]
