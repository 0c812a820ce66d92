"""Reports: who may see them, and the one that Wagtail lacks, what has not been translated."""

from collections.abc import Callable
from typing import Any

import django_filters
from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.auth import permission_denied
from wagtail.admin.filters import ContentTypeFilter, WagtailFilterSet
from wagtail.admin.views.reports import PageReportView
from wagtail.models import Page, get_page_content_types
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


def lacking(language: str) -> "QuerySet[Page]":
    """The public Finnish pages that have no published translation in the language."""
    translated = Page.objects.live().filter(translation_key=OuterRef("translation_key"), locale__language_code=language)
    finnish = Page.objects.live().public().filter(locale__language_code=settings.LANGUAGE_CODE, depth__gt=1)
    return finnish.filter(~Exists(translated)).select_related("locale").order_by("path")


class UntranslatedFilters(WagtailFilterSet):
    language = django_filters.ChoiceFilter(
        label=_("Missing language"),
        choices=[(code, name) for code, name in settings.LANGUAGES if code != settings.LANGUAGE_CODE],
        method="without",
    )
    content_type = ContentTypeFilter(
        label=_("Type"), queryset=lambda request: get_page_content_types(include_base_page_type=False)
    )

    class Meta:
        model = Page
        fields = ["language", "content_type"]

    def without(self, pages: "QuerySet[Page]", name: str, language: str) -> "QuerySet[Page]":
        return pages.filter(pk__in=lacking(language).values("pk"))


class UntranslatedPages(PageReportView):
    """The Finnish pages that are not in every language, in the order of the site."""

    page_title = _("Pages without translations")
    header_icon = "globe"
    index_url_name = "untranslated_pages"
    index_results_url_name = "untranslated_pages_results"
    filterset_class = UntranslatedFilters
    any_permission_required = ["publish"]

    def get_queryset(self) -> "QuerySet[Page]":
        pages = Page.objects.none()
        for code, _name in settings.LANGUAGES:
            if code != settings.LANGUAGE_CODE:
                pages = pages | lacking(code)
        return pages
