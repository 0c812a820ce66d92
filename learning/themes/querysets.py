"""What the theme pages read."""

import datetime
from typing import Self

from wagtail.models import PageManager as WagtailPageManager

from common.querysets import PageQuerySet


class ThemeQuerySet(PageQuerySet):
    def for_cards(self) -> Self:
        return super().for_cards().prefetch_related("task_areas")

    def current_on(self, day: datetime.date) -> Self:
        """Themes whose month holds the day."""
        return self.filter(month=day.replace(day=1))

    def coming_on(self, day: datetime.date) -> Self:
        """Themes of later months, soonest first."""
        return self.filter(month__gt=day.replace(day=1)).order_by("month", "order")

    def past_on(self, day: datetime.date) -> Self:
        """Themes of earlier months, latest first."""
        return self.filter(month__lt=day.replace(day=1)).order_by("-month", "order")

    def without_month(self) -> Self:
        """Themes that belong to no month: always open."""
        return self.filter(month=None).order_by("order", "title")


ThemeManager = WagtailPageManager.from_queryset(ThemeQuerySet)
