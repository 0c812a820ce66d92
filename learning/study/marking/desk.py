"""The queue of works, words that are used again, and two works with passages alike."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from common.errors import Refused
from learning.courses.models import CourseRun
from learning.study.desk.frame import desk_page
from learning.study.desk.opening import of_own_run
from learning.study.marking import commenting, names
from learning.study.marking.alike import dismiss, pair_of
from learning.study.marking.forms import ReusableForm
from learning.study.marking.queue import Queue
from learning.study.marking.services import claimed_by_another
from learning.study.marking.work import work
from learning.study.models import Likeness, ReusableComment
from learning.study.permissions import role_of


def desk_urls() -> list[Any]:
    here = "toteutukset/<slug:code>/arviointi/"
    return [
        path(here, queue, name="run_marking"),
        path(f"{here}valmiit/", reusable, name="run_reusable"),
        path(f"{here}valmiit/<int:pk>/", reusable_one, name="run_reusable_one"),
        path(f"{here}<uuid:public_id>/", work, name="run_mark"),
        path(f"{here}<uuid:public_id>/yhtalaisyys/<int:pk>/", likeness, name="run_likeness"),
    ]


@require_http_methods(["GET", "HEAD"])
@of_own_run
def queue(request: HttpRequest, run: CourseRun) -> HttpResponseBase:
    """The works that wait, the oldest first, or those that the filters choose."""
    found = Queue(request, run, role_of(request.user, run))
    listing = found.listing
    listing.filtered = found.rows
    rows = [_row(request, submission) for submission in listing.page]
    context = {"queue": found, "listing": listing, "rows": rows, "states": listing.links["tila"]}
    return desk_page(request, "learning/study/marking/queue.html", run, "run_marking", _("Marking"), context)


def _row(request: HttpRequest, submission: Any) -> dict[str, Any]:
    viewer: Any = request.user
    is_claimed = claimed_by_another(submission, viewer)
    return {
        "work": submission,
        "name": names.name_for(viewer, submission),
        "is_hidden": names.is_hidden(submission),
        "is_claimed": is_claimed,
    }


@require_http_methods(["GET", "HEAD", "POST"])
@of_own_run
def reusable(request: HttpRequest, run: CourseRun) -> HttpResponseBase:
    """One's own words for the course and those that are shared, and new ones."""
    return _reusable(request, run, None)


@require_http_methods(["GET", "HEAD", "POST"])
@of_own_run
def reusable_one(request: HttpRequest, run: CourseRun, pk: int) -> HttpResponseBase:
    """Change one's own words, or throw them away."""
    owned = ReusableComment.objects.filter(course=run.course, owner_id=request.user.pk)
    row = get_object_or_404(owned, pk=pk)
    if request.method == "POST" and "forget" in request.POST:
        person: Any = request.user
        commenting.forget_reusable(row=row, by=person)
        messages.success(request, _("The comment is thrown away."))
        return redirect("run_reusable", run.code)
    return _reusable(request, run, row)


def _reusable(request: HttpRequest, run: CourseRun, row: ReusableComment | None) -> HttpResponseBase:
    person: Any = request.user
    form = ReusableForm(request.POST if request.method == "POST" else None, instance=row)
    if form.is_bound and form.is_valid():
        data = form.cleaned_data
        # The form has put what was typed on its row; the service reads it anew.
        kept = ReusableComment.objects.get(pk=row.pk) if row else None
        try:
            commenting.keep_reusable(run=run, by=person, row=kept, **data)
            messages.success(request, _("The comment is kept."))
            return redirect("run_reusable", run.code)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    steps = [(_("Marking"), reverse("run_marking", args=[run.code]))]
    title = _("Change the comment") if row else _("Ready comments")
    if row:
        steps.append((_("Ready comments"), reverse("run_reusable", args=[run.code])))
    rows = [] if row else commenting.reusable_for(person, run.course)
    context = {"form": form, "row": row, "rows": rows}
    template, status = "learning/study/marking/reusable.html", 422 if form.is_bound else 200
    return desk_page(request, template, run, "run_marking", title, context, steps=steps, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@of_own_run
def likeness(request: HttpRequest, run: CourseRun, public_id: uuid.UUID, pk: int) -> HttpResponseBase:
    """Two works with the passages that they have alike, side by side; POST dismisses the hint."""
    related = "submission__enrolment__learner"
    rows = Likeness.objects.select_related(
        f"first__{related}", f"second__{related}", "first__submission__run_assignment__assignment", "dismissed_by"
    )
    row = get_object_or_404(rows, pk=pk, first__submission__run_assignment__run=run)
    here = next((each for each in (row.first, row.second) if each.submission.public_id == public_id), None)
    if here is None or request.user.pk in {v.submission.enrolment.learner_id for v in (row.first, row.second)}:
        raise Http404
    person: Any = request.user
    if request.method == "POST":
        dismiss(row=row, by=person)
        messages.success(request, _("The hint is dismissed. It is no longer shown with the works."))
        return redirect("run_mark", run.code, public_id)
    row.second.submission.run_assignment = row.first.submission.run_assignment
    pair = pair_of(row, here, person)
    steps = [
        (_("Marking"), reverse("run_marking", args=[run.code])),
        (pair.sides[0].name, reverse("run_mark", args=[run.code, public_id])),
    ]
    context = {"pair": pair, "row": row, "here": here}
    template, title = "learning/study/marking/likeness.html", _("Passages alike")
    return desk_page(request, template, run, "run_marking", title, context, steps=steps)
