"""Events and event series in the admin."""

from django.db.models import Min, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from common.viewsets import NamedViewSet
from network.events.models import Event, EventSeries
from network.events.times import when


def _begins(event: Event) -> str:
    """The day of the first session, as exactly as it is known; Wagtail's column calls all that is coming "just now"."""
    sessions = sorted(event.sessions.all(), key=lambda session: session.starts)
    return when(event, sessions[0]).day if sessions else ""


class EventViewSet(NamedViewSet):
    """The newest first, by the start of the first session."""

    model = Event
    icon = "calendar-alt"
    ordering = ["-first_starts", "name_fi"]
    search_fields = [*NamedViewSet.search_fields, "place"]
    list_display = [
        "name_fi",
        Column("first_starts", label=_("Begins"), accessor=_begins, sort_key="first_starts"),
        Column("type", label=_("Type"), accessor="get_type_display", sort_key="type"),
        Column("format", label=pgettext_lazy("event", "Format"), accessor="get_format_display", sort_key="format"),
        Column("status", label=_("Status"), accessor="get_status_display", sort_key="status"),
    ]
    list_filter = ["type", "status", "format", "series"]

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Event]":
        return Event.objects.annotate(first_starts=Min("sessions__starts")).prefetch_related("sessions")


class EventSeriesViewSet(NamedViewSet):
    model = EventSeries
    icon = "list-ol"


class EventGroup(SnippetViewSetGroup):
    menu_label = _("Events")
    menu_name = "events"
    menu_icon = "calendar-alt"
    menu_order = 540
    items = (EventViewSet, EventSeriesViewSet)
