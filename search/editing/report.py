"""What people search and do not find, for the editors; see `searches` for what is never shown."""

from typing import Any
from urllib.parse import urlencode

import django_filters
from django.conf import settings
from django.db.models import F, QuerySet
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, NumberColumn, TitleColumn
from wagtail.admin.views.reports import ReportView

from search.editing.searches import FEWEST, FEWEST_AT_ONCE, KEPT_DAYS, SearchCount

Row = dict[str, Any]
Rows = QuerySet[SearchCount, Row]


def _search(row: Row) -> str:
    """The search itself, as its searchers saw it."""
    with translation.override(row["language"]):
        return f"{reverse('search:search')}?{urlencode({'q': row['words']})}"


def _language(row: Row) -> str:
    return str(dict(settings.LANGUAGES).get(row["language"], row["language"]))


class WaysOnColumn(Column):
    """Links to a synonym list and a best bet that begin with the words."""

    cell_template_name = "search/editing/_ways_on.html"

    def get_cell_context_data(self, instance: Row, parent_context: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_cell_context_data(instance, parent_context)
        begun = urlencode({"words": instance["words"], "language": instance["language"]})
        context["synonyms_url"] = f"{reverse('wagtailsnippets_search_editing_synonymgroup:add')}?{begun}"
        context["best_bet_url"] = f"{reverse('wagtailsnippets_search_editing_bestbet:add')}?{begun}"
        return context


class SearchFilters(WagtailFilterSet):
    found = django_filters.ChoiceFilter(
        label=_("Found"),
        choices=[("nothing", _("Nothing found")), ("something", _("Something found"))],
        method="by_found",
    )
    language = django_filters.ChoiceFilter(label=_("Language"), choices=settings.LANGUAGES)

    class Meta:
        model = SearchCount
        fields = ["found", "language"]

    def by_found(self, rows: Rows, name: str, value: str) -> Rows:
        """Nothing: most of those who searched for it went without."""
        without = {"unanswered__gt": F("times") - F("unanswered")}
        return rows.filter(**without) if value == "nothing" else rows.exclude(**without)


class SearchReport(ReportView):
    """The wordings of the last ninety days, the most searched first."""

    model = SearchCount
    page_title = _("What people search")
    header_icon = "search"
    template_name = "search/editing/report.html"
    index_url_name = "searches"
    index_results_url_name = "searches_results"
    filterset_class = SearchFilters
    default_ordering = ["-times", "words"]
    list_export = ["words", "language", "times", "unanswered", "days", "last"]
    export_headings = {"words": _("Search"), "times": _("Searchers"), "unanswered": _("Found nothing")}
    columns: list[Any] = [
        TitleColumn("words", label=_("Search"), get_url=_search, sort_key="words"),
        Column("language", label=_("Language"), accessor=_language, sort_key="language"),
        NumberColumn("times", label=_("Searchers"), sort_key="times"),
        NumberColumn("unanswered", label=_("Found nothing"), sort_key="unanswered"),
        NumberColumn("days", label=_("Days"), sort_key="days"),
        Column("last", label=_("Last"), sort_key="last"),
        WaysOnColumn("ways_on", label=_("Make of it")),
    ]

    def get_base_queryset(self) -> Rows:
        return SearchCount.objects.totals()

    def get_queryset(self) -> Rows:
        ordered: Rows = self.order_queryset(self.get_base_queryset())
        return ordered

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"kept_days": KEPT_DAYS, "fewest": FEWEST, "at_once": FEWEST_AT_ONCE}
