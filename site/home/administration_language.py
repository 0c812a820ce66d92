"""The language of the administration and of the teachers' desk: chosen for the account, as the addresses name none."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import override
from django.views.decorators.http import require_http_methods
from wagtail.users.models import UserProfile

from common import languages, switcher


@require_http_methods(["GET", "HEAD", "POST"])
def administration_language(request: HttpRequest, language: str) -> HttpResponse:
    """Ask in the language whether the administration shall be in it; POST keeps it and leads back."""
    if language not in languages.codes():
        raise Http404
    back = _way_back(request)
    if request.method == "POST":
        reader: Any = request.user
        UserProfile.objects.update_or_create(user=reader, defaults={"preferred_language": language})
        return redirect(back)
    context = {"back": back, "language_links": switcher.of_administration(back)}
    with override(language):
        response = render(request, "home/administration_language.html", context)
    patch_cache_control(response, private=True, no_store=True)
    return response


def _way_back(request: HttpRequest) -> str:
    asked, home = request.GET.get(switcher.BACK, ""), reverse("wagtailadmin_home")
    return asked if asked.startswith(home) and url_has_allowed_host_and_scheme(asked, None) else home
