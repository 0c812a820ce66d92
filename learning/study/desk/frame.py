"""What all pages of the teachers' desk of a run have around them: the way there, and its other pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import pgettext_lazy

from common.kept import kept
from common.shared import of_parts
from learning.courses.models import CourseRun
from learning.study.permissions import role_of
from learning.study.views.opening import private

# Name of the address, which is also the key of the page; what it is called. Assistants have all of them, too.
PAGES: tuple[tuple[str, str | Promise], ...] = (
    ("run_dashboard", pgettext_lazy("desk of a run", "Dashboard")),
    ("run_learners", pgettext_lazy("desk of a run", "Learners")),
    ("run_marking", pgettext_lazy("desk of a run", "Marking")),
    ("run_reviews", pgettext_lazy("desk of a run", "Peer reviews")),
    ("run_gradebook", pgettext_lazy("desk of a run", "Gradebook")),
    ("run_questions", pgettext_lazy("desk of a run", "Questions")),
    ("run_statistics", pgettext_lazy("desk of a run", "Statistics")),
    ("run_feedback", pgettext_lazy("desk of a run", "Feedback on the course")),
    ("run_teachers", pgettext_lazy("desk of a run", "Teachers")),
)


@dataclass(frozen=True)
class Tab:
    label: str | Promise
    url: str
    is_current: bool


def desk_page(
    request: HttpRequest,
    template: str,
    run: CourseRun,
    tab: str,
    title: str,
    context: dict[str, Any],
    *,
    steps: Sequence[tuple[str, str]] = (),
    status: int = 200,
) -> HttpResponse:
    """Draw a page of the desk: `tab` is the name of its address or of the page that it is under.

    `steps` are (label, address) between the list of runs and the page. A `role` in the context is not asked again.
    """
    around = _around(request, run, tab, title, context)
    return private(render(request, template, around | {"steps": steps} | context, status=status))


def large_page(
    request: HttpRequest, template: str, run: CourseRun, tab: str, title: str, context: dict[str, Any]
) -> HttpResponse:
    """As `desk_page`, for pages with much on them: the frame is drawn once for all teachers of the run.

    The template draws the inside alone (common.shared.of_parts); what is asked in the address shows nowhere else.
    """
    around = _around(request, run, tab, title, context)
    shared = {"run": run, "title": title}
    inside = around | context
    html = of_parts(request, "learning/study/desk/frame.html", shared, template, inside, any_query=True)
    return private(HttpResponse(html))


def _around(request: HttpRequest, run: CourseRun, tab: str, title: str, context: dict[str, Any]) -> dict[str, Any]:
    role = context["role"] if "role" in context else role_of(request.user, run)
    # Who arranges runs without teaching them has pages of the desk without its others.
    tabs = _tabs(run.code, tab) if role else ""
    return {"run": run, "title": title, "tabs": tabs, "role": role}


@kept
def _tabs(code: str, current: str) -> SafeString:
    """The ways to the pages of the desk, with the current one marked."""
    tabs = [Tab(label, reverse(name, args=[code]), name == current) for name, label in PAGES]
    return render_to_string("learning/study/desk/_tabs.html", {"tabs": tabs})
