"""The learner's page of the feedback on a work, and the same as a text and as a PDF."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from common.files import not_now
from common.limits import Limit
from common.typesetting import Busy
from learning.study import permissions
from learning.study.assignments.permissions import is_own
from learning.study.assignments.rules import rules_of
from learning.study.feedback.drawing import html_of
from learning.study.feedback.printed import pdf_of
from learning.study.feedback.released import Feedback, feedback_of
from learning.study.feedback.talking import talk_of
from learning.study.feedback.wording import text_of
from learning.study.models import Submission
from learning.study.querysets import run_of
from learning.study.views.opening import private, sign_in_first

FILES = Limit("feedback-pdf", 30, 60 * 60)


@require_http_methods(["GET", "HEAD", "POST"])
def feedback(request: HttpRequest, code: str, assignment: str) -> HttpResponseBase:
    """What the teachers said of one's own work; POST writes to them."""
    if not request.user.is_authenticated:
        return sign_in_first(request, reverse("study:feedback", args=[code, assignment]), shows_words=True)
    submission = _own_submission(request, code, assignment)
    talk = talk_of(request, submission)
    if request.method == "POST" and talk.say():
        messages.success(request, _("Your message is sent."))
        return private(redirect(f"{request.path}?lahetetty=1#keskustelu"))
    found, task = feedback_of(submission), submission.run_assignment
    context = {
        "run": task.run,
        "assignment": task.assignment,
        "task": task,
        "submission": submission,
        "feedback": found,
        "body": html_of(found.now.flat, found.now.notes) if found.now else "",
        "plain": text_of(found) if found.now else "",
        "rules": rules_of(task, submission.enrolment, submission),
        "talk": talk,
    }
    status = 422 if talk.form.is_bound else 200
    return private(render(request, "learning/study/feedback/feedback.html", context, status=status))


@require_safe
def conversation(request: HttpRequest, public_id: uuid.UUID) -> HttpResponseBase:
    """To the conversation about a work, which its writer and its teachers have on pages of their own."""
    if not request.user.is_authenticated:
        return sign_in_first(request, request.path)
    rows = Submission.objects.select_related("enrolment", "run_assignment__assignment", "run_assignment__run")
    submission = get_object_or_404(rows, public_id=public_id)
    task = submission.run_assignment
    if is_own(request.user, submission):
        return private(redirect(f"{reverse('study:feedback', args=[task.run.code, task.assignment.code])}#keskustelu"))
    if not permissions.may_teach(request.user, task.run):
        raise Http404
    return private(redirect("run_remarks", task.run.code, public_id))


@require_safe
def as_text(request: HttpRequest, code: str, assignment: str) -> HttpResponseBase:
    """The feedback as a text file that any program opens."""
    found = _given(request, code, assignment)
    if not isinstance(found, Feedback):
        return found
    # With the mark of UTF-8, and line ends that every editor knows.
    body = "\ufeff" + "\r\n".join(text_of(found).splitlines()) + "\r\n"
    return _file(HttpResponse(body, content_type="text/plain; charset=utf-8"), found, "txt")


@require_safe
def as_pdf(request: HttpRequest, code: str, assignment: str) -> HttpResponseBase:
    """The feedback as a tagged PDF in the reader's language. It is kept nowhere."""
    found = _given(request, code, assignment)
    if not isinstance(found, Feedback):
        return found
    wait = FILES.spend_as(f"{request.user.pk}")
    try:
        if wait:
            raise Busy
        content = pdf_of(found)
    except Busy as busy:
        return private(not_now(busy, seconds=wait or 5))
    return _file(HttpResponse(content, content_type="application/pdf"), found, "pdf")


def _given(request: HttpRequest, code: str, assignment: str) -> Feedback | HttpResponseBase:
    if not request.user.is_authenticated:
        return sign_in_first(request, "")
    found = feedback_of(_own_submission(request, code, assignment))
    if found.now is None:
        raise Http404
    return found


def _own_submission(request: HttpRequest, code: str, assignment: str) -> Submission:
    """Also of those who have withdrawn: what was said of their work stays theirs to read."""
    run = run_of(code)
    enrolment = permissions.enrolment_of(request.user, run) if run else None
    if enrolment is None:
        raise Http404
    rows = Submission.objects.select_related("run_assignment__assignment", "mark")
    found = rows.filter(enrolment=enrolment, run_assignment__assignment__code=assignment).first()
    if found is None or found.status == Submission.Status.TAKEN_BACK:
        raise Http404
    found.enrolment = enrolment
    found.run_assignment.run = enrolment.run
    return found


def _file(response: HttpResponse, found: Feedback, ending: str) -> HttpResponseBase:
    assignment: Any = found.submission.run_assignment.assignment
    word = slugify(_("feedback"))
    name = f"{word}-{assignment.code}.{ending}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return private(response)
