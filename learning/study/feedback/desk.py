"""The conversation about a work on the teachers' desk: sent from the page of marking, and a page of its own."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from learning.courses.models import CourseRun
from learning.study.desk.frame import desk_page
from learning.study.desk.opening import of_own_run
from learning.study.feedback.talking import talk_of
from learning.study.marking.names import name_for
from learning.study.models import Submission
from learning.study.views.opening import private


@require_http_methods(["GET", "HEAD", "POST"])
@of_own_run
def remarks(request: HttpRequest, run: CourseRun, public_id: uuid.UUID) -> HttpResponseBase:
    """What was said about a work; POST says something, and leads back to marking where the form was there."""
    rows = Submission.objects.select_related("enrolment__learner", "run_assignment__assignment")
    rows = rows.filter(run_assignment__run=run).exclude(status=Submission.Status.TAKEN_BACK)
    submission = get_object_or_404(rows, public_id=public_id)
    submission.run_assignment.run = run
    talk = talk_of(request, submission)
    if request.method == "POST" and talk.say():
        messages.success(request, _("Your message is sent."))
        name = "run_mark" if request.POST.get("from") == "run_mark" else "run_remarks"
        address = reverse(name, args=[run.code, public_id])
        return private(redirect(f"{address}?lahetetty=1#keskustelu"))
    context = {"talk": talk, "submission": submission, "who": name_for(request.user, submission)}
    title = submission.run_assignment.assignment.title
    template = "learning/study/feedback/desk_remarks.html"
    return desk_page(request, template, run, "run_marking", title, context, status=422 if talk.form.is_bound else 200)
