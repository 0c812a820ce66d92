"""The parts of the dashboard that all teachers of a run see alike: kept when drawn, of large runs drawn ahead."""

from collections.abc import Callable
from typing import Any

from django.urls import reverse

from learning.courses.models import CourseRun
from learning.study.overview.charts import charts_of
from learning.study.overview.glance import Glance
from learning.study.overview.groups import STALLED, Group, label_of
from learning.study.overview.standings import Learner
from learning.study.overview.table import Table

# How many of those who have stalled the box beside the table names.
NAMED = 5
# The templates of the parts.
TABLE, REST, CHARTS = "_learners.html", "_rest.html", "_charts.html"


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
