"""Registered with Wagtail's admin by being imported."""

from wagtail.snippets.models import register_snippet

from network.events.viewsets import EventGroup

register_snippet(EventGroup)
