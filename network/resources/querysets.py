"""What the resource lists read."""

from typing import Self

from django.db.models import OuterRef, Subquery
from wagtail.models import PageManager as WagtailPageManager

from common.collation import in_order
from common.querysets import PageQuerySet
from vocabulary.models import TaskArea


class ResourceQuerySet(PageQuerySet):
    def for_page(self) -> Self:
        return super().for_page().select_related("publisher", "document").prefetch_related("task_areas")

    def for_cards(self) -> Self:
        """With whose it is, its file, and of the task areas the code of the first: all in one query."""
        areas = TaskArea.objects.filter(resourcepage=OuterRef("pk")).order_by("sort_order", "name_fi")
        return (
            super()
            .for_cards()
            .select_related("publisher", "document")
            .annotate(first_area=Subquery(areas.values("code")[:1]))
            .order_by("-year", in_order("title"), "pk")
        )


ResourceManager = WagtailPageManager.from_queryset(ResourceQuerySet)
