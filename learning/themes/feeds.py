"""Monthly themes as an Atom feed."""

import datetime

from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext

from common.feeds import PageFeed
from learning.themes.models import ThemeIndexPage, ThemePage


class ThemeFeed(PageFeed):
    """Themes as their months begin; those without a month as they are published."""

    list_page = ThemeIndexPage

    def title(self, request: HttpRequest) -> str:
        return gettext("Osaamisverkosto: themes")

    def pages(self, language: str) -> list[ThemePage]:
        begun = Q(month=None) | Q(month__lte=timezone.localdate())
        themes = ThemePage.objects.in_language(language).for_cards().filter(begun)
        return sorted(themes, key=lambda theme: (self.item_pubdate(theme), theme.pk), reverse=True)

    def item_pubdate(self, item: ThemePage) -> datetime.datetime:
        if item.month is None:
            return super().item_pubdate(item)
        return timezone.make_aware(datetime.datetime.combine(item.month, datetime.time()))

    def item_updateddate(self, item: ThemePage) -> datetime.datetime:
        # What was written ahead is new to readers when its month begins.
        return max(super().item_updateddate(item), self.item_pubdate(item))

    def item_categories(self, item: ThemePage) -> list[str]:
        return [area.name for area in item.task_areas.all()]
