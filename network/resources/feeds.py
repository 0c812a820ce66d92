"""Resources as an Atom feed: what has been published here, the newest first."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext

from common.feeds import PageFeed, writable
from network.resources.models import ResourceIndexPage, ResourcePage


class ResourceFeed(PageFeed):
    list_page = ResourceIndexPage

    def title(self, request: HttpRequest) -> str:
        return gettext("Osaamisverkosto: resources")

    def pages(self, language: str) -> Any:
        return ResourcePage.objects.in_language(language).for_cards().order_by("-first_published_at", "-pk")

    def item_author_name(self, item: ResourcePage) -> str:
        return writable(item.publisher.name) if item.publisher else settings.SITE_NAME

    def item_categories(self, item: ResourcePage) -> list[str]:
        return [str(item.get_type_display())]
