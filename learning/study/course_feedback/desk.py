"""The teachers' page: what learners thought of the course, and what it changes."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from common.errors import Refused
from common.listing import Pages
from common.spreadsheets import CSV, csv_lines
from learning.courses.models import CourseRun
from learning.study.course_feedback import errors, services, tables
from learning.study.course_feedback.forms import ChangeForm
from learning.study.course_feedback.questions import TEXTS
from learning.study.course_feedback.results import Results, results_of
from learning.study.course_feedback.times import closes_on, is_closed, opens_on
from learning.study.desk.frame import desk_page
from learning.study.desk.opening import of_own_run, of_run_to_mark
from learning.study.models import FeedbackChange, FeedbackRelease
from learning.study.permissions import may_mark, runs_taught_by
from learning.study.views.opening import private

TEXTS_ON_PAGE = 25
# Columns of the comparison: more do not fit, and older runs had another course.
RUNS_COMPARED = 4


@require_http_methods(["GET", "HEAD", "POST"])
@of_own_run
def run_feedback(request: HttpRequest, run: CourseRun) -> HttpResponseBase:
    """The results; POST tells what changes because of them."""
    form = ChangeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            services.tell_change(run=run, by=_person(request), text=form.cleaned_data["text"].strip())
            messages.success(request, _("Kept. The learners of the next runs are told."))
        except errors.TooManyChanges as refusal:
            # What was written stays in the form until there is room.
            form.add_error("text", refusal.message)
            return _page(request, run, form)
        except Refused as refusal:
            messages.error(request, str(refusal))
        return redirect("run_feedback", run.code)
    return _page(request, run, form)


def _page(request: HttpRequest, run: CourseRun, form: ChangeForm) -> HttpResponse:
    compared = list(_earlier(request, run)[: RUNS_COMPARED - 1])
    results = results_of([run, *compared])
    own = results[run.pk]
    context = {
        "results": own,
        "texts": {code: _pages_of_texts(request, code, own) for code in TEXTS},
        "releases": FeedbackRelease.objects.filter(run=run).only("at", "answers"),
        "group_table": tables.of_groups(own),
        "run_table": tables.of_runs([(each, results[each.pk]) for each in [*reversed(compared), run]]),
        "opens": opens_on(run),
        "closes": closes_on(run),
        "is_closed": is_closed(run),
        "changes": FeedbackChange.objects.filter(run=run).select_related("by"),
        "form": form,
        "may_tell": may_mark(request.user, run),
    }
    status = 422 if form.is_bound else 200
    title = _("Feedback on the course")
    return desk_page(
        request, "learning/study/course_feedback/desk.html", run, "run_feedback", title, context, status=status
    )


def _earlier(request: HttpRequest, run: CourseRun) -> "QuerySet[CourseRun]":
    """Earlier runs of the course whose feedback the person sees anyway."""
    earlier = runs_taught_by(request.user).filter(course=run.course_id, starts__lt=run.starts)
    return earlier.filter(feedback_releases__isnull=False).distinct().order_by("-starts")


def _pages_of_texts(request: HttpRequest, code: str, results: Results) -> Pages:
    texts, parameter, label = results.texts.get(code, ()), f"page-{code}", str(TEXTS[code])
    return Pages(request, texts, TEXTS_ON_PAGE, place=code, parameter=parameter, label=label)


def _person(request: HttpRequest) -> Any:
    return request.user


@require_POST
@of_run_to_mark
def remove_change(request: HttpRequest, run: CourseRun, pk: int) -> HttpResponseBase:
    change = get_object_or_404(FeedbackChange, pk=pk, run=run)
    services.take_change_away(change=change, by=_person(request))
    messages.success(request, _("The change is no longer told."))
    return redirect("run_feedback", run.code)


@require_safe
@of_own_run
def run_feedback_csv(request: HttpRequest, run: CourseRun) -> HttpResponse:
    """The numbers of the page as a file: the same, and no more."""
    lines = csv_lines(tables.as_rows(results_of([run])[run.pk]))
    response = HttpResponse(b"".join(lines), content_type=CSV)
    response["Content-Disposition"] = f'attachment; filename="kurssipalaute-{run.code}.csv"'
    return private(response)


def desk_urls() -> list[Any]:
    run = "toteutukset/<slug:code>/kurssipalaute/"
    return [
        path(run, run_feedback, name="run_feedback"),
        path(f"{run}luvut.csv", run_feedback_csv, name="run_feedback_csv"),
        path(f"{run}muutos/<int:pk>/poista/", remove_change, name="run_feedback_change_remove"),
    ]
