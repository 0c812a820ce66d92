"""Queries over pages that every area shares."""

from typing import Self

from django.conf import settings
from django.db.models import Exists, OuterRef, Q
from wagtail.models import Page
from wagtail.models import PageManager as WagtailPageManager
from wagtail.query import PageQuerySet as WagtailPageQuerySet


class PageQuerySet(WagtailPageQuerySet):
    """Page queries that chain; areas subclass it with a verb per screen."""

    def in_language(self, language: str) -> Self:
        """Live, public pages in the language, and the Finnish ones that have no live translation in it."""
        pages = self.live().public()
        if language == settings.LANGUAGE_CODE:
            return pages.filter(locale__language_code=language)
        translated = Page.objects.filter(
            translation_key=OuterRef("translation_key"), locale__language_code=language, live=True
        )
        return pages.filter(
            Q(locale__language_code=language)
            | (Q(locale__language_code=settings.LANGUAGE_CODE) & ~Exists(translated))
        )

    def for_cards(self) -> Self:
        """With what a card shows; areas extend it with their own relations."""
        return self.select_related("locale").defer_streamfields()


PageManager = WagtailPageManager.from_queryset(PageQuerySet)
