"""The lists of the editors in the admin."""

from typing import Any

from django.conf import settings
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.admin.ui.tables import BooleanColumn, Column, DateColumn
from wagtail.snippets.views.snippets import CreateView, SnippetViewSetGroup

from common.viewsets import RowViewSet
from search.editing.models import BestBet, SynonymGroup
from search.models import SearchWish


def _retired(group: SynonymGroup) -> str:
    return ", ".join(group.retired_list)


def _pages(bet: BestBet) -> str:
    return ", ".join(chosen.page.title for chosen in bet.pages.all())


def _beginning(wish: SearchWish) -> str:
    return Truncator(wish.message).chars(120)


class BeginWithWords(CreateView):
    """The empty form, or one that begins with the words of a search that the report led from."""

    def get_initial_form_instance(self) -> SynonymGroup | BestBet:
        words, language = self.request.GET.get("words", ""), self.request.GET.get("language", "")
        if self.model is SynonymGroup:
            return SynonymGroup(words=words)
        return BestBet(queries=words, language=language if language in dict(settings.LANGUAGES) else "fi")


class SynonymGroupViewSet(RowViewSet):
    model = SynonymGroup
    icon = "list-ul"
    base_url_path = "search/synonyms"
    add_view_class = BeginWithWords
    search_fields = ["words", "retired", "note"]
    list_display = ["__str__", Column("retired", label=_("Retired words"), accessor=_retired)]


class BestBetViewSet(RowViewSet):
    model = BestBet
    icon = "pick"
    base_url_path = "search/best-bets"
    add_view_class = BeginWithWords
    search_fields = ["queries", "note", "pages__page__title"]
    list_display: list[Any] = [
        "__str__",
        Column("pages", label=_("Pages"), accessor=_pages),
        Column("language", label=_("Language"), accessor="get_language_display", sort_key="language"),
    ]
    list_filter = ["language"]

    def get_queryset(self, request: Any) -> Any:
        return BestBet.objects.prefetch_related("pages__page")


class SearchWishViewSet(RowViewSet):
    """What people have told that they did not find; nobody adds one here."""

    model = SearchWish
    icon = "comment"
    base_url_path = "search/wishes"
    search_fields = ["words", "message"]
    list_display = [
        "words",
        Column("message", label=_("Message"), accessor=_beginning),
        BooleanColumn("is_done", label=_("Done"), sort_key="is_done"),
        DateColumn("sent_at", label=_("Sent"), sort_key="sent_at"),
    ]
    list_filter = ["is_done", "language"]
    panels = [
        FieldPanel("words", read_only=True),
        FieldPanel("message", read_only=True),
        FieldPanel("sent_at", read_only=True),
        FieldPanel("is_done"),
    ]


class SearchGroup(SnippetViewSetGroup):
    # The administration's own search stands in the menu too.
    menu_label = _("Words of the search")
    menu_name = "search-words"
    menu_icon = "key"
    menu_order = 570
    items = (SynonymGroupViewSet, BestBetViewSet, SearchWishViewSet)
