"""The admin as a whole: how it looks, and what its menus offer to each role."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import path, reverse_lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.account import AvatarSettingsPanel
from wagtail.models import Page
from wagtail.permissions import policy_registry

from home.administration_language import administration_language
from home.explorer import SectionsMenuItem
from home.panels import OwnPages, WhatWaits
from home.reports import UntranslatedPages, may_see_reports

# Links to Wagtail's own site, in English and about versions that editors don't choose.
OUTSIDE_HELP = ("whats-new-in-wagtail", "editor-guide")

# Pictures of staff would be personal data in the folder of originals, which nobody is served from.
AvatarSettingsPanel.is_active = lambda panel: False


@hooks.register("insert_global_admin_css")
def brand() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("home/admin.css"))


@hooks.register("construct_main_menu")
def keep_what_the_role_needs(request: HttpRequest, items: list[MenuItem]) -> None:
    """Reports are for those who publish; the page explorer begins where the role works."""
    shows_reports = may_see_reports(request.user)
    items[:] = [
        SectionsMenuItem.replacing(item) if item.name == "explorer" else item
        for item in items
        if shows_reports or item.name != "reports"
    ]


@hooks.register("construct_homepage_panels")
def begin_with_what_waits(request: HttpRequest, panels: list[Any]) -> None:
    panels.append(WhatWaits())
    if not policy_registry.get_by_type(Page).user_has_permission(request.user, "publish"):
        panels.append(OwnPages())


@hooks.register("register_admin_urls")
def reports() -> list[Any]:
    page = UntranslatedPages.as_view()
    return [
        path("reports/untranslated/", page, name="untranslated_pages"),
        path(
            "reports/untranslated/results/",
            UntranslatedPages.as_view(results_only=True),
            name="untranslated_pages_results",
        ),
    ]


@hooks.register("register_admin_urls")
def language() -> list[Any]:
    return [path("kieli/<str:language>/", administration_language, name="administration_language")]


@hooks.register("register_reports_menu_item")
def menu_item_of_untranslated_pages() -> MenuItem:
    return MenuItem(
        _("Pages without translations"),
        reverse_lazy("untranslated_pages"),
        name="untranslated-pages",
        icon_name="globe",
        order=100,
    )


@hooks.register("register_help_menu_item")
def menu_item_of_the_styles() -> MenuItem:
    return MenuItem(_("Styles"), reverse_lazy("styles:page"), name="styles", icon_name="view", order=2000)


@hooks.register("construct_help_menu")
def keep_help_on_this_site(request: HttpRequest, items: list[MenuItem]) -> None:
    items[:] = [item for item in items if not item.name.startswith(OUTSIDE_HELP)]


@hooks.register("construct_settings_menu")
def keep_the_languages(request: HttpRequest, items: list[MenuItem]) -> None:
    """The three languages are built into the addresses; no role may change them."""
    items[:] = [item for item in items if item.name != "locales"]


@hooks.register("before_copy_page")
def copy_only_what_one_may_edit(request: HttpRequest, page: Page) -> None:
    """A copy holds the drafts and notes of the page, so it asks for the same right as reading them."""
    if not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied


@hooks.register("before_bulk_action")
def leave_superusers_alone(request: HttpRequest, action: str, objects: list[Any], view: Any) -> None:
    """Leave accounts above one's own alone: only a superuser changes superusers."""
    if any(getattr(thing, "is_superuser", False) for thing in objects) and not request.user.is_superuser:
        raise PermissionDenied
