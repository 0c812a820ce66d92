"""Registered with Wagtail's admin by being imported."""

from typing import Any

from django.http import HttpRequest
from django.urls import path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.snippets.models import register_snippet

from blog.desk import acting, calendar, moderating, queue, reckoning, text
from blog.submitting.admin_api import guard_pages
from blog.submitting.guarding import refuse_other_words, refuse_other_words_in_bulk
from blog.submitting.permissions import may_edit
from blog.viewsets import BlogGroup

register_snippet(BlogGroup)
hooks.register("before_publish_page", refuse_other_words)
hooks.register("before_bulk_action", refuse_other_words_in_bulk)
hooks.register("construct_admin_api", guard_pages)


@hooks.register("register_admin_urls")
def desk() -> list[Any]:
    """The editors' pages: /hallinta/blogi/"""
    one = "blogi/<uuid:public_id>/"
    return [
        path("blogi/", queue.queue, name="blog_queue"),
        path("blogi/kalenteri/", calendar.month, name="blog_calendar"),
        path("blogi/luvut/", reckoning.figures, name="blog_figures"),
        path("blogi/kommentit/", moderating.comments, name="blog_comments"),
        path("blogi/kommentit/<uuid:public_id>/", moderating.moderate, name="blog_moderate"),
        path(one, text.text, name="blog_text"),
        path(f"{one}<slug:slug>/", acting.act, name="blog_act"),
    ]


class QueueMenuItem(MenuItem):
    """The way to the texts that people have sent, for those who edit them."""

    def is_shown(self, request: HttpRequest) -> bool:
        return may_edit(request.user)


@hooks.register("register_admin_menu_item")
def menu_item() -> MenuItem:
    return QueueMenuItem(_("Texts sent in"), reverse_lazy("blog_queue"), name="texts", icon_name="edit", order=525)
