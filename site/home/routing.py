"""The way to a page by its whole address.

Wagtail walks the tree from the root, two queries for each step. No page type of the site has routes of its own,
so the page of an address is the one whose path in the tree is that address.
"""

from django.http import HttpRequest
from django.utils.translation import get_language
from wagtail.models import Page, Site
from wagtail.url_routing import RouteResult


def find(request: HttpRequest, path: str) -> None:
    """Tell Wagtail where the address leads, where that is plain; otherwise leave the search to it."""
    page = page_at(path)
    if page is not None:
        request._wagtail_route_for_request = RouteResult(page)  # type: ignore[attr-defined]


def page_at(path: str) -> Page | None:
    """Return the live page at the path in the language being read, as its own type; two queries."""
    steps = [step for step in path.split("/") if step]
    roots = Site.get_site_root_paths()
    if not steps or len({root.site_id for root in roots}) != 1:
        # With several sites the host decides.
        return None
    language = (get_language() or "")[:2]
    paths = [f"{root.root_path}{'/'.join(steps)}/" for root in roots if root.language_code == language]
    # The slug has an index; the whole path has not.
    found = Page.objects.live().filter(slug=steps[-1], url_path__in=paths).first()
    if found is None or found.specific_class is None:
        return None
    return found.specific_class.objects.select_related("locale").filter(pk=found.pk).first()
