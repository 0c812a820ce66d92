"""What the resource lists read."""

from typing import Self

from wagtail.models import PageManager as WagtailPageManager

from common.querysets import PageQuerySet


class ResourceQuerySet(PageQuerySet):
    def for_page(self) -> Self:
        return super().for_page().select_related("publisher", "document").prefetch_related("task_areas")

    def for_cards(self) -> Self:
        return (
            super()
            .for_cards()
            .select_related("publisher", "document")
            .prefetch_related("task_areas")
            .order_by("-year", "title")
        )


ResourceManager = WagtailPageManager.from_queryset(ResourceQuerySet)
