"""Enrolling, withdrawing and answering an offered seat."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from common.errors import Refused
from common.limits import Limit
from learning.courses.models import CourseRun
from learning.study import errors, permissions
from learning.study.models import Enrolment
from learning.study.models.enrolments import OPEN, Status
from learning.study.querysets import run_of
from learning.study.services import enrolling
from learning.study.views.opening import private
from learning.study.what_it_takes import WhatItTakes

# A code is typed a few times at most; a classroom behind one address types its own many at once.
CODES_OF_PERSON = Limit("enrolment-code", 10, 600)
CODES_OF_NETWORK = Limit("enrolment-codes", 200, 600)
LONGEST_CODE = 200

methods = require_http_methods(["GET", "HEAD", "POST"])


@methods
def enrol(request: HttpRequest, code: str) -> HttpResponseBase:
    """What the run takes, and whether one may enrol and if not why; POST enrols, queues or applies."""
    run = _run(code)
    if request.method == "POST":
        if not request.user.is_authenticated:
            return redirect_to_login(reverse("study:enrol", args=[run.code]))
        try:
            return _enrol(request, run)
        except Refused as refusal:
            return _page(request, run, refusal)
    return _page(request, run)


def _enrol(request: HttpRequest, run: CourseRun) -> HttpResponseBase:
    person: Any = request.user
    typed = request.POST.get("code", "")[:LONGEST_CODE]
    guesses = run.admission == CourseRun.Admission.CODE and typed
    if guesses and (CODES_OF_PERSON.spend_as(f"{person.pk}") or CODES_OF_NETWORK.spend(request)):
        raise errors.TooManyCodes
    enrolment = enrolling.enrol(learner=person, run=run, code=typed)
    if enrolment.is_studying:
        messages.success(request, _("You are enrolled. Welcome!"))
        return redirect("study:run", run.code)
    # The page says the place on the waiting list, or that the teacher has been asked.
    return redirect("study:enrol", run.code)


def _page(request: HttpRequest, run: CourseRun, refusal: Refused | None = None) -> HttpResponse:
    enrolment = permissions.enrolment_of(request.user, run)
    is_open = enrolment is not None and enrolment.status in {*OPEN, Status.COMPLETED}
    why_not = None if is_open else permissions.why_not_enrol(request.user, run, enrolment)
    was_enrolled = permissions.was_enrolled(enrolment)
    context = {
        "run": run,
        "enrolment": enrolment,
        "is_open": is_open,
        "why_not": why_not,
        "refusal": refusal if refusal is not None and str(refusal) != str(why_not) else None,
        "must_sign_in": isinstance(why_not, errors.SignInFirst),
        "reason": _reason(enrolment),
        "asks_code": run.admission == CourseRun.Admission.CODE and not was_enrolled,
        "typed": request.POST.get("code", "")[:LONGEST_CODE],
        "asks_approval": run.admission == CourseRun.Admission.APPROVAL and not was_enrolled,
        "may_preview": permissions.may_arrange(request.user, run),
        "takes": WhatItTakes.of(run, enrolment),
    }
    return private(render(request, "learning/study/enrol.html", context, status=422 if refusal else 200))


def _reason(enrolment: Enrolment | None) -> str:
    """What the teacher wrote to one who was refused."""
    if enrolment is None or enrolment.status != Status.REFUSED:
        return ""
    refused = enrolment.events.filter(after=Status.REFUSED).order_by("-pk").first()
    return refused.reason if refused else ""


@methods
def withdraw(request: HttpRequest, code: str) -> HttpResponseBase:
    """Ask whether to withdraw; withdraw when told to."""
    run = _run(code)
    enrolment = permissions.enrolment_of(request.user, run)
    if enrolment is None or enrolment.status not in OPEN:
        # Also after the back button: there is nothing left to withdraw.
        return _to_enrolling(request, run)
    if request.method != "POST":
        context = {"run": run, "enrolment": enrolment}
        return private(render(request, "learning/study/withdraw.html", context))

    def act() -> str:
        enrolling.withdraw(enrolment=enrolment, by=enrolment.learner)
        return _("You have withdrawn. Everything that you have done is kept, in case you come back.")

    return _acted(request, run, act)


@methods
def answer(request: HttpRequest, code: str) -> HttpResponseBase:
    """Ask whether to take the offered seat; the pressed button answers."""
    run = _run(code)
    enrolment = permissions.enrolment_of(request.user, run)
    said = request.POST.get("answer")
    if enrolment is None or (request.method != "POST" and enrolment.status != Status.OFFERED):
        return _to_enrolling(request, run)
    if said not in {"accept", "decline"}:
        context = {"run": run, "enrolment": enrolment}
        return private(render(request, "learning/study/answer.html", context))

    def act() -> str:
        enrolling.answer_offer(enrolment=enrolment, accept=said == "accept", by=enrolment.learner)
        return _("The seat is yours. Welcome!") if said == "accept" else _("You left the seat to the next person.")

    return _acted(request, run, act)


def _acted(request: HttpRequest, run: CourseRun, act: Callable[[], str]) -> HttpResponseBase:
    """Do it and tell what happened, or why it did not; the page of the run says how things stand."""
    try:
        messages.success(request, act())
    except Refused as refusal:
        messages.error(request, str(refusal))
    enrolment = permissions.enrolment_of(request.user, run)
    return redirect("study:run" if enrolment and enrolment.is_studying else "study:enrol", run.code)


def _to_enrolling(request: HttpRequest, run: CourseRun) -> HttpResponseBase:
    """The page that tells where the person stands; who is not signed in is asked to first."""
    if not request.user.is_authenticated:
        return redirect_to_login(request.path)
    return redirect("study:enrol", run.code)


def _run(code: str) -> CourseRun:
    run = run_of(code)
    if run is None:
        raise Http404
    return run
