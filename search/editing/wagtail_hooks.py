"""Registered with Wagtail's admin by being imported."""

from wagtail.snippets.models import register_snippet

from search.editing.viewsets import SearchGroup

register_snippet(SearchGroup)
