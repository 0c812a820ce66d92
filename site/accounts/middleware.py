"""Whose session holds, and who gets as far as the administration: staff, with the second factor where needed."""

from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from common.csp import ADMIN_PREFIX
from common.permissions import is_staff_member


def sign_out_demo_accounts(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """End the sessions of demonstration accounts where DEMO is off; the request goes on as a stranger's."""

    def middleware(request: HttpRequest) -> HttpResponse:
        # Without the cookie there is no session to look into, and the answer need not vary by it.
        has_session = settings.SESSION_COOKIE_NAME in request.COOKIES
        if has_session and not settings.DEMO and getattr(request.user, "is_demo", False):
            logout(request)
        return get_response(request)

    return middleware


def only_staff_in_admin(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Tell others who are signed in that they have no access.

    Wagtail sends them to sign in, which sends who has done so back: an endless circle.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        inside = request.path_info.startswith(ADMIN_PREFIX)
        if inside and request.user.is_authenticated and not is_staff_member(request.user):
            raise PermissionDenied
        return get_response(request)

    return middleware


class RequireSecondFactor:
    """Send staff without a second factor to set one up before they reach the admin."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if self._is_missing(request):
            if request.headers.get("X-Requested-With") == "XMLHttpRequest":
                # A script would take the other page for its answer.
                return HttpResponseForbidden()
            messages.warning(request, _("Set up two-step sign-in first. The administration requires it."))
            return redirect("mfa_index")
        return self.get_response(request)

    def _is_missing(self, request: HttpRequest) -> bool:
        return (
            request.path_info.startswith(ADMIN_PREFIX)
            and request.user.is_authenticated
            and is_staff_member(request.user)
            and not request.user.has_required_second_factor()
        )
