"""What the front page of the admin shows beside Wagtail's own panels."""

from typing import Any

from wagtail.admin.ui.components import Component
from wagtail.models import Page

from home.beginnings import beginnings
from home.waiting import waiting_for

MOST = 10


class WhatWaits(Component):
    """What waits for this person, and what they may begin; first on the page."""

    name = "what_waits"
    template_name = "wagtailadmin/home/what_waits.html"
    order = 10

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        user = parent_context["request"].user
        return {"rows": waiting_for(user), "beginnings": beginnings(user)}


class OwnPages(Component):
    """The pages that a writer keeps, for those who publish nothing: an editor's own are everywhere in the lists."""

    name = "own_pages"
    template_name = "wagtailadmin/home/own_pages.html"
    order = 120

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        request = parent_context["request"]
        pages = Page.objects.filter(owner=request.user).order_by("-latest_revision_created_at")
        return {"request": request, "pages": pages.select_related("locale")[:MOST]}
