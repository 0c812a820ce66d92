"""Publishing and expiring on schedule: what fails holds nothing else back."""

import datetime
import logging

import pytest
from django.utils import timezone
from wagtail.models import Page

from blog.models import PostPage
from common.scheduled import publish_scheduled
from network.events.models import EventPage
from tests.factories.pages import event, event_page, post

pytestmark = pytest.mark.django_db
AN_HOUR = datetime.timedelta(hours=1)


def scheduled(page: PostPage | EventPage, ago: datetime.timedelta) -> None:
    """Make the page a draft whose time to go live came so long ago."""
    page.unpublish()
    page.refresh_from_db()
    page.save_revision(approved_go_live_at=timezone.now() - ago)


def test_a_page_that_cannot_be_published_holds_no_other_back(caplog: pytest.LogCaptureFixture) -> None:
    about = event()
    double, fine = event_page(about), post()
    scheduled(double, ago=2 * AN_HOUR)
    EventPage.objects.filter(pk=event_page().pk).update(event=about)
    scheduled(fine, ago=AN_HOUR)

    with caplog.at_level(logging.ERROR, logger="common.scheduled"):
        assert publish_scheduled() is False

    fine.refresh_from_db()
    double.refresh_from_db()
    assert fine.live
    assert not double.live
    assert f"eventpage {double.pk}" in caplog.text
    assert f"postpage {fine.pk}" not in caplog.text


def test_a_page_whose_time_is_over_is_taken_down() -> None:
    page, staying = post(expire_at=timezone.now() - AN_HOUR), post(expire_at=timezone.now() + AN_HOUR)
    publish_scheduled()
    page.refresh_from_db()
    staying.refresh_from_db()
    assert (page.live, page.expired) == (False, True)
    assert staying.live


def test_a_page_that_cannot_be_taken_down_holds_no_other_back(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    stuck, page = post(expire_at=timezone.now() - 2 * AN_HOUR), post(expire_at=timezone.now() - AN_HOUR)

    def refuse(self: Page, **kwargs: object) -> None:
        if self.pk == stuck.pk:
            raise RuntimeError
        unpublish(self, **kwargs)

    unpublish = Page.unpublish
    monkeypatch.setattr("wagtail.models.Page.unpublish", refuse)
    publish_scheduled()
    page.refresh_from_db()
    assert not page.live
    assert f"wagtailcore.Page {stuck.pk}" in caplog.text


def test_a_page_whose_time_is_to_come_waits() -> None:
    page = post()
    scheduled(page, ago=-AN_HOUR)
    publish_scheduled()
    page.refresh_from_db()
    assert not page.live
