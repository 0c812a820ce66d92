"""The worker's part in the dashboards of large runs: each minute it makes them ahead, in every language."""

import datetime

from django.db.models import Count, Q
from django.http import QueryDict
from django.utils import timezone, translation

from common import languages
from learning.courses.models import CourseRun
from learning.study.models.enrolments import STUDYING
from learning.study.overview import ahead
from learning.study.overview.asked import asked_of
from learning.study.overview.figures import figures_of, in_order
from learning.study.overview.glance import Glance, draw_part
from learning.study.overview.parts import parts_of
from learning.study.overview.standings import learners_who_study
from learning.study.overview.table import Table

# For fewer learners than this the page looks for itself quickly enough.
LARGE = 100
# So long after its end a run is still looked at.
AFTERWARDS = datetime.timedelta(days=60)


def make_ahead() -> bool:
    """Make the dashboards of all large runs under way; returns False, for there is nothing more to do at once."""
    today = timezone.localdate()
    studying = Count("enrolments", filter=Q(enrolments__status__in=STUDYING))
    others = []
    for run in CourseRun.objects.annotate(learners=studying).select_related("course"):
        is_under_way = run.starts <= today and (run.ends is None or today <= run.ends + AFTERWARDS)
        if run.learners >= LARGE and is_under_way:
            _make(run)
        else:
            others.append(run.pk)
    # Also where it was large a minute ago: a cache in files erases nothing by itself when its time is over.
    ahead.forget(others)
    return False


def _make(run: CourseRun) -> None:
    now = timezone.now()
    learners = learners_who_study(run, now)
    figures = figures_of(run, learners, now)
    for code in languages.codes():
        with translation.override(code):
            by_name = sorted(range(len(learners)), key=lambda place: learners[place].sort_name)
            figures_here = in_order(figures, by_name)
            glance = Glance(asked_of(run.pk), figures_here)
            parts = parts_of(run, glance, Table(run, glance, QueryDict()))
            ahead.put(
                run.pk, figures_here, {template: draw_part(template, values()) for template, values in parts.items()}
            )
