"""Pages that are not in the page tree."""

from django.http import HttpRequest, HttpResponse
from wagtail.views import serve


def _x(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok")


healthz = readyz = robots = sitemap = security_txt = favicon = manifest = mine = _x


def serve_page(request: HttpRequest, path: str = "") -> HttpResponse:
    return serve(request, path)
