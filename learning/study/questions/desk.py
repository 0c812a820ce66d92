"""The teachers' pages of the questions: what waits for an answer first, and answering one after another."""

import uuid

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from learning.courses.models import CourseRun
from learning.study.desk.frame import desk_page
from learning.study.desk.opening import of_own_run
from learning.study.models import RunQuestion
from learning.study.questions import listing
from learning.study.questions.acts import act_on
from learning.study.questions.forms import module_choices
from learning.study.questions.members import Member
from learning.study.questions.notifications import hears_of
from learning.study.questions.thread import Thread, answer_posted, question_of
from learning.study.views.opening import private

TAB = "run_questions"


@require_safe
@of_own_run
def questions(request: HttpRequest, run: CourseRun) -> HttpResponseBase:
    member = Member(run, request.user, None, True)
    found = listing.listing(request, member, desk=True)
    labels = dict(module_choices(run))
    context = {
        "listing": found,
        "rows": [(row, labels.get(str(row.module_id), ""), member.name_of(row)) for row in found.page],
        "waiting": listing.unanswered(run),
        "hears": hears_of(member, None),
    }
    return desk_page(request, "learning/study/questions/desk_list.html", run, TAB, _("Questions"), context)


@require_http_methods(["GET", "HEAD", "POST"])
@of_own_run
def question(request: HttpRequest, run: CourseRun, public_id: uuid.UUID) -> HttpResponseBase:
    """A question on the desk; after an answer the page leads to the next that waits."""
    member = Member(run, request.user, None, True)
    row = question_of(member, public_id)
    thread = Thread(request, member, row, act_url=reverse("run_question_act", args=[run.code, public_id]))
    if request.method == "POST" and answer_posted(thread):
        return private(redirect(thread.answered_url))
    context = {"thread": thread, "next": _next(run, row)}
    steps = [(_("Questions"), reverse(TAB, args=[run.code]))]
    template = "learning/study/questions/desk_question.html"
    return desk_page(request, template, run, TAB, row.title, context, steps=steps, status=thread.status)


@require_POST
@of_own_run
def act(request: HttpRequest, run: CourseRun, public_id: uuid.UUID) -> HttpResponseBase:
    """The buttons of a question, pressed on the desk."""
    member = Member(run, request.user, None, True)
    outcome = act_on(request, member, question_of(member, public_id))
    return private(redirect(f"{reverse('run_question', args=[run.code, public_id])}{outcome}"))


def _next(run: CourseRun, row: RunQuestion) -> RunQuestion | None:
    """The question that has waited longest, besides this one."""
    waiting = listing.questions_of(run).filter(hidden_at=None, is_teacher=False, is_answered=False)
    found: RunQuestion | None = waiting.exclude(pk=row.pk).order_by("at", "pk").first()
    return found
