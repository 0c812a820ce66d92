"""The administration's own forms of pages leave what the writer has approved as it is."""

import datetime
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from accounts.models import User
from blog.models import PostPage, Submission
from blog.submitting import services
from blog.submitting.guarding import PastItsWriter
from common.scheduled import publish_scheduled
from tests.factories.pages import post
from tests.factories.submissions import bring_to, sent, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def submission(writer: User, editor: User) -> Submission:
    return bring_to("published", sent(writer), editor)


def published(client: Client, page: PostPage, **fields: Any) -> PostPage:
    """The page after its form in the administration was sent with these fields, to be published."""
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    form = client.get(address).context["form"]
    told = {name: value for name, value in _posted(form).items() if value is not None}
    answer = client.post(address, {**told, **fields, "action-publish": "1"})
    assert answer.status_code == 302, answer.context["form"].errors
    return PostPage.objects.get(pk=page.pk)


def _posted(form: Any) -> dict[str, Any]:
    told = {form.add_prefix(name): form[name].value() for name in form.fields}
    for formset in form.formsets.values():
        told |= {f"{formset.prefix}-TOTAL_FORMS": 0, f"{formset.prefix}-INITIAL_FORMS": 0}
    return told


def contentstate(html: str) -> str:
    from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter

    return str(
        ContentstateConverter(["h2", "h3", "bold", "italic", "ol", "ul", "link", "blockquote"]).from_database_format(
            html
        )
    )


def test_other_words_are_not_published_past_the_writer(submission: Submission, editor: User, client: Client) -> None:
    assert submission.page is not None
    client.force_login(editor)
    page = published(client, submission.page, title="Aivan toinen otsikko", body=contentstate(submission.page.body))
    assert page.title == "Aikaa kohdata"
    answer = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    assert f"/hallinta/blogi/{submission.public_id}/" in answer.content.decode()


def test_what_is_not_the_writers_words_is_changed_there(submission: Submission, editor: User, client: Client) -> None:
    assert submission.page is not None
    client.force_login(editor)
    page = published(client, submission.page, takes_comments="on", body=contentstate(submission.page.body))
    assert page.takes_comments


def test_a_post_without_a_writer_is_published_as_ever(editor: User, client: Client) -> None:
    page = post()
    client.force_login(editor)
    assert published(client, page, title="Uusi", body=contentstate("<p>Uutta.</p>")).title == "Uusi"


def test_a_page_taken_off_the_site_there_is_told_to_its_writer(
    submission: Submission, writer: User, mailoutbox: list[Any]
) -> None:
    assert submission.page is not None
    mailoutbox.clear()
    submission.page.unpublish()
    submission.refresh_from_db()
    assert (submission.state, submission.turn) == ("unpublished", "nobody")
    assert [letter.to for letter in mailoutbox] == [[writer.email]]


def test_a_text_taken_off_at_its_writers_wish_is_not_published_again_past_them(
    submission: Submission, writer: User, editor: User, client: Client
) -> None:
    services.ask_unpublish(submission=submission, writer=writer, words="En halua, että se luetaan.")
    services.unpublish(submission=submission, editor=editor)
    client.force_login(editor)
    assert submission.page is not None
    assert not published(client, submission.page, body=contentstate(submission.page.body)).live


def test_a_page_that_is_deleted_is_off_the_site(submission: Submission) -> None:
    assert submission.page is not None
    PostPage.objects.get(pk=submission.page.pk).delete()
    submission.refresh_from_db()
    assert (submission.state, submission.page) == ("unpublished", None)
    assert submission.steps.filter(act="unpublish").count() == 1


def page_of(submission: Submission) -> PostPage:
    return PostPage.objects.get(submission=submission)


def drafted(submission: Submission, **fields: Any) -> PostPage:
    """The page with a draft that says something else than what is on the site."""
    page = page_of(submission)
    for name, value in fields.items():
        setattr(page, name, value)
    page.save_revision()
    return PostPage.objects.get(pk=page.pk)


def in_bulk(client: Client, *pages: Page, **told: str) -> str:
    """The pages after they were published together: what the next page then says."""
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    query = urlencode({"id": [page.pk for page in pages], "next": reverse("wagtailadmin_home")}, doseq=True)
    answer = client.post(f"{address}?{query}", told, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def test_other_words_are_not_published_in_bulk(submission: Submission, editor: User, client: Client) -> None:
    other = post(live=False)
    page = drafted(submission, title="Aivan toinen otsikko")
    client.force_login(editor)
    assert f"/hallinta/blogi/{submission.public_id}/" in in_bulk(client, page, other)
    assert page_of(submission).title == "Aikaa kohdata"
    assert not PostPage.objects.get(pk=other.pk).live
    in_bulk(client, other)
    assert PostPage.objects.get(pk=other.pk).live


def test_what_was_taken_off_the_site_does_not_come_back_with_the_drafts_of_the_blog(
    submission: Submission, editor: User, client: Client
) -> None:
    services.unpublish(submission=submission, editor=editor)
    blog = page_of(submission).get_parent()
    client.force_login(editor)
    in_bulk(client, blog, include_descendants="on")
    assert not page_of(submission).live


def test_other_words_get_no_moment_to_go_live(
    submission: Submission, editor: User, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = drafted(submission, title="Aivan toinen otsikko", go_live_at=timezone.now() + datetime.timedelta(days=1))
    client.force_login(editor)
    published(client, page, body=contentstate(page.body))
    in_bulk(client, page)
    with pytest.raises(PastItsWriter):
        page.get_latest_revision().publish(user=editor)
    assert not page.revisions.filter(approved_go_live_at__isnull=False).exists()
    later = timezone.now() + datetime.timedelta(days=2)
    monkeypatch.setattr(timezone, "now", lambda: later)
    publish_scheduled()
    assert page_of(submission).title == "Aikaa kohdata"


def test_the_writers_words_go_live_at_their_moment_unless_they_were_corrected_meanwhile(
    submission: Submission, writer: User, editor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = drafted(submission, takes_comments=True, go_live_at=timezone.now() + datetime.timedelta(days=1))
    page.get_latest_revision().publish(user=editor)
    later = timezone.now() + datetime.timedelta(days=2)
    with monkeypatch.context() as clock:
        clock.setattr(timezone, "now", lambda: later)
        publish_scheduled()
    assert page_of(submission).takes_comments
    page = drafted(submission, takes_thanks=True, go_live_at=later + datetime.timedelta(days=1))
    page.get_latest_revision().publish(user=editor)
    corrected = services.correct(
        submission=submission, editor=editor, text=text(2_800), note="Vuosiluku.", expected_version=1
    )
    services.approve(submission=corrected, writer=writer, version=2)
    monkeypatch.setattr(timezone, "now", lambda: later + datetime.timedelta(days=2))
    publish_scheduled()
    assert not page_of(submission).takes_thanks
    # It would be refused each minute.
    assert not page.revisions.filter(approved_go_live_at__isnull=False).exists()


def test_a_workflow_does_not_publish_other_words(submission: Submission, editor: User, client: Client) -> None:
    page = drafted(submission, title="Aivan toinen otsikko")
    task = page.get_workflow().start(page, editor).current_task_state
    client.force_login(editor)
    way = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", task.pk])
    answer = client.post(way, follow=True)
    assert "Tekstillä on kirjoittaja" in answer.content.decode()
    task.refresh_from_db()
    assert (task.status, page_of(submission).title) == ("in_progress", "Aikaa kohdata")


def published_by_a_program(client: Client, page: Page) -> int:
    address = reverse("wagtailadmin_api:pages:action", args=[page.pk, "publish"])
    return client.post(address, content_type="application/json").status_code


def test_a_program_publishes_only_what_the_writer_has_approved(
    submission: Submission, editor: User, client: Client
) -> None:
    page = drafted(submission, title="Aivan toinen otsikko")
    client.force_login(editor)
    assert published_by_a_program(client, page) == 403
    assert page_of(submission).title == "Aikaa kohdata"


def test_a_program_puts_nothing_back_that_was_taken_off_the_site(
    submission: Submission, writer: User, editor: User, client: Client
) -> None:
    services.ask_unpublish(submission=submission, writer=writer, words="En halua, että se luetaan.")
    services.unpublish(submission=submission, editor=editor)
    client.force_login(editor)
    assert published_by_a_program(client, page_of(submission)) == 403
    assert not page_of(submission).live


def test_a_program_publishes_a_post_without_a_writer(editor: User, client: Client) -> None:
    page = post()
    page.title = "Uusi"
    page.save_revision()
    client.force_login(editor)
    assert published_by_a_program(client, page) == 200
    assert PostPage.objects.get(pk=page.pk).title == "Uusi"
