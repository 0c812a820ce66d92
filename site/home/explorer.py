"""Where the page explorer begins."""

from typing import Any, Self

from django.conf import settings
from django.http import HttpRequest
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.sidebar import PageExplorerMenuItem
from wagtail.models import Page
from wagtail.permissions import policy_registry

HOME_DEPTH = 2


def start_page(user: Any) -> Page | None:
    """The deepest Finnish page above everything that the user works with; the root for those who have it all.

    The sections exist in three languages, so the common ancestor of a role's pages would always be the root.
    """
    policy = policy_registry.get_by_type(Page)
    root = policy.explorable_root_instance(user)
    if root is None or root.depth >= HOME_DEPTH:
        return root
    sections = policy.instances_with_direct_explore_permission(user)
    finnish = Page.objects.filter(pk__in=[page.pk for page in sections], locale__language_code=settings.LANGUAGE_CODE)
    if not finnish or any(page.depth <= HOME_DEPTH for page in finnish):
        return root
    return finnish.first_common_ancestor(include_self=True)


class SectionsMenuItem(MenuItem):
    """The explorer's menu item with its own first page."""

    @classmethod
    def replacing(cls, item: MenuItem) -> Self:
        return cls(item.label, item.url, name=item.name, icon_name=item.icon_name, order=item.order)

    def render_component(self, request: HttpRequest) -> Any:
        start = start_page(request.user)
        if start is None:
            return super().render_component(request)
        return PageExplorerMenuItem(
            self.name, self.label, self.url, start.pk, icon_name=self.icon_name, classname=self.classname
        )
