"""The addresses of the site, and a view that does nothing."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from config.urls import handler400, handler403, handler404, handler500, urlpatterns

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

EMPTY = "/tyhja/"


def empty(request: HttpRequest) -> HttpResponse:
    # Nothing may keep it: it passes all of our middleware every time.
    return HttpResponse(headers={"Cache-Control": "no-store"})


urlpatterns = [path(EMPTY.strip("/") + "/", empty), *urlpatterns]
