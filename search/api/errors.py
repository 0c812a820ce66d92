"""What goes wrong outside the views is told in the form that its reader expects: a problem for programs, or a page."""

from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _

from home import errors
from search.api.problems import DOCUMENT, Problem
from search.api.reading import PATH
from search.api.views import accepted

PREFIX = PATH.removesuffix("search/")


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    if not request.path_info.startswith(PREFIX):
        return errors.bad_request(request, exception)
    language = accepted(request)
    with translation.override(language):
        told = _("Write the value in UTF-8, without NUL characters.")
        faults = [(name.replace("\x00", "")[:50], told) for name in _unreadable(request)]
        detail = told if faults else _("Check the address.")
        answer = Problem(400, "InvalidParameters", _("The request could not be read"), detail, faults).response(request)
    return _told(answer, language)


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    if not request.path_info.startswith(PREFIX):
        return errors.page_not_found(request, exception)
    language = accepted(request)
    with translation.override(language):
        detail = _("The addresses are described in %(document)s.") % {"document": DOCUMENT}
        answer = Problem(404, "NotFound", _("There is nothing at this address"), detail).response(request)
    return _told(answer, language)


def server_error(request: HttpRequest) -> HttpResponse:
    """Ask nothing of anything that may be failing."""
    if not request.path_info.startswith(PREFIX):
        return errors.server_error(request)
    language = accepted(request)
    with translation.override(language):
        detail = _("The fault is ours and it has been noted. Try again in a moment.")
        answer = Problem(500, "Failed", _("Something went wrong"), detail).response(request)
    return _told(answer, language)


def _told(answer: HttpResponse, language: str) -> HttpResponse:
    answer["Content-Language"] = language
    answer["X-Robots-Tag"] = "noindex"
    patch_vary_headers(answer, ["Accept-Language"])
    return answer


def _unreadable(request: HttpRequest) -> list[str]:
    return [name for name, values in request.GET.lists() if "\x00" in "".join([name, *map(str, values)])]
