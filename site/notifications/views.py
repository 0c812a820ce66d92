"""Stopping reminders from a letter, without signing in."""

from django.contrib.auth import get_user_model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from notifications.letters import person_of
from notifications.services import set_reminders


# A mail program posts here without having seen the form; the token is what lets it.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Ask whether reminders should stop; stop them when told to. Opening the link alone changes nothing."""
    public_id = person_of(token)
    if public_id is None:
        raise Http404
    person = get_object_or_404(get_user_model(), public_id=public_id)
    if request.method == "POST":
        set_reminders(person, wants=False)
    return render(request, "notifications/stop.html", {"is_stopped": request.method == "POST"})
