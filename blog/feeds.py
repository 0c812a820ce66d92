"""The blog as an Atom feed."""

import datetime
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext

from blog.models import BlogIndexPage, PostPage
from common.feeds import PageFeed, writable


class PostFeed(PageFeed):
    """The latest posts, each by its writer's role."""

    list_page = BlogIndexPage

    def title(self, request: HttpRequest) -> str:
        return gettext("Osaamisverkosto: blog")

    def pages(self, language: str) -> Any:
        return PostPage.objects.in_language(language).for_cards().prefetch_related("phenomena", "other_authors")

    def item_author_name(self, item: PostPage) -> str:
        authors = [(item.author_name, item.author_title)]
        authors += [(each.name, each.title) for each in item.other_authors.all()]
        return writable("; ".join(", ".join(part for part in told if part) for told in authors))

    def item_pubdate(self, item: PostPage) -> datetime.datetime:
        return datetime.datetime.combine(item.date, datetime.time())

    def item_categories(self, item: PostPage) -> list[str]:
        terms = [item.task_area] if item.task_area else []
        return [writable(term.name) for term in [*terms, *item.phenomena.all()]]
