"""The vocabularies in the admin."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from common.viewsets import NamedViewSet
from vocabulary import models


class TermViewSet(NamedViewSet):
    search_fields = [*NamedViewSet.search_fields, "aliases"]
    ordering = ["sort_order", "name_fi"]
    # Terms are put in order by dragging.
    sort_order_field = "sort_order"


class TaskAreaViewSet(TermViewSet):
    model = models.TaskArea
    icon = "grid"


class PhenomenonViewSet(TermViewSet):
    model = models.Phenomenon
    icon = "tag"


class ActorGroupViewSet(TermViewSet):
    model = models.ActorGroup
    icon = "group"


class MethodViewSet(TermViewSet):
    model = models.Method
    icon = "cog"


class CompetenceAreaViewSet(TermViewSet):
    model = models.CompetenceArea
    icon = "tick-inverse"


class ServiceViewSet(TermViewSet):
    model = models.Service
    icon = "form"


class RegionViewSet(TermViewSet):
    model = models.Region
    icon = "globe"
    list_display = [
        "name_fi",
        Column("tile_label", label=_("Tile"), sort_key="tile_label"),
        Column("region_name", label=_("Region (maakunta)"), sort_key="region_name"),
        Column("cooperation_area", label=_("Cooperation area"), sort_key="cooperation_area"),
        Column("code", label=pgettext_lazy("identifier", "Code"), sort_key="code"),
    ]
    list_filter = ["cooperation_area"]


class GlossaryTermViewSet(NamedViewSet):
    model = models.GlossaryTerm
    icon = "openquote"
    search_fields = [*TermViewSet.search_fields, "definition_fi"]


class VocabularyGroup(SnippetViewSetGroup):
    menu_label = _("Vocabularies")
    menu_name = "vocabularies"
    menu_icon = "list-ul"
    menu_order = 560
    items = (
        TaskAreaViewSet,
        PhenomenonViewSet,
        ActorGroupViewSet,
        MethodViewSet,
        CompetenceAreaViewSet,
        ServiceViewSet,
        RegionViewSet,
        GlossaryTermViewSet,
    )
