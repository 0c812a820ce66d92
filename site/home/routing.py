"""The way to a page by its whole address.

Wagtail walks the tree from the root, two queries for each step. No page type of the site has routes of its own,
so the page of an address is the one whose path in the tree is that address.
"""

from collections.abc import Sequence
from typing import Any

from django.db import DEFAULT_DB_ALIAS
from django.http import HttpRequest
from wagtail.models import Page, Site
from wagtail.url_routing import RouteResult

from common import languages, trail
from common.models import BasePage
from common.trail import Trail

# No address of the site is deeper; a longer one is left to Wagtail.
MOST_STEPS = 8


def find(request: HttpRequest, path: str) -> Trail | None:
    """Tell Wagtail where the address leads, where that is plain; otherwise leave the search to it. Two queries.

    Returns the way of the address in the language being read, as far as there are pages.
    """
    steps = steps_of(path)
    language = languages.current()
    root = next((root for root in _roots(request) if root.language_code == language), None)
    if root is None or len(steps) > MOST_STEPS:
        return None
    way = trail.to_address(root.root_path, steps)
    if not way.steps:
        return None
    # In the place of a language whose front page is a draft, Wagtail serves the first language.
    if way.steps[0].live:
        _answer(request, way, len(way.steps) == len(steps) + 1)
    return way


def steps_of(path: str) -> list[str]:
    return [step for step in path.split("/") if step]


def _roots(request: HttpRequest) -> Sequence[Any]:
    """Where the front pages of the site are in the tree; of several sites the host chooses."""
    roots = Site.get_site_root_paths()
    if len({root.site_id for root in roots}) != 1:
        site = Site.find_for_request(request)
        return [root for root in roots if site is not None and root.site_id == site.pk]
    # Links ask for nothing but the key of the one site; the rest would be read on demand.
    site = Site.from_db(DEFAULT_DB_ALIAS, ["id"], [roots[0].site_id])
    request._wagtail_site = site  # type: ignore[attr-defined]
    return roots


def _answer(request: HttpRequest, way: Trail, is_whole: bool) -> None:
    """Give Wagtail the page at the end of the way as its own type, or say that there is none."""
    found = way.steps[-1]
    if not (is_whole and found.live):
        request._wagtail_route_for_request = None  # type: ignore[attr-defined]
        return
    page = _of_own_type(found)
    if page is not None:
        page.trail = way
        request._wagtail_route_for_request = RouteResult(page)  # type: ignore[attr-defined]


def _of_own_type(page: Page) -> BasePage | None:
    model = page.specific_class
    if model is None or not issubclass(model, BasePage):
        return None
    return model.objects.for_page().filter(pk=page.pk).first()
