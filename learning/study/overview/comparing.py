"""The page of comparisons between the runs of a course that the teacher teaches."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from learning.courses.models import CourseRun
from learning.study.desk.frame import desk_page
from learning.study.desk.opening import of_own_run
from learning.study.overview.compared import FEWEST, runs_compared


@require_safe
@of_own_run
def comparisons(request: HttpRequest, run: CourseRun) -> HttpResponse:
    """The runs side by side; the run of the address is marked."""
    context = {"rows": runs_compared(request.user, run), "fewest": FEWEST}
    template, title = "learning/study/overview/comparisons.html", _("Runs compared")
    steps = [(run.code, reverse("run_dashboard", args=[run.code]))]
    return desk_page(request, template, run, "run_statistics", title, context, steps=steps)
