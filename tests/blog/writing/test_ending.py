"""What a writer decides with one button, the details of a text, and its versions compared."""

from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from blog.models import Submission
from blog.submitting import services
from tests.blog.writing.conftest import address_of, client_of, fields_of, picture, seen, words
from tests.factories.submissions import bring_to, latest, make_person, sent, text

pytestmark = pytest.mark.django_db


def state_of(submission: Submission) -> str:
    return Submission.objects.get(pk=submission.pk).state


def test_the_version_that_was_read_is_approved(own: Client, writer: User, editor: User) -> None:
    submission = bring_to("approval", sent(writer), editor)
    own.post(address_of(submission, "hyvaksy/"), {"version": "1"})
    assert state_of(submission) == "approved"


def test_a_version_that_came_meanwhile_is_not_approved_unread(own: Client, writer: User, editor: User) -> None:
    submission = bring_to("approval", sent(writer), editor)
    services.edit(submission=submission, editor=editor, text=text(title="Muutettu"), expected_version=1)
    submission.refresh_from_db()
    services.ask_approval(submission=submission, editor=editor)
    answer = own.post(address_of(submission, "hyvaksy/"), {"version": "1"}, follow=True)
    assert state_of(submission) == "approval"
    assert "muuttunut" in words(answer)


@pytest.mark.parametrize("told", ["", "x", "²", "9" * 30])
def test_an_approval_of_no_version_changes_nothing(own: Client, writer: User, editor: User, told: str) -> None:
    submission = bring_to("approval", sent(writer), editor)
    own.post(address_of(submission, "hyvaksy/"), {"version": told})
    assert state_of(submission) == "approval"


def test_opening_the_address_of_a_button_changes_nothing(own: Client, writer: User, editor: User) -> None:
    submission = bring_to("approval", sent(writer), editor)
    for more in ("hyvaksy/", "muutettavaa/", "suostumus/", "peru/"):
        own.get(address_of(submission, more))
    assert state_of(submission) == "approval"


def test_asking_for_changes_needs_words_and_keeps_what_was_written(own: Client, writer: User, editor: User) -> None:
    submission = bring_to("approval", sent(writer), editor)
    assert own.post(address_of(submission, "muutettavaa/"), {"words": " "}).status_code == 422
    long = "Muuta " * 600
    refused = own.post(address_of(submission, "muutettavaa/"), {"words": long})
    assert refused.status_code == 422
    assert long.strip() in seen(refused).get_text()
    own.post(address_of(submission, "muutettavaa/"), {"words": "Vaihda otsikko."})
    assert state_of(submission) == "editing"
    assert "Vaihda otsikko." in words(own.get(address_of(submission)))


def test_withdrawing_is_asked_about_and_undone_by_sending_again(own: Client, writer: User) -> None:
    submission = sent(writer)
    assert "perua" in words(own.get(address_of(submission, "peru/")))
    own.post(address_of(submission, "peru/"), {"words": "Kirjoitan toisin."})
    assert state_of(submission) == "withdrawn"
    address = address_of(submission)
    own.post(address, fields_of(own.get(address), "#text-form") | {"send_back": "1"})
    assert state_of(submission) == "sent"


def test_a_published_text_is_asked_to_be_taken_off_with_a_reason(own: Client, writer: User, editor: User) -> None:
    submission = bring_to("published", sent(writer), editor)
    refused = own.post(address_of(submission, "poista/"), {"words": ""})
    assert refused.status_code == 422
    assert seen(refused).select_one("#id_words[aria-invalid=true]") is not None
    own.post(address_of(submission, "poista/"), {"words": "Asia on muuttunut."})
    asked = Submission.objects.get()
    assert (asked.state, asked.turn, asked.unpublish_reason) == ("published", "editor", "Asia on muuttunut.")
    assert "pyytänyt poistamaan" in words(own.get(address_of(submission)))


def test_what_cannot_be_done_any_more_is_told_on_the_page_of_the_text(own: Client, writer: User, editor: User) -> None:
    submission = bring_to("published", sent(writer), editor)
    answer = own.post(address_of(submission, "peru/"), {}, follow=True)
    assert state_of(submission) == "published"
    assert seen(answer).select_one(".notice--error") is not None


def test_a_correction_goes_to_the_page_when_its_writer_approves_it(own: Client, writer: User, editor: User) -> None:
    submission = bring_to("published", sent(writer), editor)
    services.correct(
        submission=submission, editor=editor, text=text(title="Korjattu"), note="Luku korjattiin.", expected_version=1
    )
    page = words(own.get(address_of(submission)))
    assert "Luku korjattiin." in page
    own.post(address_of(submission, "hyvaksy/"), {"version": "2"})
    submission.refresh_from_db()
    assert submission.page is not None
    submission.page.refresh_from_db()
    assert submission.page.title == "Korjattu"


def test_a_joint_writer_gives_a_consent_of_their_own(writer: User) -> None:
    other = make_person("toinen")
    submission = sent(writer, co_author=other)
    submission.authors.filter(user=other).update(consented_at=None)
    client = client_of(other)
    assert seen(client.get(address_of(submission))).select_one("form[action$='suostumus/']") is not None
    client.post(address_of(submission, "suostumus/"))
    assert submission.authors.get(user=other).consented_at is not None
    assert seen(client.get(address_of(submission))).select_one("form[action$='suostumus/']") is None


def test_details_are_changed_and_accounts_stay_with_their_writers(own: Client, writer: User, tmp_path: Any) -> None:
    other = make_person("toinen")
    submission = sent(writer, co_author=other)
    address = address_of(submission, "tiedot/")
    told = fields_of(own.get(address), "main form")
    own.post(address, told | {"author-0-title": "Johtava sosiaalityöntekijä", "language": "sv"})
    submission.refresh_from_db()
    assert submission.language == "sv"
    assert [(row.title, row.user) for row in submission.authors.all()] == [
        ("Johtava sosiaalityöntekijä", writer),
        ("Lehtori", other),
    ]


def test_details_that_lack_something_are_told_and_kept(own: Client, writer: User) -> None:
    submission = sent(writer)
    address = address_of(submission, "tiedot/")
    told = fields_of(own.get(address), "main form") | {"author-0-title": "", "picture_credit": "Minä"}
    answer = own.post(address, told | {"picture": picture("kuva.gif", "GIF")})
    assert answer.status_code == 422
    assert seen(answer).select_one("#id_author-0-title[aria-invalid=true]") is not None
    assert fields_of(answer, "main form")["picture_credit"] == ["Minä"]


@pytest.mark.parametrize("way", ["sisakkain", "rinnan"])
def test_two_versions_are_compared(own: Client, writer: User, editor: User, way: str) -> None:
    submission = services.take(submission=sent(writer), editor=editor)
    changed = text(title="Toinen nimi", body=text(2_600).body)
    services.edit(submission=submission, editor=editor, text=changed, expected_version=1)
    page = seen(own.get(address_of(submission, f"vertaa/1/2/?tapa={way}")))
    assert "Toinen nimi" in [each.get_text() for each in page.select("main ins")]
    assert "Aikaa kohdata" in [each.get_text() for each in page.select("main del")]
    assert latest(submission).number == 2


def test_editors_compare_versions_too_and_what_is_not_there_is_not_found(
    own: Client, writer: User, editor: User
) -> None:
    submission = sent(writer)
    assert own.get(address_of(submission, "vertaa/1/7/")).status_code == 404
    assert own.get(address_of(submission, "vertaa/1/1/")).status_code == 200
