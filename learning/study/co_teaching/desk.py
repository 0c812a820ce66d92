"""The page of a run's teachers: who they are, what their roles may do, and changing them."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from common.errors import Refused
from common.listing import Pages
from learning.courses.models import CourseRun
from learning.study.co_teaching import services
from learning.study.co_teaching.forms import AddForm, HandOverForm, RoleForm
from learning.study.co_teaching.left_behind import LeftBehind
from learning.study.desk.frame import desk_page
from learning.study.desk.opening import of_own_run, of_run_to_lead
from learning.study.models import RunTeacher, RunTeacherEvent
from learning.study.permissions import may_lead

Role = RunTeacher.Role
TAB = "run_teachers"
EVENTS_ON_PAGE = 25
ORDER = {Role.RESPONSIBLE: 0, Role.TEACHER: 1, Role.ASSISTANT: 2}
methods = require_http_methods(["GET", "HEAD", "POST"])


@methods
@of_own_run
def run_teachers(request: HttpRequest, run: CourseRun) -> HttpResponseBase:
    """Who teaches the run, and what has changed; POST adds a teacher."""
    leads = may_lead(request.user, run)
    form = AddForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        if not leads:
            raise Http404
        if form.is_valid():
            person, role = form.cleaned_data["user"], form.cleaned_data["role"]
            told = _("%(person)s now teaches the run and has been told.") % {"person": person}
            if _done(request, told, lambda: services.add(run=run, person=person, role=role, by=_me(request))):
                return redirect(TAB, run.code)
    people = _teachers(run)
    events = RunTeacherEvent.objects.filter(run=run).select_related("person", "by").order_by("-pk")
    context = {
        "people": people,
        "leads": leads,
        "is_last": _is_last(people, _me(request)),
        "form": form,
        "events": Pages(request, events, EVENTS_ON_PAGE, place="history"),
        "roles": Role,
    }
    return _page(request, run, "teachers", _("Teachers of the run"), context, form.is_bound)


@methods
@of_run_to_lead
def run_teacher(request: HttpRequest, run: CourseRun, pk: int) -> HttpResponseBase:
    """One teacher of the run: POST changes the role, or takes them off the run once that has been confirmed."""
    row = _teacher(run, pk)
    removing = request.POST.get("act") == "remove"
    form = RoleForm(request.POST if request.method == "POST" and not removing else None, initial={"role": row.role})
    if removing:
        told = _("%(person)s no longer teaches the run.") % {"person": row.user}
        _done(request, told, lambda: services.remove(run=run, person=row.user, by=_me(request)))
        return _away_or_back(request, run)
    if form.is_bound and form.is_valid():
        role, told = form.cleaned_data["role"], _("The role is changed.")
        _done(request, told, lambda: services.change_role(run=run, person=row.user, role=role, by=_me(request)))
        return redirect(TAB, run.code)
    context = {"row": row, "form": form, "left_behind": LeftBehind.of(run, row.user)}
    return _page(request, run, "teacher", str(row.user), context, form.is_bound)


@methods
@of_run_to_lead
def run_hand_over(request: HttpRequest, run: CourseRun) -> HttpResponseBase:
    """Choose who is responsible from now on; the choice is shown once more before anything changes."""
    others = [each for each in _teachers(run) if each.user_id != _me(request).pk]
    form = HandOverForm(request.POST if request.method == "POST" else None, others=others)
    is_chosen = form.is_bound and form.is_valid()
    if is_chosen and "confirm" in request.POST:
        told = _("%(person)s is now responsible for the run.") % {"person": form.chosen}
        _done(
            request,
            told,
            lambda: services.hand_over(run=run, to=form.chosen, by=_me(request), stays_as=form.stays_as),
        )
        return _away_or_back(request, run)
    context = {
        "form": form,
        "others": others,
        "is_chosen": is_chosen,
        "left_behind": LeftBehind.of(run, _me(request)) if is_chosen and not form.stays_as else None,
    }
    return _page(request, run, "hand_over", _("Hand over the responsibility"), context, form.is_bound and not is_chosen)


@methods
@of_own_run
def run_leave(request: HttpRequest, run: CourseRun) -> HttpResponseBase:
    """Ask whether to leave the run; POST leaves."""
    if request.method == "POST":
        _done(request, _("You no longer teach the run."), lambda: services.leave(run=run, by=_me(request)))
        return _away_or_back(request, run)
    context = {
        "is_last": _is_last(_teachers(run), _me(request)),
        "left_behind": LeftBehind.of(run, _me(request)),
    }
    return _page(request, run, "leave", _("Leave the run"), context)


def _page(
    request: HttpRequest, run: CourseRun, name: str, title: str, context: dict[str, Any], is_wrong: bool = False
) -> HttpResponse:
    steps = [] if name == "teachers" else [(_("Teachers of the run"), reverse(TAB, args=[run.code]))]
    template = f"learning/study/co_teaching/{name}.html"
    return desk_page(request, template, run, TAB, title, context, steps=steps, status=422 if is_wrong else 200)


def _done(request: HttpRequest, told: str, act: Callable[[], object]) -> bool:
    """Do it and tell what happened, or why it did not."""
    try:
        act()
    except Refused as refusal:
        messages.error(request, str(refusal))
        return False
    messages.success(request, told)
    return True


def _away_or_back(request: HttpRequest, run: CourseRun) -> HttpResponseBase:
    """Who has left the run can no longer open its pages."""
    if RunTeacher.objects.filter(run=run, user=_me(request)).exists():
        return redirect(TAB, run.code)
    return redirect("wagtailsnippets_courses_courserun:list")


def _teachers(run: CourseRun) -> list[RunTeacher]:
    rows = RunTeacher.objects.filter(run=run).select_related("user__organisation")
    return sorted(rows, key=lambda row: (ORDER[Role(row.role)], row.sort_order or 0, row.pk))


def _teacher(run: CourseRun, pk: int) -> RunTeacher:
    row = RunTeacher.objects.filter(run=run, pk=pk).select_related("user").first()
    if row is None:
        raise Http404
    return row


def _is_last(people: list[RunTeacher], person: Any) -> bool:
    """Whether the run has no other responsible teacher."""
    return [row.user_id for row in people if row.role == Role.RESPONSIBLE] == [person.pk]


def _me(request: HttpRequest) -> Any:
    return request.user


def desk_urls() -> list[Any]:
    run = "toteutukset/<slug:code>/opettajat/"
    return [
        path(run, run_teachers, name="run_teachers"),
        path(f"{run}<int:pk>/", run_teacher, name="run_teacher"),
        path(f"{run}luovuta/", run_hand_over, name="run_hand_over"),
        path(f"{run}lahde/", run_leave, name="run_leave"),
    ]
