"""What the theme pages read."""

import datetime
from typing import Self

from wagtail.models import PageManager as WagtailPageManager

from common.querysets import PageQuerySet


class ThemeQuerySet(PageQuerySet):
    def for_cards(self) -> Self:
        return super().for_cards().prefetch_related("task_areas")

    def past_on(self, day: datetime.date) -> Self:
        """Themes of earlier months, latest first."""
        return self.filter(month__lt=day.replace(day=1)).order_by("-month", "order")


ThemeManager = WagtailPageManager.from_queryset(ThemeQuerySet)
