"""The texts of files in the admin."""

from typing import Any

from django.http import HttpRequest
from django.urls import path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from common.models import SiteDocument
from search.filetexts.report import FileTextReport
from search.signals import file_changed


@hooks.register("after_bulk_action")
def files_moved(request: HttpRequest, action: str, objects: list[Any], view: Any) -> None:
    """Wagtail moves many documents to another collection without a signal of each."""
    for document in objects:
        if isinstance(document, SiteDocument) and action == "add_to_collection":
            file_changed(SiteDocument, document)


@hooks.register("register_admin_urls")
def addresses() -> list[Any]:
    return [
        path("reports/file-texts/", FileTextReport.as_view(), name="file_texts"),
        path("reports/file-texts/results/", FileTextReport.as_view(results_only=True), name="file_texts_results"),
    ]


@hooks.register("register_reports_menu_item")
def menu_item() -> MenuItem:
    return MenuItem(
        _("Texts of files"), reverse_lazy("file_texts"), name="file-texts", icon_name="doc-full-inverse", order=1200
    )
