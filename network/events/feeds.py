"""Events as an Atom feed: what has been announced, the newest first."""

import datetime
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext

from common.feeds import PageFeed, writable
from network.events.models import EventIndexPage, EventPage


class EventFeed(PageFeed):
    """Announced events, each with its time and place. A calendar subscribes to `tapahtumat.ics` instead."""

    list_page = EventIndexPage

    def title(self, request: HttpRequest) -> str:
        return gettext("Osaamisverkosto: events")

    def pages(self, language: str) -> Any:
        return EventPage.objects.in_language(language).for_cards().order_by("-first_published_at", "-pk")

    def item_title(self, item: EventPage) -> str:
        title = super().item_title(item)
        return gettext("Cancelled: %(title)s") % {"title": title} if item.event.is_cancelled else title

    def item_description(self, item: EventPage) -> str:
        when, event = item.when, item.event
        place = event.place if event.format != event.Format.REMOTE and event.place else event.get_format_display()
        facts = [f"{when.day} {when.hours}".strip() if when else "", place]
        return writable(". ".join(part for part in [", ".join(filter(None, facts)), item.meta_description] if part))

    def item_updateddate(self, item: EventPage) -> datetime.datetime:
        return max(super().item_updateddate(item), item.event.changed_at)

    def item_categories(self, item: EventPage) -> list[str]:
        return [str(item.event.get_type_display())]
