"""The learner's home of a run."""

import datetime

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_safe

from common import shared
from learning.courses.models import CourseRun
from learning.study.due import run_ends
from learning.study.gradebook.grades import final_of
from learning.study.models import Enrolment
from learning.study.models.enrolments import Status
from learning.study.querysets import certificate_of, standing_of
from learning.study.views.opening import Opened, open_run, private


@require_safe
def home(request: HttpRequest, code: str) -> HttpResponseBase:
    """What the run holds, what has been done of it, what is due and what is still required."""
    opened = open_run(request, code)
    if not isinstance(opened, Opened):
        return opened
    run, enrolment = opened.run, opened.enrolment
    context = {
        "run": run,
        "enrolment": enrolment,
        "is_preview": opened.is_preview,
        "standing": standing_of(run, enrolment),
        "certificate": certificate_of(enrolment),
        "final": final_of(enrolment),
        "ended": _ended(run, enrolment),
    }
    frame = {"run": run, "contents": opened.contents}
    html = shared.of_parts(request, "learning/study/run_frame.html", frame, "learning/study/run.html", context)
    return private(HttpResponse(html))


def _ended(run: CourseRun, enrolment: Enrolment | None) -> datetime.datetime | None:
    """When the run ended for who is still on it; None while it goes on for them."""
    if enrolment is None or enrolment.status != Status.ACTIVE:
        return None
    ends = run_ends(run, enrolment)
    return ends if ends is not None and ends < timezone.now() else None


@require_safe
def start(request: HttpRequest) -> HttpResponseBase:
    """/opinnot/ by itself: everybody's studies are on their own page."""
    return redirect("home:mine")
