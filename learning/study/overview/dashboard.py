"""The dashboard of a run: who is where, who has stalled, what waits for its teachers."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from learning.courses.models import CourseRun
from learning.study.desk.frame import large_page
from learning.study.desk.opening import of_own_run
from learning.study.overview.charts import charts_of
from learning.study.overview.glance import Glance, drawn, glance_at
from learning.study.overview.groups import STALLED, Group, label_of
from learning.study.overview.standings import Learner
from learning.study.overview.table import Table
from learning.study.overview.waiting import numbers_of, waits_for
from learning.study.permissions import role_of

# How many of those who have stalled the box beside the table names.
NAMED = 5
# The parts of the page that are kept when they are drawn.
TABLE, REST, CHARTS = "_learners.html", "_rest.html", "_charts.html"


@require_safe
@of_own_run
def dashboard(request: HttpRequest, run: CourseRun) -> HttpResponse:
    """Everything that a teacher of the run needs at a glance."""
    glance, role = glance_at(run), role_of(request.user, run)
    numbers = numbers_of(run, glance.asked, request.user, role)
    table = Table(run, glance, request.GET)
    parts = {
        name: drawn(run, glance, name, values, table.key if name == TABLE else None)
        for name, values in parts_of(run, glance, table).items()
    }
    context = {
        "role": role,
        "figures": {
            "learners": len(glance.learners),
            "works": numbers["unmarked"],
            "late": glance.late,
            "stalled": len(glance.stalls),
            "completed": glance.completed,
        },
        "table": parts.get(TABLE, ""),
        "rest": parts[REST],
        "waits": waits_for(run, role, numbers),
        "charts": parts[CHARTS],
    }
    title = pgettext("desk of a run", "Dashboard")
    return large_page(request, "learning/study/overview/dashboard.html", run, "run_dashboard", title, context)


def parts_of(run: CourseRun, glance: Glance, table: Table) -> dict[str, Callable[[], dict[str, Any]]]:
    """What its teachers see alike: of what each template is drawn. The address decides on the table alone."""
    parts: dict[str, Callable[[], dict[str, Any]]] = {
        REST: lambda: _rest(run, glance),
        CHARTS: lambda: {"charts": charts_of(glance.asked, glance.figures.weeks, glance.figures.states)},
    }
    if glance.learners:
        parts[TABLE] = lambda: {
            "run": run,
            "asked": glance.asked,
            "table": table,
            "message_url": _message_url(run),
        }
    return parts


def _rest(run: CourseRun, glance: Glance) -> dict[str, Any]:
    groups = [Group(code, label_of(glance.asked, code), members) for code, members in glance.groups.items()]
    stalled = [(each, glance.stalls[each.pk]) for each in _longest(glance)]
    return {"run": run, "glance": glance, "groups": groups, "stalled": stalled, "message_url": _message_url(run)}


def _message_url(run: CourseRun) -> str:
    return reverse("run_message", args=[run.code])


def _longest(glance: Glance) -> list[Learner]:
    """Of those who have stalled, the ones of whom nothing has been heard the longest."""
    quiet = sorted(glance.groups.get(STALLED, ()), key=lambda each: -glance.stalls[each.pk].days)
    return quiet[:NAMED]
