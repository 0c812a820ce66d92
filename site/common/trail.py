"""The way from the front page down to a page, with the versions of each step in the other languages.

Breadcrumbs, the language switcher and the privacy of sections are all told from it, so a page reads it once.
"""

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.db.models import Q
from wagtail.models import Page

from common.querysets import PageQuerySet

# Below the root of the tree, which is nobody's page.
TOP = 2
# What is asked of a step: where it is, what it is called, who may see it.
OF_STEP = (
    "path", "depth", "url_path", "slug", "title", "live", "translation_key", "content_type", "alias_of",
    "locale__language_code",
)  # fmt: skip


@dataclass(frozen=True)
class Trail:
    """`steps` lead from the front page of a language down, as far as the way goes."""

    steps: Sequence[Page]
    versions: dict[uuid.UUID, dict[str, Page]]

    @property
    def is_private(self) -> bool:
        """Whether somebody is kept out of the page at the end, by itself or by a section that holds it."""
        return any(step.is_private for step in self.steps)

    def in_language(self, step: Page, code: str) -> Page | None:
        """The version of the step, live or not."""
        return self.versions.get(step.translation_key, {}).get(code)

    def live_in(self, step: Page, code: str) -> Page | None:
        version = self.in_language(step, code)
        return version if version is not None and version.live else None


def to_page(page: Page) -> Trail:
    """The way to the page; one query. A page that was never saved is not a step of it."""
    paths = [page.path[:end] for end in range(TOP * Page.steplen, len(page.path) + 1, Page.steplen)]
    return _trail(Q(path__in=paths), lambda row: row.path in paths)


def to_address(root_path: str, slugs: Sequence[str]) -> Trail:
    """The way down from the page at `root_path` in the tree, as far as there are pages with the slugs; one query."""
    addresses = [root_path + "".join(f"{slug}/" for slug in slugs[:end]) for end in range(len(slugs) + 1)]
    # The slug has an index; the whole path has not.
    names = [root_path.rstrip("/").rpartition("/")[2], *slugs]
    return _trail(Q(slug__in=names, url_path__in=addresses), lambda row: row.url_path in addresses)


def _trail(way: Q, is_step: Callable[[Page], bool]) -> Trail:
    private = PageQuerySet(Page).private_q()
    keys = Page.objects.filter(way).values("translation_key")
    rows = Page.objects.filter(translation_key__in=keys, depth__gte=TOP).annotate(is_private=private)
    steps: list[Page] = []
    versions: dict[uuid.UUID, dict[str, Page]] = {}
    for row in rows.select_related("locale").only(*OF_STEP).order_by("path"):
        versions.setdefault(row.translation_key, {})[row.locale.language_code] = row
        if is_step(row):
            steps.append(row)
    return Trail(steps, versions)
