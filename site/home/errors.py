"""Pages for what goes wrong. The one for a failing server asks nothing of anything that may be failing."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader
from django.templatetags.static import static
from django.utils import translation
from wagtail.models import Page

from common import languages
from common.middleware import language_of_path
from common.stylesheets import NAME as STYLES

SHORTEST_SLUG = 4
GUESSES = 3


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _plain(request, "400.html", status=400)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "403.html", status=403)


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "404.html", {"likely": likely_pages(request.path)}, status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    return _plain(request, "500.html", status=500)


def likely_pages(path: str) -> list[Page]:
    """Public pages whose last part of the address is that of the missing one; those in the reader's language first."""
    slug = next((part for part in reversed(path.split("/")) if part), "")[:100]
    if len(slug) < SHORTEST_SLUG:
        return []
    pages = Page.objects.live().public().filter(depth__gt=2, slug__startswith=slug).select_related("locale")
    found = list(pages.order_by("depth", "path")[: GUESSES * 3])
    return sorted(found, key=lambda page: page.locale.language_code != languages.current())[:GUESSES]


def _plain(request: HttpRequest, template: str, status: int) -> HttpResponse:
    """Render without the request, so that no context processor, session or database is met."""
    try:
        stylesheet = static(STYLES)
    except ValueError:  # static files have not been collected
        stylesheet = ""
    language = language_of_path(request.path_info)
    with translation.override(language):
        html = loader.get_template(template).render({"stylesheet": stylesheet, "language": language})
    return HttpResponse(html, status=status, headers={"Content-Language": language})
