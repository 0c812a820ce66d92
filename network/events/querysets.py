"""What the event lists read."""

import datetime
from typing import Self

from django.db.models import Max, Min, Prefetch
from wagtail.models import PageManager as WagtailPageManager

from common.querysets import PageQuerySet


class EventPageQuerySet(PageQuerySet):
    def for_page(self) -> Self:
        return super().for_page().select_related("event__series").prefetch_related("event__task_areas")

    def for_cards(self) -> Self:
        """With the event and its sessions, whatever the number of cards."""
        from network.events.models import Session

        return (
            super()
            .for_cards()
            .select_related("event", "event__series")
            .prefetch_related(
                Prefetch("event__sessions", Session.objects.order_by("starts")),
            )
            .with_times()
        )

    def with_times(self) -> Self:
        return self.annotate(first_starts=Min("event__sessions__starts"), last_ends=Max("event__sessions__ends"))

    def coming_at(self, moment: datetime.datetime) -> Self:
        """Events that have not ended, soonest first."""
        return self.filter(last_ends__gte=moment).order_by("first_starts", "pk")

    def past_at(self, moment: datetime.datetime) -> Self:
        """Events that have ended, latest first."""
        return self.filter(last_ends__lt=moment).order_by("-first_starts", "-pk")


EventPageManager = WagtailPageManager.from_queryset(EventPageQuerySet)
