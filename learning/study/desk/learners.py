"""The list of a run's learners, one of them, and what is decided about them."""

import uuid
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_http_methods, require_POST

from common.errors import Refused
from common.listing import Filter, Listing
from learning.courses.models import CourseRun
from learning.study.desk.forms import ExtraTimeForm, RefusalForm
from learning.study.desk.frame import desk_page
from learning.study.desk.opening import of_own_run
from learning.study.desk.rows import learners_of
from learning.study.models import Attempt, Enrolment
from learning.study.models.enrolments import Status
from learning.study.models.runs import MARKERS
from learning.study.outline import contents_of
from learning.study.services import teaching
from learning.study.services.seats import free_seats

ON_PAGE = 50
STATE = "tila"


@require_http_methods(["GET", "HEAD", "POST"])
@of_own_run
def learners(request: HttpRequest, run: CourseRun) -> HttpResponseBase:
    """All learners, or those in one state; POST approves the chosen applicants or begins a letter to the chosen."""
    if request.method == "POST":
        return _for_the_chosen(request, run)
    counts = Enrolment.objects.filter(run=run).by_status()
    states = [(str(status), str(status.label), counts[status]) for status in Status if status in counts]
    choices = [(value, label) for value, label, _number in states]
    by_state = Filter(STATE, _("State"), choices, lambda rows, asked: rows.filter(status=asked[0]), several=False)
    listing = Listing(request, learners_of(run), [by_state], ON_PAGE)
    _number_the_waiting(listing.page)
    context = {
        "listing": listing,
        "states": states,
        "state": next(iter(listing.selected.get(STATE, [])), ""),
        "has_applicants": Status.APPLIED in counts,
        "may_decide": MARKERS,
        "total": sum(counts.values()),
        "free": free_seats(run),
        "lessons": len(contents_of(run.course_id).lessons) if run.requires_lessons else 0,
        "quizzes": run.run_quizzes.filter(is_required=True).count(),
    }
    template, title = "learning/study/desk/learners.html", pgettext("desk of a run", "Learners")
    return desk_page(request, template, run, "run_learners", title, context)


def _number_the_waiting(page: Any) -> None:
    """Give each who waits their `place` in the list; one query, and places go on from page to page."""
    waiting = [row for row in page if row.status == Status.WAITING]
    first = waiting[0].place_in_queue() if waiting else None
    for place, row in enumerate(waiting, start=first or 1):
        row.place = place


def _for_the_chosen(request: HttpRequest, run: CourseRun) -> HttpResponseBase:
    chosen = chosen_of(run, request.POST.getlist("chosen"))
    here = redirect("run_learners", run.code)
    if not chosen:
        messages.error(request, _("Choose the learners first."))
        return here
    if request.POST.get("act") != "approve":
        query = urlencode({"chosen": [str(row.public_id) for row in chosen]}, doseq=True)
        return redirect(f"{reverse('run_message', args=[run.code])}?{query}")
    teacher: Any = request.user
    applicants = [row for row in chosen if row.status == Status.APPLIED]
    try:
        with transaction.atomic():
            for row in applicants:
                teaching.approve(enrolment=row, by=teacher)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return here
    number = len(applicants)
    text = ngettext("%(number)d application approved.", "%(number)d applications approved.", number)
    messages.success(request, text % {"number": number})
    return here


def chosen_of(run: CourseRun, ids: list[str]) -> list[Enrolment]:
    """The enrolments of the run with these public ids; anything else is left out."""
    known = []
    for text in ids:
        try:
            known.append(uuid.UUID(text))
        except ValueError:
            continue
    return list(Enrolment.objects.filter(run=run, public_id__in=known).select_related("learner", "run__course"))


@require_http_methods(["GET", "HEAD"])
@of_own_run
def learner(request: HttpRequest, run: CourseRun, public_id: uuid.UUID) -> HttpResponse:
    """One learner: where they stand, every move so far, and what the teacher can do."""
    return _learner_page(request, run, _enrolment(run, public_id))


def _learner_page(
    request: HttpRequest,
    run: CourseRun,
    enrolment: Enrolment,
    extra: forms.Form | None = None,
    refusal: forms.Form | None = None,
) -> HttpResponse:
    times = {"days": enrolment.extra_days, "percent": enrolment.extra_percent}
    context = {
        "enrolment": enrolment,
        "may_decide": MARKERS,
        "is_decided_on": enrolment.status in {Status.APPLIED, Status.REFUSED},
        "place": enrolment.place_in_queue(),
        "events": enrolment.events.select_related("by"),
        "attempts": Attempt.objects.filter(enrolment=enrolment).select_related("run_quiz__quiz").order_by("started_at"),
        "lessons": len(contents_of(run.course_id).lessons),
        "extra_form": extra or ExtraTimeForm(initial=times),
        "refusal_form": refusal or RefusalForm(),
    }
    unsent = (extra and extra.is_bound) or (refusal and refusal.is_bound)
    steps = [(_("Learners"), reverse("run_learners", args=[run.code]))]
    template, title, status = "learning/study/desk/learner.html", str(enrolment.learner), 422 if unsent else 200
    return desk_page(request, template, run, "run_learners", title, context, steps=steps, status=status)


def _enrolment(run: CourseRun, public_id: uuid.UUID) -> Enrolment:
    enrolment = get_object_or_404(learners_of(run), public_id=public_id)
    enrolment.run = run
    return enrolment


@require_POST
@of_own_run
def approve(request: HttpRequest, run: CourseRun, public_id: uuid.UUID) -> HttpResponseBase:
    teacher: Any = request.user
    enrolment = _enrolment(run, public_id)
    return _acted(request, enrolment, lambda: teaching.approve(enrolment=enrolment, by=teacher), _("Approved."))


@require_POST
@of_own_run
def refuse(request: HttpRequest, run: CourseRun, public_id: uuid.UUID) -> HttpResponseBase:
    form, done = RefusalForm(request.POST), _("Not approved. The reason is told to the applicant.")
    return _by_form(request, _enrolment(run, public_id), "refusal", form, teaching.refuse, done)


@require_POST
@of_own_run
def extend(request: HttpRequest, run: CourseRun, public_id: uuid.UUID) -> HttpResponseBase:
    form, done = ExtraTimeForm(request.POST), _("The extra time is saved.")
    return _by_form(request, _enrolment(run, public_id), "extra", form, teaching.extend, done)


def _by_form(
    request: HttpRequest, enrolment: Enrolment, name: str, form: forms.Form, service: Callable[..., Any], done: str
) -> HttpResponseBase:
    """Do with the enrolment what the form says; a form that is not in order comes back on the learner's page."""
    if not form.is_valid():
        return _learner_page(request, enrolment.run, enrolment, **{name: form})
    return _acted(request, enrolment, lambda: service(enrolment=enrolment, by=request.user, **form.cleaned_data), done)


def _acted(request: HttpRequest, enrolment: Enrolment, act: Callable[[], Enrolment], done: str) -> HttpResponseBase:
    try:
        act()
        messages.success(request, done)
    except Refused as refusal:
        messages.error(request, str(refusal))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("run_learner", enrolment.run.code, enrolment.public_id)
