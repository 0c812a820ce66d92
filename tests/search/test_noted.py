"""A name that stands in the documents of other pages has them indexed anew when it changes."""

from typing import Any

import pytest
from django.contrib.auth.models import Group
from wagtail.models import Collection, CollectionViewRestriction

from learning.courses.models import Course, CourseIndexPage, CourseInstitution, CoursePage
from network.events.models import EventSeries
from search.models import Outbox
from search.signals import connect
from tests.factories import pages

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def listening() -> None:
    connect()


def noted_by_saving(changed: Any) -> set[int]:
    Outbox.objects.all().delete()
    changed.save()
    return set(Outbox.objects.filter(kind=Outbox.Kind.PAGE).values_list("object_id", flat=True))


def course(code: str) -> CoursePage:
    page = CoursePage(title="Kurssi", course=Course.objects.create(code=code, name_fi="Kurssi", credits=1, hours=27))
    above = pages.list_page(CourseIndexPage)
    page.locale = above.locale
    above.add_child(instance=page)
    return page


def test_an_organisation_notes_the_courses_it_has_a_role_in() -> None:
    page, other = course("x-1"), course("x-2")
    organisation = pages.organisation()
    CourseInstitution.objects.create(course=page.course, organisation=organisation, role="teaching")
    CourseInstitution.objects.create(course=page.course, organisation=organisation, role="awarding")
    noted = noted_by_saving(organisation)
    assert page.pk in noted
    assert other.pk not in noted


def test_a_series_notes_the_pages_of_its_events() -> None:
    page, other = pages.event_page(), pages.event_page()
    series = EventSeries.objects.create(code="sarja-x", name_fi="Sarja")
    page.event.series = series
    page.event.save()
    noted = noted_by_saving(series)
    assert page.pk in noted
    assert other.pk not in noted


def test_other_groups_that_may_open_a_collection_have_everything_indexed_anew() -> None:
    closed = Collection.get_first_root_node().add_child(name="Ryhmälle")
    restriction = CollectionViewRestriction.objects.create(collection=closed, restriction_type="groups")
    Outbox.objects.all().delete()
    restriction.groups.add(Group.objects.create(name="Lukijat"))
    assert Outbox.objects.filter(kind=Outbox.Kind.ALL).count() == 1
    restriction.groups.clear()
    assert Outbox.objects.filter(kind=Outbox.Kind.ALL).count() == 2
