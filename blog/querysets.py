"""What the blog reads."""

import datetime
from typing import TYPE_CHECKING, Self

from django.db.models import Q
from wagtail.models import PageManager as WagtailPageManager

from common.querysets import PageQuerySet

if TYPE_CHECKING:
    from blog.models import PostPage


class PostQuerySet(PageQuerySet):
    def for_page(self) -> Self:
        return super().for_page().select_related("task_area", "organisation", "author_group", "channel", "picture")

    def for_cards(self) -> Self:
        related = super().for_cards().select_related("task_area", "organisation", "author_group", "channel")
        return related.order_by("-date", "-pk")

    def for_newsletter(self, since: datetime.datetime) -> Self:
        """What has come to the site since the last issue, the newest first: a post that was corrected is not new."""
        return self.live().for_cards().filter(first_published_at__gt=since)

    def earlier_than(self, post: "PostPage") -> Self:
        """Older posts, the nearest first. A post that is previewed before its first save has no key yet."""
        older = Q(date__lt=post.date) | Q(date=post.date, pk__lt=post.pk or 0)
        return self.filter(older).select_related("locale").order_by("-date", "-pk")

    def later_than(self, post: "PostPage") -> Self:
        """Newer posts, the nearest first."""
        newer = Q(date__gt=post.date) | Q(date=post.date, pk__gt=post.pk or 0)
        return self.filter(newer).select_related("locale").order_by("date", "pk")


PostManager = WagtailPageManager.from_queryset(PostQuerySet)
