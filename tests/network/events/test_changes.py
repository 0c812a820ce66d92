"""The number by which calendars tell a newer copy of an event."""

import pytest

from network.events.models import Event
from tests.factories.pages import event, event_page

pytestmark = pytest.mark.django_db


def changes(about: Event) -> int:
    return Event.objects.values_list("changes", flat=True).get(pk=about.pk)


def test_a_new_event_has_not_changed() -> None:
    assert changes(event()) == 0
    assert changes(Event.objects.create(pk=4321, code="oma", name_fi="Oma", type="forum", format="remote")) == 0


def test_two_editors_who_hold_the_same_row_make_two_changes() -> None:
    about = event()
    one, other = Event.objects.get(pk=about.pk), Event.objects.get(pk=about.pk)
    one.save()
    other.save()
    assert (one.changes, other.changes, changes(about)) == (1, 2, 2)


def test_a_change_of_some_fields_counts_too() -> None:
    about = event()
    Event.objects.get(pk=about.pk).save(update_fields=["status"])
    assert changes(about) == 1


@pytest.mark.parametrize("field", ["title", "lead"])
def test_what_calendars_show_of_the_page_changes_the_event(field: str) -> None:
    page = event_page()
    before = changes(page.event)
    setattr(page, field, "Toinen")
    page.save_revision()
    assert changes(page.event) == before
    page.get_latest_revision().publish()
    assert changes(page.event) == before + 1


def test_what_calendars_do_not_show_leaves_the_event_as_it_was() -> None:
    page = event_page()
    before = changes(page.event)
    page.audience = "Kaikille"
    page.save_revision().publish()
    assert changes(page.event) == before
