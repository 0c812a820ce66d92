"""Registered with Wagtail's admin by being imported."""

from typing import Any

from django.urls import path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.snippets.models import register_snippet

from search.editing.report import SearchReport
from search.editing.viewsets import SearchGroup

register_snippet(SearchGroup)


@hooks.register("register_admin_urls")
def addresses() -> list[Any]:
    return [
        path("reports/searches/", SearchReport.as_view(), name="searches"),
        path("reports/searches/results/", SearchReport.as_view(results_only=True), name="searches_results"),
    ]


@hooks.register("register_reports_menu_item")
def menu_item() -> MenuItem:
    return MenuItem(_("What people search"), reverse_lazy("searches"), name="searches", icon_name="search", order=1100)
