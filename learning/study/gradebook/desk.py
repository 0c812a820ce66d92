"""The gradebook at the teachers' desk: the table, one learner, and giving final grades."""

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from common.errors import Refused
from common.listing import page_number
from learning.courses.models import CourseRun
from learning.study.desk.frame import desk_page, large_page
from learning.study.desk.opening import of_own_run, of_own_run_to_read, of_run_to_mark
from learning.study.gradebook import drawing, rows, services
from learning.study.gradebook.drawn import drawn
from learning.study.gradebook.forms import FinalForm, TakeBackForm
from learning.study.gradebook.grades import has_grades
from learning.study.models import Enrolment, FinalGrade
from learning.study.models.enrolments import STUDYING
from learning.study.models.runs import MARKERS
from learning.study.people import by_name
from learning.study.permissions import role_of

MOST_CHOSEN = 100
TAB = "run_gradebook"


@require_safe
@of_own_run_to_read
def gradebook(request: HttpRequest, run: CourseRun) -> HttpResponse:
    """Learners by tasks, a page of them."""
    role = role_of(request.user, run)
    page = drawn(run, rows.Chosen.of(request.GET), page_number(request), picks=role in MARKERS)
    context = {"drawn": page, "role": role, "may_mark": role in MARKERS}
    return large_page(request, "learning/study/gradebook/gradebook.html", run, TAB, _("Gradebook"), context)


@require_POST
@of_run_to_mark
def give_proposed(request: HttpRequest, run: CourseRun) -> HttpResponseBase:
    """Asks first: the names with the grades that are about to be given. The second time they are given."""
    name = "on_page" if request.POST.get("act") == "all" else "chosen"
    sent = request.POST.getlist(name)[:MOST_CHOSEN]
    chosen = _chosen(run, sent)
    back = redirect(TAB, run.code)
    if not chosen:
        messages.error(request, _("Choose the learners first."))
        return back
    if request.POST.get("act") != "give":
        context = {"chosen": [(row, seen, f"{row.public_id}:{seen}") for row, seen in chosen]}
        title = _("Give the final grades that are proposed")
        return desk_page(request, "learning/study/gradebook/give.html", run, TAB, title, context, steps=steps(run))
    teacher: Any = request.user
    given = services.give_proposed(run=run, chosen=chosen, by=teacher)
    told = ngettext("%(number)d final grade given.", "%(number)d final grades given.", given.number)
    messages.success(request, told % {"number": given.number})
    for enrolment, why in given.refused:
        messages.error(request, f"{enrolment.learner}: {why}")
    return back


def _chosen(run: CourseRun, sent: list[str]) -> list[tuple[Enrolment, str]]:
    """Learners of the run with the proposals that were seen; anything else is left out."""
    seen: dict[uuid.UUID, str] = {}
    for text in sent:
        public_id, _colon, value = text.partition(":")
        try:
            seen[uuid.UUID(public_id)] = value[:2]
        except ValueError:
            continue
    found = Enrolment.objects.filter(run=run, status__in=STUDYING, public_id__in=seen).select_related("learner")
    return [(row, seen[row.public_id]) for row in found.order_by(*by_name())]


@require_http_methods(["GET", "HEAD", "POST"])
@of_own_run
def results(request: HttpRequest, run: CourseRun, public_id: uuid.UUID) -> HttpResponseBase:
    """One learner: each task, the final grade with its history, and giving it. POST gives it or takes it back."""
    enrolment = get_object_or_404(_studying(run), public_id=public_id)
    enrolment.run = run
    role = role_of(request.user, run)
    form, back = FinalForm(run, request.POST or None), TakeBackForm(request.POST or None)
    if request.method != "POST":
        return _results_page(request, enrolment, role, _unbound(run, enrolment), TakeBackForm())
    if role not in MARKERS:
        return redirect("run_results", run.code, public_id)
    teacher: Any = request.user
    if request.POST.get("act") == "back":
        if not back.is_valid():
            return _results_page(request, enrolment, role, _unbound(run, enrolment), back)
        reason = back.cleaned_data["reason"]
        return _acted(request, enrolment, lambda: services.take_back(enrolment=enrolment, by=teacher, reason=reason))
    if not form.is_valid():
        return _results_page(request, enrolment, role, form, TakeBackForm())
    return _acted(request, enrolment, lambda: services.give_final(enrolment=enrolment, by=teacher, **form.told()))


def _studying(run: CourseRun) -> Any:
    return Enrolment.objects.filter(run=run, status__in=STUDYING).select_related("learner", "home_institution")


def _unbound(run: CourseRun, enrolment: Enrolment) -> FinalForm:
    """With the grade that holds or is proposed chosen."""
    line = rows.line_of(enrolment)
    if line.final is None:
        return FinalForm(run, initial={"grade": line.proposal.value})
    failed = "0" if has_grades(run.course) else "f"
    passed = "p" if line.final.grade is None else str(line.final.grade)
    return FinalForm(run, initial={"grade": passed if line.final.is_passed else failed})


def _results_page(
    request: HttpRequest, enrolment: Enrolment, role: str, form: FinalForm, back: TakeBackForm
) -> HttpResponse:
    line = rows.line_of(enrolment)
    context = {
        "enrolment": enrolment,
        "line": line,
        "told": [(task, cell, drawing.told(cell)) for task, cell in line.cells],
        "form": form,
        "back_form": back,
        "history": FinalGrade.objects.filter(enrolment=enrolment).select_related("by"),
        "has_grades": has_grades(enrolment.run.course),
        "role": role,
        "may_mark": role in MARKERS and enrolment.learner_id != request.user.pk,
    }
    broken = form.is_bound or back.is_bound
    template, title = "learning/study/gradebook/results.html", line.learner.name
    run = enrolment.run
    return desk_page(request, template, run, TAB, title, context, steps=steps(run), status=422 if broken else 200)


def _acted(request: HttpRequest, enrolment: Enrolment, act: Callable[[], FinalGrade]) -> HttpResponseBase:
    try:
        final = act()
        told = _("The final grade is taken back.") if final.is_taken_back else _("The final grade is given.")
        messages.success(request, told)
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("run_results", enrolment.run.code, enrolment.public_id)


def steps(run: CourseRun) -> list[tuple[str, str]]:
    """The way to what is under the gradebook."""
    return [(_("Gradebook"), reverse(TAB, args=[run.code]))]
