"""Registered with Wagtail's admin by being imported."""

from wagtail.snippets.models import register_snippet

from blog.viewsets import BlogGroup

register_snippet(BlogGroup)
