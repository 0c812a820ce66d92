"""What the blog reads."""

from typing import Self

from wagtail.models import PageManager as WagtailPageManager

from common.querysets import PageQuerySet


class PostQuerySet(PageQuerySet):
    def for_cards(self) -> Self:
        return (
            super()
            .for_cards()
            .select_related("task_area", "organisation", "author_group")
            .order_by("-date", "-pk")
        )


PostManager = WagtailPageManager.from_queryset(PostQuerySet)
