"""What may not be published at its moment is told, once, to whoever gave it the moment."""

import datetime

import pytest
from django.core.mail import EmailMessage
from django.test import Client
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import Revision

from accounts.models import User
from blog.models import PostPage, Submission
from common.scheduled import publish_scheduled
from notifications.models import Notification
from tests.factories.submissions import bring_to, sent

pytestmark = pytest.mark.django_db
NOT_PUBLISHED = "schedule.not_published"


@pytest.fixture
def published(writer: User, editor: User) -> Submission:
    return bring_to("published", sent(writer), editor)


def scheduled(submission: Submission, author: User | None) -> Revision:
    """A draft with other words that has been given a moment past the guard, as by a program; the moment has come."""
    page = PostPage.objects.get(submission=submission)
    page.title = "Aivan toinen otsikko"
    moment = timezone.now() - datetime.timedelta(minutes=1)
    return page.save_revision(user=author, approved_go_live_at=moment)


def test_who_scheduled_it_is_told_once_in_their_language_why_and_where_to_go_on(
    published: Submission, writer: User, editor: User, mailoutbox: list[EmailMessage]
) -> None:
    User.objects.filter(pk=editor.pk).update(language="sv")
    revision = scheduled(published, writer)
    log(PostPage.objects.get(submission=published), "wagtail.publish.schedule", user=editor, revision=revision)
    publish_scheduled()
    publish_scheduled()
    told = Notification.objects.get(kind=NOT_PUBLISHED)
    assert told.person == editor and told.must_act
    [letter] = [each for each in mailoutbox if "Aivan toinen otsikko" in each.subject]
    assert letter.to == [editor.email]
    assert "Texten har en skribent" in str(letter.body)
    assert f"/hallinta/blogi/{published.public_id}/" in str(letter.body)
    assert PostPage.objects.get(submission=published).title == "Aikaa kohdata"


def test_where_the_log_does_not_know_who_scheduled_it_whoever_wrote_the_draft_is_told(
    published: Submission, editor: User, client: Client
) -> None:
    scheduled(published, editor)
    publish_scheduled()
    assert Notification.objects.get(kind=NOT_PUBLISHED).person == editor
    client.force_login(editor)
    assert "Aivan toinen otsikko" in client.get("/oma/").content.decode()


def test_where_nobody_is_known_nobody_is_told_and_it_loses_its_moment_all_the_same(published: Submission) -> None:
    revision = scheduled(published, None)
    publish_scheduled()
    revision.refresh_from_db()
    assert revision.approved_go_live_at is None
    assert not Notification.objects.filter(kind=NOT_PUBLISHED).exists()
