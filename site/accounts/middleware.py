"""The second factor that staff must have where settings say so."""

from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from common.csp import ADMIN_PREFIX
from common.permissions import is_staff_member


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
            settings.REQUIRE_STAFF_MFA
            and request.path_info.startswith(ADMIN_PREFIX)
            and request.user.is_authenticated
            and is_staff_member(request.user)
            and not is_mfa_enabled(request.user)
        )
