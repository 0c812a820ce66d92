"""The report of what could and could not be read in the files."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.db.models.functions import Length
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, NumberColumn, TitleColumn
from wagtail.admin.views.reports import ReportView

from search.filetexts.models import FileText


def _editing(row: FileText) -> str:
    return reverse("wagtaildocs:edit", args=[row.document_id])


def _resources(row: FileText) -> str:
    return ", ".join(page.title for page in row.document.resources.all())


class FileTextFilters(WagtailFilterSet):
    problem = django_filters.ChoiceFilter(
        label=_("State"), choices=[choice for choice in FileText.Problem.choices if choice[0]]
    )

    class Meta:
        model = FileText
        fields = ["problem"]


class FileTextReport(ReportView):
    """Every file that can have text: those without first, for they are found by their title alone."""

    model = FileText
    page_title = _("Texts of files")
    header_icon = "doc-full-inverse"
    index_url_name = "file_texts"
    index_results_url_name = "file_texts_results"
    filterset_class = FileTextFilters
    default_ordering = ["-problem", "document__title"]
    list_export = ["document.title", "get_problem_display", "length", "read_at"]
    export_headings = {"document.title": _("Document"), "get_problem_display": _("State"), "length": _("Characters")}
    columns: list[Any] = [
        TitleColumn("document", label=_("Document"), get_url=_editing, sort_key="document__title"),
        Column("problem", label=_("State"), accessor="get_problem_display", sort_key="problem"),
        NumberColumn("length", label=_("Characters"), sort_key="length"),
        Column("resources", label=_("Resources"), accessor=_resources),
        DateColumn("read_at", label=_("Read"), sort_key="read_at"),
    ]

    def get_queryset(self) -> "QuerySet[FileText]":
        rows = FileText.objects.annotate(length=Length("text")).defer("text").select_related("document")
        ordered: QuerySet[FileText] = self.order_queryset(rows.prefetch_related("document__resources"))
        return ordered
