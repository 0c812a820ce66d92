"""Reports tell who edited what on the whole site: they are for those who publish."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from wagtail.admin.auth import permission_denied
from wagtail.models import Page
from wagtail.permissions import policy_registry

from common.csp import ADMIN_PREFIX
from common.permissions import is_staff_member

REPORTS_PREFIX = f"{ADMIN_PREFIX}reports/"


def may_see_reports(user: Any) -> bool:
    """Whether the person publishes pages somewhere, so that the reports are of use to them."""
    return is_staff_member(user) and bool(policy_registry.get_by_type(Page).user_has_permission(user, "publish"))


def only_publishers_in_reports(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Close the reports' addresses as the menu is closed.

    Wagtail opens them to whoever may edit some page, and each of them by a rule of its own.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        inside = request.path_info.startswith(REPORTS_PREFIX)
        if inside and request.user.is_authenticated and not may_see_reports(request.user):
            refusal: HttpResponse = permission_denied(request)
            return refusal
        return get_response(request)

    return middleware
