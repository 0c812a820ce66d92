"""The learner's due dates as a calendar to subscribe to, at an address that only they know."""

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from common.limits import Limit
from learning.study.calendar import calendar_of
from learning.study.models import CalendarKey
from learning.study.services.calendar import learner_with, renew_calendar_key, revoke_calendar_key
from learning.study.views.opening import private

CALENDAR_TYPE = "text/calendar; charset=utf-8"
# Calendars ask a few times an hour; who guesses asks more.
ASKING = Limit("study-calendar", most=120, seconds=60 * 60)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def address(request: HttpRequest) -> HttpResponseBase:
    """The address of the feed: made, renewed and revoked here; told once, when it is made."""
    person: Any = request.user
    told = ""
    if request.method == "POST":
        if request.POST.get("act") == "revoke":
            revoke_calendar_key(learner=person)
            return private(redirect("home:calendar_address"))
        secret = renew_calendar_key(learner=person)
        told = settings.SITE_URL + reverse("home:calendar", args=[secret])
    context = {"key": CalendarKey.objects.filter(learner=person).first(), "told": told}
    return private(render(request, "learning/study/calendar.html", context))


@require_safe
def feed(request: HttpRequest, secret: str) -> HttpResponse:
    """The calendar of whoever has the secret; no session is asked for or opened."""
    wait = ASKING.spend(request)
    if wait:
        return private(HttpResponse(status=429, headers={"Retry-After": str(wait)}))
    learner = learner_with(secret)
    if learner is None:
        raise Http404
    response = HttpResponse(calendar_of(learner), content_type=CALENDAR_TYPE)
    response["Content-Disposition"] = 'inline; filename="oma.ics"'
    return private(response)
