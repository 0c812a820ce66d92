"""From an approved text to the site: the page, its moment, corrections, and off the site again."""

import datetime
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone
from wagtail.models import Collection

from accounts.models import User
from blog.models import PostPage, Submission
from blog.submitting import errors, services
from blog.submitting.details import AuthorDetails, Text
from blog.submitting.publishing import COLLECTION
from common.models import SiteImage
from tests.blog.conftest import SetClock
from tests.blog.submitting.test_sending import picture
from tests.factories.pages import term, theme
from tests.factories.submissions import bring_to, latest, sent, text, writer_of
from texts import Flat
from vocabulary.models import Phenomenon, TaskArea

pytestmark = pytest.mark.django_db


def page_of(submission: Submission) -> PostPage:
    assert submission.page is not None
    return PostPage.objects.get(pk=submission.page.pk)


def published(writer: User, editor: User, **fields: Any) -> Submission:
    return bring_to("published", sent(writer, **fields), editor)


def test_a_published_text_is_a_post_with_all_that_was_told_of_it(writer: User, editor: User) -> None:
    area, phenomenon, month = term(TaskArea, "aikuiset"), term(Phenomenon, "asuminen"), theme()
    told = {
        "authors": [
            AuthorDetails("Sosiaaliohjaaja", name="Aino Aalto", shows_name=False, other_organisation="Kunta"),
            AuthorDetails("Lehtori", name="Bo Berg", shows_name=True),
        ],
        "task_area": area,
        "phenomena": [phenomenon],
        "themes": [month],
        "picture": picture(),
        "picture_alt": "Kaksi ihmistä pöydän ääressä",
        "picture_credit": "Aino Aalto",
    }
    submission = published(writer, editor, details=told)
    page = page_of(submission)
    assert page.live
    assert (page.title, page.lead, page.slug) == ("Aikaa kohdata", "Kiire ei saa viedä kohtaamista.", "aikaa-kohdata")
    # The name is known, and not shown.
    assert (page.author_name, page.author_title, page.other_organisation) == ("", "Sosiaaliohjaaja", "Kunta")
    assert [(each.name, each.title) for each in page.other_authors.all()] == [("Bo Berg", "Lehtori")]
    assert (page.task_area, list(page.phenomena.all()), list(page.themes.all())) == (area, [phenomenon], [month])
    assert (page.owner, page.channel) == (writer, submission.channel)
    image = page.picture
    assert image is not None
    assert (image.description, image.credit) == ("Kaksi ihmistä pöydän ääressä", "Aino Aalto")
    assert (page.picture_alt, image.collection.name) == ("Kaksi ihmistä pöydän ääressä", COLLECTION)
    assert page.body == latest(submission).body
    assert submission.published_version == latest(submission)


def test_the_post_is_in_the_list_and_the_feed_of_the_blog(writer: User, editor: User, client: Client) -> None:
    published(writer, editor)
    for address in ("/blogi/", "/blogi/aikaa-kohdata/", "/blogi/syote.xml"):
        assert "Aikaa kohdata" in client.get(address).content.decode()


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_a_text_comes_out_in_its_language(writer: User, editor: User, language: str) -> None:
    page = page_of(published(writer, editor, details={"language": language}))
    assert page.locale.language_code == language


def test_posts_of_one_title_have_addresses_of_their_own(writer: User, editor: User) -> None:
    slugs = [page_of(published(writer, editor)).slug for _time in range(3)]
    assert slugs == ["aikaa-kohdata", "aikaa-kohdata-2", "aikaa-kohdata-3"]


def test_a_title_without_letters_has_an_address_all_the_same(writer: User, editor: User) -> None:
    assert page_of(published(writer, editor, text=text(title="?!"))).slug == "kirjoitus"


def test_nothing_of_a_text_becomes_markup_but_what_the_sanitiser_lets(
    writer: User, editor: User, client: Client
) -> None:
    bad = '<img src=x onerror="alert(1)">'
    told = {"authors": [AuthorDetails(bad)]}
    body = Flat(text().body.text.replace("kuuntelee", bad, 1), text().body.blocks)
    submission = published(writer, editor, text=Text(bad, bad, body), details=told)
    shown = client.get(page_of(submission).url).content.decode()
    assert bad not in shown
    assert "&lt;img src=x" in shown


def test_publishing_twice_is_publishing_once(writer: User, editor: User) -> None:
    submission = published(writer, editor)
    again = services.publish(submission=submission, by=editor)
    assert again.page == submission.page
    assert PostPage.objects.filter(title="Aikaa kohdata").count() == 1
    assert submission.steps.filter(act="publish").count() == 1


def test_what_is_published_later_keeps_its_first_day_and_page(writer: User, editor: User) -> None:
    submission = published(writer, editor)
    first = submission.published_at
    submission = services.unpublish(submission=submission, editor=editor)
    assert not page_of(submission).live
    submission = services.publish(submission=submission, by=editor)
    assert (page_of(submission).live, submission.published_at) == (True, first)
    assert PostPage.objects.filter(title="Aikaa kohdata").count() == 1


def test_a_text_without_consent_is_not_published(writer: User, editor: User) -> None:
    submission = bring_to("approved", sent(writer), editor)
    submission.authors.update(consented_at=None)
    with pytest.raises(errors.NoConsent):
        services.publish(submission=submission, by=editor)
    assert not PostPage.objects.filter(title="Aikaa kohdata").exists()


def test_a_picture_without_words_keeps_a_text_from_the_site(writer: User, editor: User) -> None:
    submission = bring_to("approved", sent(writer), editor)
    submission.picture.save("kuva.png", ContentFile(b"x"), save=False)
    submission.save()
    with pytest.raises(errors.NoAltText):
        services.publish(submission=submission, by=editor)


@pytest.mark.parametrize("characters", [2_199, 3_401])
def test_another_length_comes_out_with_a_reason_alone(writer: User, editor: User, characters: int) -> None:
    told = {"message": "Saako olla näin?"}
    submission = sent(writer, text=text(characters), asks_length=True, details=told)
    submission = services.take(submission=submission, editor=editor)
    with pytest.raises(errors.LengthRefused):
        services.ask_approval(submission=submission, editor=editor)
    submission = services.pass_length(submission=submission, editor=editor, reason="Näin on hyvä.")
    submission = services.ask_approval(submission=submission, editor=editor)
    submission = services.approve(submission=submission, writer=writer, version=1)
    assert services.publish(submission=submission, by=editor).state == "published"


def test_the_worker_publishes_what_is_due_and_leaves_the_rest(writer: User, editor: User, set_clock: SetClock) -> None:
    first, second = (bring_to("approved", sent(writer), editor) for _time in range(2))
    now = timezone.now()
    services.schedule(submission=first, editor=editor, at=now + datetime.timedelta(hours=1))
    services.schedule(submission=second, editor=editor, at=now + datetime.timedelta(hours=3))
    services.publish_due()
    set_clock(now + datetime.timedelta(hours=2))
    assert services.publish_due() is False
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == ("published", "scheduled")
    assert first.steps.get(act="publish").by is None


def test_a_moment_that_has_gone_is_none(writer: User, editor: User) -> None:
    submission = bring_to("approved", sent(writer), editor)
    with pytest.raises(errors.NotThen):
        services.schedule(submission=submission, editor=editor, at=timezone.now())


def test_one_that_cannot_be_published_stops_no_other_and_its_editor_is_told(
    writer: User, editor: User, set_clock: SetClock, mailoutbox: list[Any]
) -> None:
    rows = [bring_to("scheduled", sent(writer), editor) for _time in range(3)]
    # The consent has been taken back by a way that the machine does not know.
    rows[0].authors.update(consented_at=None)
    # A picture whose file is gone: nobody's fault.
    Submission.objects.filter(pk=rows[1].pk).update(picture="submissions/poissa.png", picture_alt="Kuva")
    set_clock(timezone.now() + datetime.timedelta(days=4))
    mailoutbox.clear()
    services.publish_due()
    services.publish_due()
    for row in rows:
        row.refresh_from_db()
    assert [row.state for row in rows] == ["approved", "scheduled", "published"]
    assert (rows[0].turn, rows[0].publish_at) == ("editor", None)
    letters = [letter for letter in mailoutbox if letter.to == [editor.email]]
    # Each failure once, however often the worker tries.
    assert len(letters) == 2


def test_a_correction_waits_for_the_writer_and_is_dated_on_the_page(writer: User, editor: User, client: Client) -> None:
    submission = published(writer, editor)
    fixed = text(2_600, title="Aikaa kohdata ihminen")
    submission = services.correct(
        submission=submission, editor=editor, text=fixed, note="Vuosiluku on 2024.", expected_version=1
    )
    assert (submission.state, submission.turn) == ("published", "writer")
    assert page_of(submission).title == "Aikaa kohdata"
    submission = services.approve(submission=submission, writer=writer, version=2)
    page = page_of(submission)
    assert (page.title, submission.published_version, submission.correction) == (
        "Aikaa kohdata ihminen",
        latest(submission),
        "",
    )
    assert [(each.text, each.day) for each in page.corrections.all()] == [("Vuosiluku on 2024.", timezone.localdate())]
    shown = client.get(page.url).content.decode()
    assert "Vuosiluku on 2024." in shown
    # The address that readers know stays.
    assert page.slug == "aikaa-kohdata"


def test_a_correction_that_the_writer_refuses_leaves_the_page_as_it_was(writer: User, editor: User) -> None:
    submission = published(writer, editor)
    submission = services.correct(
        submission=submission, editor=editor, text=text(2_600), note="Vuosiluku.", expected_version=1
    )
    submission = services.refuse_approval(submission=submission, writer=writer, words="Luku on oikein.")
    assert (submission.state, submission.turn, submission.correction) == ("published", "editor", "")
    assert not page_of(submission).corrections.exists()
    submission = services.leave(submission=submission, editor=editor)
    assert submission.turn == "nobody"


def test_a_correction_changes_something(writer: User, editor: User) -> None:
    submission = published(writer, editor)
    with pytest.raises(errors.NothingChanged):
        services.correct(submission=submission, editor=editor, text=text(), note="Ei mitään.", expected_version=1)


def test_where_the_writer_asked_for_it_the_consent_ends_with_the_page(writer: User, editor: User) -> None:
    submission = published(writer, editor)
    submission = services.ask_unpublish(submission=submission, writer=writer, words="Työpaikka vaihtui.")
    assert (submission.turn, page_of(submission).live) == ("editor", True)
    submission = services.unpublish(submission=submission, editor=editor)
    assert (submission.state, page_of(submission).live) == ("unpublished", False)
    with pytest.raises(errors.NoConsent):
        services.publish(submission=submission, by=editor)
    submission = services.reopen(submission=submission, writer=writer, text=text(2_800), expected_version=1)
    assert submission.consented_at is not None


def test_who_leaves_a_text_on_the_site_though_its_writer_asked_says_why(writer: User, editor: User) -> None:
    submission = services.ask_unpublish(submission=published(writer, editor), writer=writer, words="")
    with pytest.raises(errors.NoReason):
        services.leave(submission=submission, editor=editor)
    submission = services.leave(submission=submission, editor=editor, words="Sovittiin puhelimessa.")
    assert (submission.turn, submission.unpublish_asked_at) == ("nobody", None)


def test_the_picture_is_made_once_for_the_page_and_follows_when_it_changes(writer: User, editor: User) -> None:
    submission = published(writer, editor, details={"picture": picture(), "picture_alt": "Kuva"})
    submission = services.correct(
        submission=submission, editor=editor, text=text(2_600), note="Luku.", expected_version=1
    )
    services.approve(submission=submission, writer=writer_of(submission), version=2)
    assert SiteImage.objects.count() == 1
    assert Collection.objects.filter(name=COLLECTION).count() == 1


def test_the_next_newsletter_has_what_was_published_since_the_last_one(writer: User, editor: User) -> None:
    old, new = published(writer, editor), published(writer, editor)
    last_issue = timezone.now() - datetime.timedelta(days=7)
    PostPage.objects.filter(pk=page_of(old).pk).update(first_published_at=last_issue - datetime.timedelta(days=1))
    services.correct(submission=old, editor=editor, text=text(2_600), note="Luku.", expected_version=1)
    services.approve(submission=old, writer=writer, version=2)
    assert [page.pk for page in PostPage.objects.for_newsletter(last_issue)] == [page_of(new).pk]
    services.unpublish(submission=new, editor=editor)
    assert not PostPage.objects.for_newsletter(last_issue)
