"""Registered with Wagtail's admin by being imported."""

from wagtail.snippets.models import register_snippet

from learning.courses.viewsets import CourseGroup

register_snippet(CourseGroup)
