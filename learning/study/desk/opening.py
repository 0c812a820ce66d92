"""Which run a teacher's page is about, and the way back to the list of runs."""

import functools
from collections.abc import Callable
from typing import Any, Concatenate, ParamSpec

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from learning.courses.models import CourseRun
from learning.study.models import RunTeacher
from learning.study.models.runs import MARKERS
from learning.study.permissions import role_of, runs_arranged_by, runs_taught_by
from learning.study.querysets import run_of

P = ParamSpec("P")
# The run of the code as somebody may see it; None where it does not exist for them.
Find = Callable[[Any, str], CourseRun | None]
View = Callable[Concatenate[HttpRequest, CourseRun, P], HttpResponseBase]


def of_own_run(view: View[P]) -> Callable[..., HttpResponseBase]:
    """Give the view the run of the address. To anybody else than its teachers the page does not exist."""
    return _opened(view, _one_of(runs_taught_by))


def of_own_run_to_read(view: View[P]) -> Callable[..., HttpResponseBase]:
    """As `of_own_run`, for pages that only show something: the run is the one that is kept for everybody."""
    return _opened(view, _kept_run_of)


def _kept_run_of(user: Any, code: str) -> CourseRun | None:
    run = run_of(code)
    return run if run and role_of(user, run) else None


def of_arranged_run(view: View[P]) -> Callable[..., HttpResponseBase]:
    """As `of_own_run`, for pages that tell nothing of learners: those who arrange every run open them too."""
    return _opened(view, _one_of(runs_arranged_by))


def of_run_to_mark(view: View[P]) -> Callable[..., HttpResponseBase]:
    """As `of_own_run`, for what assistants of the run leave to its teachers."""
    return _opened(view, _one_of(lambda user: _in_role(user, *MARKERS)))


def of_run_to_lead(view: View[P]) -> Callable[..., HttpResponseBase]:
    """As `of_own_run`, for its responsible teachers."""
    return _opened(view, _one_of(lambda user: _in_role(user, RunTeacher.Role.RESPONSIBLE)))


def _in_role(user: Any, *roles: str) -> "QuerySet[CourseRun]":
    # One condition, so that both are asked of the same row.
    return CourseRun.objects.filter(run_teachers__user_id=user.pk, run_teachers__role__in=roles)


def _one_of(runs: Callable[[Any], "QuerySet[CourseRun]"]) -> Find:
    return lambda user, code: runs(user).filter(code=code).select_related("course").first()


def _opened(view: View[P], find: Find) -> Callable[..., HttpResponseBase]:
    @functools.wraps(view)
    def opened(request: HttpRequest, code: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        run = find(request.user, code)
        if run is None:
            raise Http404
        return view(request, run, *args, **kwargs)

    return opened


def crumbs(run: CourseRun, *steps: tuple[str, str]) -> list[dict[str, Any]]:
    """Where the page is: the list of runs, the learners of the run and further (label, address) steps."""
    ways = [
        (str(capfirst(CourseRun._meta.verbose_name_plural)), reverse("wagtailsnippets_courses_courserun:list")),
        (run.code, reverse("wagtailsnippets_courses_courserun:edit", args=[run.pk])),
        (_("Learners"), reverse("run_learners", args=[run.code])),
        *steps,
    ]
    return [{"label": label, "url": url} for label, url in ways]
