"""The dashboard of a run: who is where, who has stalled, what waits for its teachers."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from learning.courses.models import CourseRun
from learning.study.desk.frame import large_page
from learning.study.desk.opening import of_own_run_to_read
from learning.study.overview.glance import drawn, glance_at
from learning.study.overview.parts import CHARTS, REST, TABLE, parts_of
from learning.study.overview.table import Table
from learning.study.overview.waiting import numbers_of, waits_for
from learning.study.permissions import role_of


@require_safe
@of_own_run_to_read
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
