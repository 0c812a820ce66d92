"""What the directory reads."""

from typing import Self

from wagtail.models import PageManager as WagtailPageManager

from common.collation import in_order
from common.querysets import PageQuerySet


class OrganisationPageQuerySet(PageQuerySet):
    def for_page(self) -> Self:
        return super().for_page().select_related("organisation")

    def for_cards(self) -> Self:
        return (
            super()
            .for_cards()
            .select_related("organisation")
            .prefetch_related("organisation__regions", "organisation__task_areas")
            .order_by(in_order("title"), "pk")
        )


OrganisationPageManager = WagtailPageManager.from_queryset(OrganisationPageQuerySet)
