"""The learner's page: giving feedback on the course."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from common.errors import Refused
from learning.study.course_feedback import errors, services
from learning.study.course_feedback.asking import changes_before
from learning.study.course_feedback.forms import FeedbackForm
from learning.study.course_feedback.questions import chosen_in_words, questions_of
from learning.study.course_feedback.times import closes_on, why_not_answer
from learning.study.models import Enrolment
from learning.study.views.opening import Opened, open_run, private, sign_in_first


@require_http_methods(["GET", "HEAD", "POST"])
def course_feedback(request: HttpRequest, code: str) -> HttpResponseBase:
    """The form, or why it is not open; POST gives the answers. Teachers look at it as learners see it."""
    if not request.user.is_authenticated:
        back = reverse("study:course_feedback", args=[code])
        return sign_in_first(request, back, shows_words=True, chosen=chosen_in_words(request.POST))
    opened = open_run(request, code)
    if not isinstance(opened, Opened):
        return opened
    form = FeedbackForm(request.POST if request.method == "POST" else None, questions=questions_of(opened.run))
    if opened.enrolment is None:
        return _page(request, opened, FeedbackForm(questions=form.questions))
    why_not = why_not_answer(opened.run, opened.enrolment)
    if request.method == "POST" and (why_not is not None or form.is_valid()):
        return _give(request, opened.enrolment, form, why_not)
    return _page(request, opened, form, why_not)


def _give(request: HttpRequest, enrolment: Enrolment, form: FeedbackForm, why_not: Refused | None) -> HttpResponseBase:
    """Give the answers. Where that was done already, by a second press or in another tab, the same page comes."""
    try:
        if why_not is not None:
            raise why_not
        services.give(enrolment=enrolment, **form.answer)
        messages.success(request, _("Thank you. Your feedback has been received."))
    except errors.FeedbackGiven:
        pass
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("study:course_feedback", enrolment.run.code)


def _page(request: HttpRequest, opened: Opened, form: FeedbackForm, why_not: Refused | None = None) -> HttpResponse:
    context = {
        "run": opened.run,
        "contents": opened.contents,
        "is_preview": opened.is_preview,
        "form": form,
        "why_not": why_not,
        "is_given": isinstance(why_not, errors.FeedbackGiven),
        "closes": closes_on(opened.run),
        "changes": changes_before(opened.run),
    }
    status = 422 if form.is_bound else 200
    return private(render(request, "learning/study/course_feedback/form.html", context, status=status))
