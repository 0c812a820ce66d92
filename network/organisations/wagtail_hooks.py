"""Registered with Wagtail's admin by being imported."""

from wagtail.snippets.models import register_snippet

from network.organisations.viewsets import OrganisationViewSet

register_snippet(OrganisationViewSet)
