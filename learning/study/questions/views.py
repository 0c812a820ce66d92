"""The questions of a run: the list, asking, one question with its answers, changing what one wrote."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from common.errors import Refused
from common.listing import typed_text
from common.numbers import whole
from drafts.opening import finish_sent, open_draft
from learning.study.models import RunQuestion
from learning.study.outline import contents_of
from learning.study.questions import listing, services
from learning.study.questions.acts import act_on
from learning.study.questions.forms import (
    QUESTION,
    QuestionForm,
    form_of_answer,
    form_of_question,
    module_choices,
)
from learning.study.questions.members import Member, open_questions
from learning.study.questions.notifications import hears_of
from learning.study.questions.similar import similar_to
from learning.study.questions.thread import Thread, answer_posted, question_of
from learning.study.views.opening import private

ASKED = "kysytty"
methods = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def questions(request: HttpRequest, code: str) -> HttpResponseBase:
    """The questions of the run, by module and by state."""
    member = open_questions(request, code)
    if not isinstance(member, Member):
        return member
    found = listing.listing(request, member)
    labels = dict(module_choices(member.run))
    rows = [(row, labels.get(str(row.module_id), ""), member.name_of(row)) for row in found.page]
    extra = {"listing": found, "rows": rows, "hears": hears_of(member, None)}
    return _page(request, member, "list", extra)


@methods
def ask(request: HttpRequest, code: str) -> HttpResponseBase:
    """Ask; `moduuli` in the address says about which module."""
    member = open_questions(request, code)
    if not isinstance(member, Member):
        return member
    draft = open_draft(request, QUESTION, member.run.code)
    initial = {"module": _asked_module(request, member)}
    posted = request.POST if request.method == "POST" else None
    form = QuestionForm(posted, run=member.run, is_teacher=member.is_teacher, initial=initial)
    status = 200
    if posted is None:
        draft.fill(form)
    elif form.is_valid():
        try:
            asked = services.ask(member=member, **form.written)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            finish_sent(request, QUESTION, member.run.code)
            messages.success(request, _("Your question is asked. You hear of answers in the morning letter."))
            return private(redirect(f"{_address(asked)}?{ASKED}=1"))
        status = 422
    else:
        status = 422
    context = {"form": form, "draft": draft, "similar": similar_to(member.run, str(form["title"].value() or ""))}
    return _page(request, member, "ask", context, status)


@require_safe
def similar(request: HttpRequest, code: str) -> HttpResponseBase:
    """Questions like the one that is being typed, as a piece of a page: for the script."""
    member = open_questions(request, code)
    if not isinstance(member, Member):
        return member
    context = {"run": member.run, "similar": similar_to(member.run, typed_text(request, "otsikko"))}
    return private(render(request, "learning/study/questions/_similar.html", context))


@methods
def question(request: HttpRequest, code: str, public_id: uuid.UUID) -> HttpResponseBase:
    """A question with its answers; POST answers."""
    member = open_questions(request, code)
    if not isinstance(member, Member):
        return member
    row = question_of(member, public_id)
    act_url = reverse("study:question_act", args=[member.run.code, row.public_id])
    thread = Thread(request, member, row, act_url=act_url)
    if request.method == "POST" and answer_posted(thread):
        return private(redirect(thread.answered_url))
    asked = open_draft(request, QUESTION, member.run.code) if request.GET.get(ASKED) else None
    shown_similar = similar_to(member.run, row.title, besides=row) if asked else ()
    context = {"thread": thread, "asked_draft": asked, "similar": shown_similar}
    return _page(request, member, "question", context, thread.status)


@require_POST
def act(request: HttpRequest, code: str, public_id: uuid.UUID) -> HttpResponseBase:
    """What the buttons of a question do: hide, show, accept, subscribe."""
    member = open_questions(request, code)
    if not isinstance(member, Member):
        return member
    row = question_of(member, public_id)
    return private(redirect(f"{_address(row)}{act_on(request, member, row)}"))


@require_POST
def follow(request: HttpRequest, code: str) -> HttpResponseBase:
    """Hear of all questions of the run, or stop."""
    member = open_questions(request, code)
    if not isinstance(member, Member):
        return member
    is_on = request.POST.get("is_on") == "1"
    services.subscribe(member=member, question=None, is_on=is_on)
    done = _("You hear of new questions.") if is_on else _("You no longer hear of new questions.")
    messages.success(request, done)
    return private(redirect("study:questions", member.run.code))


@methods
def change(request: HttpRequest, code: str, public_id: uuid.UUID) -> HttpResponseBase:
    """Change one's own question, or one's own answer (`vastaus` in the address)."""
    member = open_questions(request, code)
    if not isinstance(member, Member):
        return member
    row = question_of(member, public_id)
    which = request.GET.get("vastaus", "")
    answer = next((each for each in row.answers.all() if str(each.public_id) == which), None)
    if (which and answer is None) or not member.wrote(answer or row):
        raise Http404
    data = request.POST if request.method == "POST" else None
    if answer is not None:
        answer.question = row
        form: Any = form_of_answer(answer, data, is_teacher=member.is_teacher)
    else:
        form = form_of_question(row, data, is_teacher=member.is_teacher)
    why_not = services.why_not_change(member, answer or row)
    if data is not None and form.is_valid():
        values = {name: value for name, value in form.written.items() if name != "key"}
        try:
            if answer is not None:
                services.change_answer(member=member, answer=answer, **values)
            else:
                services.change_question(member=member, question=row, **values)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return private(redirect(f"{_address(row)}{f'#vastaus-{answer.public_id}' if answer else ''}"))
    context = {"form": form, "question": row, "answer": answer, "why_not": why_not}
    return _page(request, member, "change", context, 422 if data is not None else 200)


def _asked_module(request: HttpRequest, member: Member) -> str:
    keys = [key for key, _label in module_choices(member.run)]
    number = whole(request.GET.get(listing.MODULE, "")) or 0
    return keys[number - 1] if 0 < number <= len(keys) else ""


def _address(row: RunQuestion) -> str:
    return reverse("study:question", args=[row.run.code, row.public_id])


def _page(request: HttpRequest, member: Member, name: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    frame = {"run": member.run, "member": member, "contents": contents_of(member.run.course_id)}
    return private(render(request, f"learning/study/questions/{name}.html", frame | context, status=status))
