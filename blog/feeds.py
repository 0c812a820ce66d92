"""The blog as an Atom feed in the language of its address."""

import datetime
import re
import uuid
from typing import Any

from django.contrib.syndication.views import Feed
from django.http import HttpRequest
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext

from blog.models import BlogIndexPage, PostPage
from common import languages

POSTS = 20
# They come along when a text is pasted from elsewhere, and XML has no way to write them.
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


class PostFeed(Feed):  # type: ignore[type-arg]  # the class takes no argument when the program runs
    """The latest posts. An entry keeps its id when the post is renamed or moved."""

    feed_type = Atom1Feed

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpRequest:
        # The pages need the request for their addresses, and the feed hands its object to the methods below.
        return request

    def title(self, request: HttpRequest) -> str:
        return gettext("Osaamisverkosto: blog")

    def subtitle(self, request: HttpRequest) -> str:
        index = self._index()
        return _writable(index.meta_description) if index else ""

    def link(self, request: HttpRequest) -> str:
        index = self._index()
        return (index.get_url(request) if index else None) or "/"

    def items(self, request: HttpRequest) -> list[PostPage]:
        posts = PostPage.objects.in_language(languages.current()).for_cards().prefetch_related("phenomena")
        latest = list(posts[:POSTS])
        for post in latest:
            post.feed_url = post.get_url(request) or "/"
        return latest

    def item_title(self, item: PostPage) -> str:
        return _writable(item.title)

    def item_description(self, item: PostPage) -> str:
        return _writable(item.meta_description)

    def item_link(self, item: PostPage) -> str:
        return str(item.feed_url)

    def item_guid(self, item: PostPage) -> str:
        return uuid.uuid5(item.translation_key, item.locale.language_code).urn

    def item_author_name(self, item: PostPage) -> str:
        return _writable(", ".join(part for part in (item.author_name, item.author_title) if part))

    def item_pubdate(self, item: PostPage) -> datetime.datetime:
        return datetime.datetime.combine(item.date, datetime.time())

    def item_updateddate(self, item: PostPage) -> datetime.datetime:
        published: datetime.datetime = item.last_published_at or self.item_pubdate(item)
        return published

    def item_categories(self, item: PostPage) -> list[str]:
        terms = [item.task_area] if item.task_area else []
        return [_writable(term.name) for term in [*terms, *item.phenomena.all()]]

    def _index(self) -> BlogIndexPage | None:
        found: BlogIndexPage | None = BlogIndexPage.objects.in_language(languages.current()).first()
        return found


def _writable(text: str) -> str:
    return CONTROLS.sub(" ", text)
