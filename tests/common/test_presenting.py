"""A row has one page in each language, whoever saves it and when."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from wagtail.models import Page

from common.models import PresentingPage
from network.events.models import EventPage
from tests.factories.pages import event, event_page, organisation_page, translated
from tests.learning.factories import make_course

pytestmark = pytest.mark.django_db


def a_page(field: str) -> PresentingPage:
    made: dict[str, PresentingPage] = {
        "course": make_course(0, 0),
        "event": event_page(),
        "organisation": organisation_page(),
    }
    return made[field]


@pytest.mark.parametrize("field", ["course", "event", "organisation"])
def test_a_second_page_in_the_language_is_refused(field: str) -> None:
    page = a_page(field)
    second = type(page)(title="Toinen", slug="toinen", **{field: getattr(page, field)})
    with pytest.raises(ValidationError) as refusal:
        page.get_parent().add_child(instance=second)
    assert list(refusal.value.message_dict) == [field]
    assert not Page.objects.filter(slug="toinen").exists()


@pytest.mark.parametrize("field", ["event", "organisation"])
def test_a_page_is_saved_again_and_translated(field: str) -> None:
    page = a_page(field)
    page.save()
    assert translated(page, "sv", title="På svenska").live


def test_a_page_without_its_row_is_refused_like_any_other_lack() -> None:
    page = event_page()
    with pytest.raises(ValidationError) as refusal:
        page.get_parent().add_child(instance=EventPage(title="Tyhjä", slug="tyhja"))
    assert "event" in refusal.value.message_dict


def test_the_calendar_of_an_event_survives_a_second_page(client: Client) -> None:
    page, second = event_page(), event_page()
    EventPage.objects.filter(pk=second.pk).update(event=page.event)
    answer = client.get(f"/kalenteri/{page.event.public_id}.ics")
    assert answer.status_code == 200
    assert f"{page.slug}.ics" in answer["Content-Disposition"]
    assert client.get(page.url).status_code == client.get("/tapahtumat/").status_code == 200


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_editors_who_publish_at_once_one_is_refused() -> None:
    about = event()
    drafts = [event_page() for _ in range(4)]

    def publish(draft: EventPage) -> bool:
        try:
            draft.event = about
            draft.save()
        except ValidationError:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(publish, drafts)) == [False, False, False, True]
    assert EventPage.objects.filter(event=about).count() == 1
