"""What a person of the administration may begin to write, as links to the empty form under the right list."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.text import capfirst
from wagtail.models import Page

from blog.models import BlogIndexPage, PostPage
from home.waiting import Link
from learning.courses.models import CourseIndexPage, CoursePage
from learning.themes.models import ThemeIndexPage, ThemePage
from network.events.models import EventIndexPage, EventPage
from network.organisations.models import OrganisationIndexPage, OrganisationPage
from network.resources.models import ResourceIndexPage, ResourcePage

KINDS: list[tuple[type[Page], type[Page]]] = [
    (BlogIndexPage, PostPage),
    (EventIndexPage, EventPage),
    (ThemeIndexPage, ThemePage),
    (ResourceIndexPage, ResourcePage),
    (CourseIndexPage, CoursePage),
    (OrganisationIndexPage, OrganisationPage),
]


def beginnings(user: Any) -> list[Link]:
    """The kinds of Finnish pages that the person may add; translations begin from the Finnish page."""
    found = []
    for parent_type, kind in KINDS:
        parent = parent_type.objects.filter(locale__language_code=settings.LANGUAGE_CODE).first()
        if parent is not None and parent.permissions_for_user(user).can_add_subpage():
            where = [kind._meta.app_label, kind._meta.model_name, parent.pk]
            found.append(Link(capfirst(str(kind._meta.verbose_name)), reverse("wagtailadmin_pages:add", args=where)))
    return found
