"""Addresses under /sv/ and /en/ of pages that are only in Finnish."""

from typing import TYPE_CHECKING

from django.conf import settings
from wagtail.models import Locale, Page, Site

if TYPE_CHECKING:
    from django.http import HttpRequest

# No address of the site is deeper; a longer one is not looked for.
MOST_STEPS = 8


def finnish_page(request: "HttpRequest", language: str, path: str) -> Page | None:
    """Return the live, public Finnish page that the path would lead to, or None.

    The path is walked in the language as far as it goes; from the Finnish counterpart of that page the rest is
    walked in Finnish. So both /sv/teman/<a Finnish page> and /sv/teemat/<a Finnish page> find their way.
    """
    steps = [step for step in path.split("/") if step]
    site = Site.find_for_request(request)
    locale = Locale.objects.filter(language_code=language).first()
    if language == settings.LANGUAGE_CODE or not steps or len(steps) > MOST_STEPS or not (site and locale):
        return None
    start = site.root_page.get_translation_or_none(locale)
    if start is None:
        return None
    deepest, rest = _walk(start, steps)
    page, missing = _walk(_in_finnish(deepest) or site.root_page, rest, live_only=True)
    if missing or not page.live or page.get_view_restrictions().exists():
        return None
    return page


def _walk(page: Page, steps: list[str], live_only: bool = False) -> tuple[Page, list[str]]:
    """Follow the slugs down from the page; return where the way ends and the slugs that are left."""
    for number, slug in enumerate(steps):
        children = page.get_children().filter(slug=slug)
        below = (children.live() if live_only else children).first()
        if below is None:
            return page, steps[number:]
        page = below
    return page, []


def _in_finnish(page: Page) -> Page | None:
    return page.get_translation_or_none(Locale.objects.get(language_code=settings.LANGUAGE_CODE))
