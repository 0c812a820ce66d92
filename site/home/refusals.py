"""A clear answer where the administration asks for what a rule of the content forbids."""

import traceback
from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Model, ProtectedError, RestrictedError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.datastructures import MultiValueDictKeyError
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from common.csp import ADMIN_PREFIX
from common.errors import Refused
from home.errors import bad_request

NAMED = 3


class RefusalsInWords:
    """Turn a refusal into a message on the page where the change was asked for.

    Deleting: Wagtail asks its index of references first, but the index follows a moment behind and does not know
    all tables. Copying and publishing from a list: Wagtail saves without a form that would show what is wrong;
    so does a workflow that ends in publishing.
    Forms that no page of the administration sends, without the numbers of their blocks, are answered with 400.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not request.path_info.startswith(ADMIN_PREFIX):
            return None
        if isinstance(exception, ProtectedError):
            text = _refusal(list(exception.protected_objects))
        elif isinstance(exception, RestrictedError):
            text = _refusal(list(exception.restricted_objects))
        elif isinstance(exception, ValidationError):
            text = " ".join(exception.messages)
        elif isinstance(exception, Refused):
            text = str(exception.message)
        elif _is_broken_form(exception):
            return bad_request(request, exception)
        else:
            return None
        if request.headers.get("X-Requested-With") == "XMLHttpRequest":
            return JsonResponse({"success": False, "error_message": text}, status=409)
        messages.error(request, text)
        return redirect(_page_before(request))


def _is_broken_form(exception: Exception) -> bool:
    """Whether a block could not be read from what was sent: a field of its own is missing or is no number."""
    if not isinstance(exception, MultiValueDictKeyError | ValueError):
        return False
    return any(frame.name == "value_from_datadict" for frame in traceback.extract_tb(exception.__traceback__))


def _refusal(users: list[Model]) -> str:
    names = ", ".join(f"“{user}”" for user in users[:NAMED])
    more = len(users) - NAMED
    if more > 0:
        return ngettext(
            "This cannot be deleted, because %(names)s and %(more)d other still use it.",
            "This cannot be deleted, because %(names)s and %(more)d others still use it.",
            more,
        ) % {"names": names, "more": more}
    return _("This cannot be deleted, because it is still used: %(names)s.") % {"names": names}


def _page_before(request: HttpRequest) -> str:
    before = request.headers.get("Referer", "")
    if url_has_allowed_host_and_scheme(before, {request.get_host()}, request.is_secure()):
        return before
    return ADMIN_PREFIX
