"""The name of one's account: what teachers see, and what new certificates say."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.forms import NameForm
from accounts.models import User
from learning.credentials.services import certificates_of


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def name(request: HttpRequest) -> HttpResponse:
    """Show the name; POST keeps it. Certificates keep theirs: the page tells which ones have another."""
    person: Any = request.user
    # A copy: a name that is refused must not show in the frame of the page as if it had been saved.
    form = NameForm(request.POST or None, instance=User.objects.get(pk=person.pk))
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Your name is saved."))
        return redirect("home:name")
    now = person.get_full_name().strip()
    others = [each for each in certificates_of(person) if each.is_valid and each.says.learner != now]
    context = {"form": form, "certificates": others if now else []}
    response = render(request, "home/name.html", context, status=422 if form.errors else 200)
    patch_cache_control(response, private=True, no_store=True)
    return response
