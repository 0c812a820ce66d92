"""The administration's own forms of pages leave what the writer has approved as it is."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from blog.models import PostPage, Submission
from blog.submitting import services
from tests.factories.submissions import bring_to, sent

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
    from tests.factories.pages import post

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
