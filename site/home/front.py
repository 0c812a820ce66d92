"""What the front page shows; every list may be empty."""

import datetime
from typing import Any

from django.db.models import Prefetch
from django.utils import timezone

from blog.models import PostPage
from learning.courses.models import CoursePage
from learning.themes.models import ThemePage
from network.events.models import EventPage, Session
from vocabulary.models import TaskArea

EVENTS, POSTS, THEMES = 3, 3, 4
# The house, from the roof down; the strategy courses are what the rest stands on.
STOREYS = ("justice", "inclusion", "knowledge", "strategy")


def front_page(language: str) -> dict[str, Any]:
    today = timezone.localdate()
    theme, others = _themes(language, today)
    areas = {area.code: area for area in TaskArea.objects.filter(code__in=STOREYS)}
    return {
        "theme": theme,
        "other_themes": others,
        "events": _events(language),
        "posts": PostPage.objects.in_language(language).for_cards()[:POSTS],
        "courses": list(_courses(language)),
        "areas": [areas[code] for code in STOREYS if code in areas],
    }


def _themes(language: str, today: datetime.date) -> tuple[ThemePage | None, list[ThemePage]]:
    """This month's theme, or the next, or the latest; and others: those ahead, the always open, the past."""
    themes = list(ThemePage.objects.in_language(language).for_cards().order_by("month", "order"))
    this_month = today.replace(day=1)
    ahead = [theme for theme in themes if theme.month and theme.month >= this_month]
    past = [theme for theme in reversed(themes) if theme.month and theme.month < this_month]
    always = [theme for theme in themes if not theme.month]
    first = next(iter([*ahead[:1], *past[:1]]), None)
    return first, [theme for theme in [*ahead, *always, *past] if theme is not first][:THEMES]


def _events(language: str) -> Any:
    sessions = Prefetch("event__sessions", Session.objects.order_by("starts"))
    return (
        EventPage.objects.in_language(language)
        .defer_streamfields()
        .select_related("locale", "event")
        .prefetch_related(sessions)
        .with_times()
        .coming_at(timezone.now())[:EVENTS]
    )


def _courses(language: str) -> Any:
    courses = CoursePage.objects.in_language(language).defer_streamfields()
    return courses.select_related("locale", "course").order_by("path")
