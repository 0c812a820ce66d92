"""What the theme pages show."""

import uuid
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import (
    BooleanField,
    Case,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    Subquery,
    Value,
    When,
    prefetch_related_objects,
)
from django.db.models.functions import Length, Substr
from django.http import HttpRequest
from django.utils import timezone
from wagtail.models import Page

from common import languages
from common.collation import in_order
from common.listing import Listing
from common.querysets import PageQuerySet, pages_of, related_pages
from learning.themes.contents import contents
from learning.themes.models import ThemeCourseLink, ThemePage
from vocabulary.models import Method, Phenomenon, TaskArea, Term

PAST_PER_PAGE = 12
# How many of each kind a theme page lists before it leads to the whole list.
FEW = 4
VOCABULARIES: dict[str, Any] = {"areas": TaskArea, "phenomena": Phenomenon, "methods": Method}
OF_TERM = ("code", "name_fi", "name_sv", "name_en", "sort_order")


def theme_lists(request: HttpRequest, language: str) -> dict[str, Any]:
    """This month's themes, the coming ones, those without a month, and the past ones in pages."""
    today = timezone.localdate()
    month = today.replace(day=1)
    themes = ThemePage.objects.in_language(language).for_cards()
    ahead = list(themes.filter(Q(month=None) | Q(month__gte=month)).order_by("month", "order", in_order("title")))
    return {
        "current": [theme for theme in ahead if theme.month == month],
        "coming": [theme for theme in ahead if theme.month and theme.month > month],
        "open": [theme for theme in ahead if theme.month is None],
        "listing": Listing(request, themes.past_on(today), per_page=PAST_PER_PAGE),
    }


def belongings(page: ThemePage) -> dict[str, Any]:
    """What belongs to the theme: course modules, posts, resources and events in the reader's language, a few of each.

    Relations are to the Finnish page, whichever translation is read, so they are followed by the group's key.
    """
    language = languages.current()
    key = page.translation_key
    terms = terms_of(key)
    # The page's colour is that of its first area, which is known now.
    page.pattern_area = terms["areas"][0].code if terms["areas"] else None
    source, others = around(page, language)
    found = {
        "studies": studies(key, language),
        "posts": related_pages(ThemePage, "posts", language).for_cards().filter(themes__translation_key=key)[:FEW],
        "resources": related_pages(ThemePage, "resources", language)
        .filter(themes__translation_key=key)
        .select_related("locale", "publisher", "document")
        .defer_streamfields()
        .order_by("-year", in_order("title"))[:FEW],
        "events": events_of(key, language),
        "others": others,
        # How the lists of the areas are narrowed to the theme; the blog has topics instead.
        "of_theme": urlencode({"teema": source.slug}),
        "of_topics": urlencode({"aihe": [phenomenon.code for phenomenon in terms["phenomena"]]}, doseq=True),
    }
    return terms | found | {"contents": contents(page, found)}


def terms_of(key: uuid.UUID) -> dict[str, list[Term]]:
    """The theme's task areas, phenomena and methods: three vocabularies with one query."""
    first, *rest = (
        model._default_manager.filter(themepage__translation_key=key, themepage__live=True)
        .order_by()
        .values_list(Value(name), *OF_TERM)
        for name, model in VOCABULARIES.items()
    )
    found: dict[str, list[Term]] = {name: [] for name in VOCABULARIES}
    for name, *values in first.union(*rest).order_by("sort_order", "name_fi"):
        found[name].append(VOCABULARIES[name](**dict(zip(OF_TERM, values, strict=True))))
    return found


def around(page: ThemePage, language: str) -> tuple[ThemePage, list[ThemePage]]:
    """The Finnish page of the theme, and the themes just before and after it in the calendar.

    Beside a theme without a month stand the others alike.
    """
    rows = ThemePage.objects.live().public().filter(locale__language_code__in={language, settings.LANGUAGE_CODE})
    themes = list(rows.select_related("locale").defer_streamfields().order_by("month", "order", in_order("title")))
    sources = {theme.translation_key: theme for theme in themes if theme.locale.language_code == settings.LANGUAGE_CODE}
    translated = {theme.translation_key: theme for theme in themes if theme.locale.language_code == language}
    # Translations take the places of their sources.
    shown = [theme for theme in (sources | translated).values() if (theme.month is None) == (page.month is None)]
    keys = [theme.translation_key for theme in shown]
    at = keys.index(page.translation_key) if page.translation_key in keys else len(keys)
    near = shown[max(0, at - FEW // 2) : at] + shown[at + 1 : at + 1 + FEW // 2]
    prefetch_related_objects(near, "task_areas")
    return sources.get(page.translation_key, page), near


def studies(key: uuid.UUID, language: str) -> list[Page]:
    """The linked modules and courses in the editor's order, each knowing the title of the page above it."""
    links = ThemeCourseLink.objects.filter(
        theme__translation_key=key, theme__live=True, page__translation_key=OuterRef("translation_key")
    )
    above = Page.objects.filter(path=Substr(OuterRef("path"), 1, Length(OuterRef("path")) - Page.steplen))
    pages = PageQuerySet(Page).in_language(language).select_related("locale", "modulepage", "coursepage__course")
    linked = pages.annotate(
        place=Subquery(links.order_by("sort_order").values("sort_order")[:1]),
        title_above=Subquery(above.values("title")[:1]),
    )
    return list(linked.exclude(place=None).order_by("place"))


def events_of(key: uuid.UUID, language: str) -> list[Any]:
    """The coming events of the theme, soonest first, or the latest past ones where none is coming."""
    now = timezone.now()
    relation: Any = ThemePage._meta.get_field("events")
    held = relation.related_model._default_manager.filter(themes__translation_key=key)
    over = ExpressionWrapper(Q(last_ends__lt=now), output_field=BooleanField())
    pages = pages_of(held, language).for_cards().annotate(over=over)
    soonest = Case(When(last_ends__gte=now, then=F("first_starts")))
    events = list(pages.order_by("over", soonest, "-first_starts", "pk")[:FEW])
    return [event for event in events if not event.over] or events
