"""Registered with Wagtail's admin by being imported."""

from wagtail.snippets.models import register_snippet

from vocabulary.viewsets import VocabularyGroup

register_snippet(VocabularyGroup)
