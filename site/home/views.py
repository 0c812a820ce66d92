"""Pages that are not in the page tree, and the way to those that are."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from wagtail.views import serve

from accounts.roles import role_names
from common import languages, shared, switcher
from common.permissions import is_staff_member
from common.trail import Trail
from home import routing
from home.machines import favicon, healthz, manifest, readyz, robots, security_txt, sitemap
from home.mine import mine_of, name_of
from home.untranslated import finnish_way

__all__ = [
    "favicon",
    "healthz",
    "manifest",
    "mine",
    "readyz",
    "robots",
    "security_txt",
    "serve_page",
    "sitemap",
]


def serve_page(request: HttpRequest, path: str = "") -> HttpResponse:
    """Serve a page of the tree; where the language lacks it, say that it is only in Finnish and offer that."""
    way = routing.find(request, path)
    try:
        return serve(request, path)
    except Http404:
        finnish = finnish_way(way, path) if way else None
        if finnish is None:
            raise
        return _only_in_finnish(request, finnish)


def _only_in_finnish(request: HttpRequest, way: Trail) -> HttpResponse:
    page = way.steps[-1]
    language = languages.current()
    sections = [way.live_in(step, language) for step in way.steps[:-1]]
    context = {
        "finnish": page,
        "language_links": switcher.of_page(page, request, way),
        # The sections above it that the language has.
        "crumbs": [section for section in sections if section is not None],
    }
    return render(request, "home/untranslated.html", context)


@login_required
def mine(request: HttpRequest) -> HttpResponse:
    """The person's own page: where to go on, what is due and done, who they are here and where their settings are."""
    person: Any = request.user
    roles = role_names(person.groups.values_list("name", flat=True))
    # Staff are those who have a role: most people have none, and their permissions need not be read.
    is_staff = bool(roles or person.is_superuser) and is_staff_member(person)
    organisation = name_of(person.organisation_id) if person.organisation_id else ""
    context = {"is_staff_member": is_staff, "roles": roles, "organisation": organisation, "mine": mine_of(request)}
    return HttpResponse(shared.of_parts(request, "home/mine_frame.html", {}, "home/mine.html", context))
