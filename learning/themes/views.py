"""What the theme pages show."""

from typing import Any
from urllib.parse import urlencode

from django.apps import apps
from django.conf import settings
from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language
from wagtail.models import Page

from common.listing import Listing
from learning.themes.models import ThemeCourseLink, ThemePage

PAST_PER_PAGE = 12
# How many of each kind a theme page lists before it leads to the whole list.
FEW = 4


def theme_lists(request: HttpRequest, language: str) -> dict[str, Any]:
    """This month's themes, the coming ones, those without a month, and the past ones in pages."""
    today = timezone.localdate()
    month = today.replace(day=1)
    themes = ThemePage.objects.in_language(language).for_cards()
    ahead = list(themes.filter(Q(month=None) | Q(month__gte=month)).order_by("month", "order", "title"))
    return {
        "current": [theme for theme in ahead if theme.month == month],
        "coming": [theme for theme in ahead if theme.month and theme.month > month],
        "open": [theme for theme in ahead if theme.month is None],
        "listing": Listing(request, themes.past_on(today), per_page=PAST_PER_PAGE),
    }


def belongings(page: ThemePage) -> dict[str, Any]:
    """What belongs to the theme: course modules, posts, resources and events in the reader's language, a few of each.

    Relations are to the Finnish page, whichever translation is read.
    """
    language = (get_language() or settings.LANGUAGE_CODE)[:2]
    source = page.source
    phenomena = list(page.phenomena.all())
    return {
        "areas": list(page.task_areas.all()),
        "phenomena": phenomena,
        "methods": list(page.methods.all()),
        "studies": studies(source, language),
        "posts": source.posts.in_language(language).for_cards()[:FEW],
        "resources": source.resources.in_language(language).for_cards()[:FEW],
        "events": events_of(source, language),
        "others": neighbours(page, language),
        # How the lists of the areas are narrowed to the theme; the blog has topics instead.
        "of_theme": urlencode({"teema": source.slug}),
        "of_topics": urlencode({"aihe": [phenomenon.code for phenomenon in phenomena]}, doseq=True),
    }


def neighbours(page: ThemePage, language: str) -> list[ThemePage]:
    """The themes just before and after, in the order of the calendar; of a theme without a month, the others alike."""
    others = ThemePage.objects.in_language(language).select_related("locale").defer_streamfields()
    others = others.exclude(translation_key=page.translation_key)
    if page.month is None:
        return list(others.without_month()[:FEW])
    place = Q(month=page.month, order__lt=page.order)
    before = others.filter(Q(month__lt=page.month) | place).order_by("-month", "-order")[: FEW // 2]
    after = others.filter(month__gte=page.month).exclude(place).order_by("month", "order")[: FEW // 2]
    return [*reversed(before), *after]


def studies(theme: ThemePage, language: str) -> list[dict[str, Any]]:
    """The linked modules and courses in the editor's order; a module knows its course."""
    links = ThemeCourseLink.objects.filter(theme=theme).select_related("page").order_by("sort_order")
    linked = [link.page for link in links]
    if not linked:
        return []
    # By name: courses may know themes, not the other way round.
    courses, modules = (apps.get_model("courses", name).objects for name in ("CoursePage", "ModulePage"))
    keys = [each.translation_key for each in linked]
    found = list(modules.in_language(language).for_cards().filter(translation_key__in=keys))
    above = [each.path[: -Page.steplen] for each in found]
    shown = courses.in_language(language).select_related("locale", "course").defer_streamfields()
    by_key = {each.translation_key: {"page": each, "course": None} for each in found}
    by_path = {}
    for course in shown.filter(Q(translation_key__in=keys) | Q(path__in=above)):
        by_path[course.path] = course
        by_key.setdefault(course.translation_key, {"page": course, "course": None})
    for each in found:
        by_key[each.translation_key]["course"] = by_path.get(each.path[: -Page.steplen])
    return [by_key[key] for key in keys if key in by_key]


def events_of(theme: ThemePage, language: str) -> list[Any]:
    """The coming events of the theme, or the latest past ones where none is coming."""
    pages = apps.get_model("events", "EventPage").objects.in_language(language).filter(event__themes=theme)
    now = timezone.now()
    return list(pages.for_cards().coming_at(now)[:FEW]) or list(pages.for_cards().past_at(now)[:FEW])
