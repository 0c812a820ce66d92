"""The learner's own page: where the credits are registered."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from learning.study.gradebook.details import DetailsForm, save_details
from learning.study.views.opening import Opened, open_as_learner, private


@require_http_methods(["GET", "HEAD", "POST"])
def credit_details(request: HttpRequest, code: str) -> HttpResponseBase:
    """Asks the home institution and the student number, where the course gives credits."""
    opened = open_as_learner(request, code, back=reverse("study:credit_details", args=[code]))
    if not isinstance(opened, Opened):
        return opened
    enrolment = opened.enrolment
    if enrolment is None or opened.run.course.credits is None:
        raise Http404
    form = DetailsForm(request.POST or None, instance=enrolment)
    if request.method == "POST" and form.is_valid():
        told, learner = form.cleaned_data, request.user
        person: Any = learner
        save_details(
            enrolment=enrolment, by=person, institution=told["home_institution"], number=told["student_number"]
        )
        messages.success(request, _("Your details for the credits are saved."))
        return redirect("study:run", opened.run.code)
    context = {"run": opened.run, "contents": opened.contents, "form": form}
    status = 422 if form.errors else 200
    return private(render(request, "learning/study/gradebook/details.html", context, status=status))
