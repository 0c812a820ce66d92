"""Lists of pages as Atom feeds, in the language of their address. Each area says what its entries are."""

import datetime
import re
import uuid
from typing import Any

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import HttpRequest
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from wagtail.models import Page

from common import languages
from common.models import BasePage

ENTRIES = 20
# They come along when a text is pasted from elsewhere, and XML has no way to write them.
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def writable(text: str) -> str:
    return CONTROLS.sub(" ", text)


class PageFeed(Feed):  # type: ignore[type-arg]  # the class takes no argument when the program runs
    """The latest pages of a list. An entry keeps its id when its page is renamed or moved."""

    feed_type = Atom1Feed
    list_page: type[BasePage]
    author_name = settings.SITE_NAME

    def pages(self, language: str) -> Any:
        """The pages of the feed, the newest first."""
        raise NotImplementedError

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpRequest:
        # The pages need the request for their addresses, and the feed hands its object to the methods below.
        return request

    def subtitle(self, request: HttpRequest) -> str:
        index = self._index()
        return writable(index.meta_description) if index else ""

    def link(self, request: HttpRequest) -> str:
        index = self._index()
        return (index.get_url(request) if index else None) or "/"

    def items(self, request: HttpRequest) -> list[Any]:
        latest = list(self.pages(languages.current())[:ENTRIES])
        for page in latest:
            page.feed_url = page.get_url(request) or "/"
        return latest

    def item_title(self, item: Any) -> str:
        return writable(item.title)

    def item_description(self, item: Any) -> str:
        return writable(item.meta_description)

    def item_link(self, item: Any) -> str:
        return str(item.feed_url)

    def item_guid(self, item: Page) -> str:
        return uuid.uuid5(item.translation_key, item.locale.language_code).urn

    def item_pubdate(self, item: Any) -> datetime.datetime:
        published: datetime.datetime = item.first_published_at or item.last_published_at or timezone.now()
        return published

    def item_updateddate(self, item: Any) -> datetime.datetime:
        published: datetime.datetime = item.last_published_at or self.item_pubdate(item)
        return published

    def _index(self) -> BasePage | None:
        found: BasePage | None = self.list_page.objects.in_language(languages.current()).first()
        return found
