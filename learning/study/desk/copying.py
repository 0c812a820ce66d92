"""A copy of a run with new dates."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from learning.courses.models import CourseRun
from learning.study.desk.forms import CopyForm
from learning.study.desk.opening import crumbs, of_arranged_run
from learning.study.services.copying import copy_run as make_copy


@require_http_methods(["GET", "HEAD", "POST"])
@of_arranged_run
def copy_run(request: HttpRequest, run: CourseRun) -> HttpResponseBase:
    """Ask for the code and the first day of the copy; POST makes it and opens it."""
    form = CopyForm(request.POST if request.method == "POST" else None, run=run)
    if request.method == "POST" and form.is_valid():
        teacher: Any = request.user
        copy = make_copy(run=run, by=teacher, **form.cleaned_data)
        messages.success(request, _("The copy is made. Check its dates before people enrol."))
        return redirect("wagtailsnippets_courses_courserun:edit", copy.pk)
    context = {
        "breadcrumbs_items": [*crumbs(run)[:-1], {"label": _("Copy with new dates"), "url": ""}],
        "header_title": _("Copy with new dates"),
        "header_icon": "copy",
        "run": run,
        "form": form,
    }
    return render(request, "learning/study/desk/copy_run.html", context, status=422 if form.errors else 200)
