"""…/ota-takaisin/: asks, and takes back what was handed in."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.models import User
from common.errors import Refused
from learning.study.assignments import services
from learning.study.assignments.views.opening import OpenedWork, open_own_work
from learning.study.views.opening import private


@require_http_methods(["GET", "HEAD", "POST"])
def take_back(request: HttpRequest, code: str, assignment: str) -> HttpResponseBase:
    work = open_own_work(request, code, assignment)
    if not isinstance(work, OpenedWork):
        return work
    if work.submission is None:
        return private(redirect(work.url("assignment")))
    if request.method != "POST":
        if work.rules.why_not_back is not None:
            messages.info(request, str(work.rules.why_not_back.message))
            return private(redirect(work.url("assignment")))
        return work.page(request, "take_back.html", {"rules": work.rules, "version": work.versions[0]})
    assert isinstance(request.user, User)
    try:
        services.take_back(submission=work.submission, by=request.user)
        messages.success(request, _("The work is yours again. It is kept as a draft; nobody reads it now."))
    except Refused as refusal:
        messages.error(request, str(refusal.message))
    return private(redirect(work.url("assignment")))
