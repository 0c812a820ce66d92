"""Whose session holds, and who gets as far as the administration: staff, with the second factor where needed."""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME, logout
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
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


def back_to_the_form(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Let who sent a form after their session had ended come back to its page once they have signed in.

    The address that it was sent to is often no page: it answers nothing but sent forms.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.method != "POST" or response.status_code != 302:
            return response
        sign_in, _mark, query = response["Location"].partition("?")
        asked = QueryDict(query, mutable=True)
        page = _page_of_the_form(request)
        if page and sign_in == reverse("account_login") and asked.get(REDIRECT_FIELD_NAME) == request.get_full_path():
            asked[REDIRECT_FIELD_NAME] = page
            response["Location"] = f"{sign_in}?{asked.urlencode(safe='/')}"
        return response

    return middleware


def _page_of_the_form(request: HttpRequest) -> str:
    """The address within the site where the form was, as the browser tells it; "" where it does not."""
    told = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(told, {request.get_host()}, require_https=request.is_secure()):
        return ""
    parts = urlsplit(told)
    page = parts.path + (f"?{parts.query}" if parts.query else "")
    # Two strokes at its beginning would make of the path the name of another site.
    return page if url_has_allowed_host_and_scheme(page, None) else ""


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
