"""The lists of the editors in the admin."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, UpdatedAtColumn
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from common.viewsets import RowViewSet
from search.editing.models import BestBet, SynonymGroup


def _retired(group: SynonymGroup) -> str:
    return ", ".join(group.retired_list)


def _pages(bet: BestBet) -> str:
    return ", ".join(chosen.page.title for chosen in bet.pages.all())


class SynonymGroupViewSet(RowViewSet):
    model = SynonymGroup
    icon = "list-ul"
    base_url_path = "search/synonyms"
    search_fields = ["words", "retired", "note"]
    list_display = ["__str__", Column("retired", label=_("Retired words"), accessor=_retired), UpdatedAtColumn()]


class BestBetViewSet(RowViewSet):
    model = BestBet
    icon = "pick"
    base_url_path = "search/best-bets"
    search_fields = ["queries", "note", "pages__page__title"]
    list_display: list[Any] = [
        "__str__",
        Column("pages", label=_("Pages"), accessor=_pages),
        Column("language", label=_("Language"), accessor="get_language_display", sort_key="language"),
        UpdatedAtColumn(),
    ]
    list_filter = ["language"]

    def get_queryset(self, request: Any) -> Any:
        return BestBet.objects.prefetch_related("pages__page")


class SearchGroup(SnippetViewSetGroup):
    menu_label = _("Search")
    menu_name = "search"
    menu_icon = "search"
    menu_order = 570
    items = (SynonymGroupViewSet, BestBetViewSet)
