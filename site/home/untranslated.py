"""Addresses under /sv/ and /en/ of pages that are only in Finnish."""

from django.conf import settings

from common import trail
from common.trail import Trail
from home.routing import steps_of


def finnish_way(way: Trail, path: str) -> Trail | None:
    """Return the way to the live, public Finnish page that the path would lead to, or None.

    `way` is how far the path goes in the language; from the Finnish counterpart of its end the rest is walked
    in Finnish. So both /sv/teman/<a Finnish page> and /sv/teemat/<a Finnish page> find their way.
    """
    finnish = settings.LANGUAGE_CODE
    top = way.in_language(way.steps[0], finnish)
    if top is None or top.pk == way.steps[0].pk:
        return None
    start = way.in_language(way.steps[-1], finnish) or top
    above = steps_of(start.url_path.removeprefix(top.url_path))
    rest = steps_of(path)[len(way.steps) - 1 :]
    found = trail.to_address(top.url_path, [*above, *rest])
    # Sections above the start may be drafts: their pages are served as well.
    is_there = len(found.steps) == 1 + len(above) + len(rest) and all(step.live for step in found.steps[len(above) :])
    return found if is_there and not found.steps[-1].get_view_restrictions().exists() else None
