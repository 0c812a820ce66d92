"""A text comes to the editors: what it needs, that it comes once, and the receipt."""

import uuid
from io import BytesIO
from typing import Any

import pytest
from django.core.files.base import ContentFile
from PIL import Image

from accounts.models import User
from blog.models import Channel, Submission
from blog.models.submissions import State
from blog.submitting import errors, services
from blog.submitting.details import AuthorDetails, Text
from common.errors import Refused
from notifications.models import Notification
from tests.factories.submissions import details, latest, make_person, sent, text
from texts import Flat

pytestmark = pytest.mark.django_db


def picture(name: str = "IMG_matti.jpeg", kind: str = "PNG") -> ContentFile[bytes]:
    from io import BytesIO

    file = BytesIO()
    Image.new("RGB", (40, 30), "teal").save(file, kind)
    return ContentFile(file.getvalue(), name=name)


def test_a_sent_text_waits_in_the_queue_with_its_first_version_and_step(writer: User) -> None:
    submission = sent(writer)
    assert (submission.state, submission.turn) == ("sent", "editor")
    assert latest(submission).number == 1
    assert latest(submission).characters == 2_500
    assert list(submission.steps.values_list("act", "after", "version", "by")) == [("send", "sent", 1, writer.pk)]
    assert submission.consented_at is not None


def test_the_writer_gets_a_receipt_with_a_copy_of_the_text_at_once(writer: User, mailoutbox: list[Any]) -> None:
    sent(writer)
    [letter] = [each for each in mailoutbox if each.to == [writer.email]]
    html = letter.alternatives[0][0]
    assert "Aikaa kohdata" in letter.subject
    for part in ("Kiire ei saa viedä kohtaamista.", "Väliotsikko", "Asiakas tarvitsee aikaa"):
        assert part in letter.body
        assert part in html
    assert "/blogi/kirjoitukseni/" in letter.body


def test_sending_the_same_draft_twice_gives_one_submission_and_one_receipt(writer: User) -> None:
    key = uuid.uuid4()
    first, second = sent(writer, key=key), sent(writer, key=key)
    assert first.pk == second.pk
    assert Submission.objects.count() == 1
    assert Notification.objects.filter(kind="blog.receipt").count() == 1


def test_two_people_who_share_the_address_of_a_draft_send_a_text_each() -> None:
    key = uuid.uuid4()
    first, second = sent(make_person("yksi"), key=key), sent(make_person("kaksi"), key=key)
    assert first.pk != second.pk
    assert first.authors.get().user != second.authors.get().user


@pytest.mark.parametrize(("characters", "refusal"), [(2_199, errors.TooShort), (3_401, errors.TooLong)])
def test_a_text_outside_the_length_is_refused_with_the_number(
    writer: User, characters: int, refusal: type[errors.LengthRefused]
) -> None:
    with pytest.raises(refusal) as raised:
        sent(writer, text=text(characters))
    assert (raised.value.count, raised.value.off) == (characters, 1)
    assert not Submission.objects.exists()


@pytest.mark.parametrize("characters", [2_200, 3_400])
def test_the_ends_of_the_length_are_within_it(writer: User, characters: int) -> None:
    assert latest(sent(writer, text=text(characters))).characters == characters


def test_the_writer_may_ask_the_editors_to_take_another_length_and_says_why(writer: User) -> None:
    with pytest.raises(errors.NoReason):
        sent(writer, text=text(3_401), asks_length=True)
    submission = sent(writer, text=text(3_401), asks_length=True, details={"message": "Kaksi tapausta, ei lyhene."})
    assert submission.state == State.SENT
    assert not submission.length_reason


@pytest.mark.parametrize(
    ("fields", "refusal"),
    [
        ({"consents": False}, errors.NoConsent),
        ({"authors": []}, errors.NoRole),
        ({"authors": [AuthorDetails(" ")]}, errors.NoRole),
        ({"authors": [AuthorDetails("Ohjaaja", shows_name=True)]}, errors.NoName),
        ({"picture": picture()}, errors.NoAltText),
        ({"picture": ContentFile(b"<svg onload='alert(1)'/>", name="kuva.png"), "picture_alt": "x"}, errors.BadPicture),
    ],
)
def test_what_is_missing_is_told_and_nothing_is_kept(
    writer: User, fields: dict[str, Any], refusal: type[Refused]
) -> None:
    with pytest.raises(refusal):
        services.send(sender=writer, email="", details=details(**fields), text=text())
    assert not Submission.objects.exists()


@pytest.mark.parametrize(
    ("fields", "refusal"),
    [
        ({"title": " \u200b "[:2]}, errors.NoText),
        ({"body": Flat()}, errors.NoText),
        ({"title": "a" * 201}, errors.TitleTooLong),
        ({"lead": "a" * 501}, errors.LeadTooLong),
    ],
)
def test_a_text_without_its_parts_is_refused(writer: User, fields: dict[str, Any], refusal: type[Refused]) -> None:
    with pytest.raises(refusal):
        sent(writer, text=text(**fields))


def test_titles_are_plain_text_on_one_line(writer: User) -> None:
    submission = sent(writer, text=text(title="  Otsikko\n<b>\x00\u202fkahdella\trivillä "))
    assert latest(submission).title == "Otsikko <b> kahdella rivillä"


def test_the_body_comes_in_through_the_sanitiser_alone(writer: User) -> None:
    html = (
        text().body.html() + '<p onclick="x()">Loppu <script>alert(1)</script><a href="javascript:x()">linkki</a></p>'
    )
    submission = sent(writer, text=Text("Otsikko", "", Flat.of_html(html)))
    kept = latest(submission).body
    assert "Loppu" in kept
    assert not [bad for bad in ("script", "onclick", "alert") if bad in kept]


def test_a_closed_channel_takes_no_new_texts(writer: User) -> None:
    channel = Channel.objects.create(code="vanha", name_fi="Vanha", takes_texts=False)
    with pytest.raises(errors.ChannelClosed):
        sent(writer, details={"channel": channel})


def test_a_picture_is_kept_privately_under_a_name_that_tells_nothing(writer: User) -> None:
    submission = sent(writer, details={"picture": picture(), "picture_alt": "Käsi kädessä", "picture_credit": "Oma"})
    name = str(submission.picture.name)
    assert name.startswith("submissions/")
    assert "matti" not in name
    # What the file is counts, not what it is called.
    assert name.endswith(".png")


def test_where_a_picture_was_taken_is_not_kept_with_it(writer: User) -> None:
    file, told = BytesIO(), Image.Exif()
    told[0x8825] = {1: "N", 2: (64.0, 13.0, 30.0), 3: "E", 4: (27.0, 43.0, 0.0)}
    Image.new("RGB", (8, 8)).save(file, "JPEG", exif=told)
    taken = ContentFile(file.getvalue(), name="IMG_1.jpg")
    submission = sent(writer, details={"picture": taken, "picture_alt": "Ovi", "picture_credit": "Oma"})
    with submission.picture.open("rb") as stored, Image.open(stored) as picture:
        assert (picture.format, picture.size, dict(picture.getexif())) == ("JPEG", (8, 8), {})


def test_details_change_and_keep_who_the_authors_are(writer: User) -> None:
    co_author = make_person("toinen")
    submission = sent(writer, co_author=co_author)
    first, second = submission.authors.all()
    told = [
        AuthorDetails("Lehtori", id=second.pk),
        AuthorDetails("Asiantuntija", id=first.pk, name="Aino", shows_name=True),
    ]
    services.change_details(submission=submission, by=writer, details=details(authors=told))
    assert [(row.title, row.user) for row in submission.authors.all()] == [
        ("Lehtori", co_author),
        ("Asiantuntija", writer),
    ]
    assert all(row.consented_at for row in submission.authors.all())


def test_a_form_that_does_not_name_the_authors_changes_them_one_by_one(writer: User) -> None:
    co_author = make_person("toinen")
    submission = sent(writer, co_author=co_author)
    told = [AuthorDetails("Sosiaalityöntekijä", name="Aino", shows_name=True), AuthorDetails("Opettaja")]
    services.change_details(submission=submission, by=writer, details=details(authors=told))
    assert [(row.title, row.user) for row in submission.authors.all()] == [
        ("Sosiaalityöntekijä", writer),
        ("Opettaja", co_author),
    ]


def test_a_text_is_never_left_without_anybody_who_can_answer(writer: User) -> None:
    submission = sent(writer)
    guests = [AuthorDetails("Vieras"), AuthorDetails("Toinen vieras")]
    with pytest.raises(errors.NoWriter):
        services.change_details(submission=submission, by=writer, details=details(authors=guests))


def test_a_joint_author_consents_before_the_text_can_be_published(writer: User, editor: User) -> None:
    from blog.submitting.publishing import hindrances

    co_author = make_person("toinen")
    told = [AuthorDetails("Opiskelija"), AuthorDetails("Opettaja", user=co_author)]
    submission = sent(writer, details={"authors": told})
    assert any(isinstance(each, errors.NoConsent) for each in hindrances(submission))
    submission = services.give_consent(submission=submission, writer=co_author)
    assert not any(isinstance(each, errors.NoConsent) for each in hindrances(submission))


def test_editors_are_told_of_the_queue_once_a_day(editor: User, mailoutbox: list[Any]) -> None:
    sent()
    sent()
    assert Notification.objects.filter(kind="blog.queue", person=editor).count() == 1
    assert len([letter for letter in mailoutbox if letter.to == [editor.email]]) == 1


def test_a_text_is_sent_again_within_the_length_or_no_farther_out_than_it_was(writer: User) -> None:
    usual = services.withdraw(submission=sent(writer), writer=writer)
    with pytest.raises(errors.TooLong):
        services.reopen(submission=usual, writer=writer, text=text(3_401), expected_version=1)
    usual.refresh_from_db()
    assert (usual.state, usual.versions.count()) == ("withdrawn", 1)
    told = {"message": "Kaksi tapausta, ei lyhene."}
    asked = services.withdraw(submission=sent(writer, text=text(3_600), asks_length=True, details=told), writer=writer)
    with pytest.raises(errors.TooLong):
        services.reopen(submission=asked, writer=writer, text=text(3_601), expected_version=1)
    assert services.reopen(submission=asked, writer=writer, text=text(3_500), expected_version=1).state == "sent"
