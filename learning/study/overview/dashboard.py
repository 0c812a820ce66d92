"""The dashboard of a run: who is where, who has stalled, what waits for its teachers."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from learning.courses.models import CourseRun
from learning.study.desk.frame import desk_page
from learning.study.desk.opening import of_own_run
from learning.study.overview.charts import charts_of
from learning.study.overview.glance import Glance, drawn, glance_at
from learning.study.overview.standings import Learner
from learning.study.overview.table import Table
from learning.study.overview.waiting import numbers_of, waits_for
from learning.study.permissions import role_of

# How many of those who have stalled the box beside the table names.
NAMED = 5


@require_safe
@of_own_run
def dashboard(request: HttpRequest, run: CourseRun) -> HttpResponse:
    """Everything that a teacher of the run needs at a glance."""
    glance, role = glance_at(run), role_of(request.user, run)
    numbers = numbers_of(run, glance.asked, request.user, role)
    message_url = reverse("run_message", args=[run.code])
    table = Table(request, run, glance)
    shown = {"run": run, "asked": glance.asked, "table": table, "message_url": message_url}
    context = {
        "role": role,
        "figures": {
            "learners": len(glance.learners),
            "works": numbers["unmarked"],
            "late": glance.late,
            "stalled": len(glance.stalls),
            "completed": glance.completed,
        },
        "table": drawn(run, "_learners.html", table.key, lambda: shown) if glance.learners else "",
        "rest": drawn(run, "_rest.html", "", lambda: _rest(run, glance, message_url)),
        "waits": waits_for(run, role, numbers),
        "charts": drawn(run, "_charts.html", "", lambda: {"charts": charts_of(run.pk)}),
    }
    title = pgettext("desk of a run", "Dashboard")
    return desk_page(request, "learning/study/overview/dashboard.html", run, "run_dashboard", title, context)


def _rest(run: CourseRun, glance: Glance, message_url: str) -> dict[str, Any]:
    stalled = [(each, glance.stalls[each.pk]) for each in _longest(glance)]
    return {"run": run, "glance": glance, "stalled": stalled, "message_url": message_url}


def _longest(glance: Glance) -> list[Learner]:
    """Of those who have stalled, the ones of whom nothing has been heard the longest."""
    quiet = [each for each in glance.learners if each.pk in glance.stalls]
    return sorted(quiet, key=lambda each: -glance.stalls[each.pk].days)[:NAMED]
