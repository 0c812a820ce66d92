"""Before sending: what the text lacks is told and nothing is sent; what lacks nothing is sent once, with a receipt."""

from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from blog.models import Submission
from blog.writing.views import checking
from common.limits import Limit
from drafts.models import Draft
from tests.blog.writing.conftest import CHECK, KEY, RECEIPT, WRITE, client_of, fields_of, filled, picture, seen, words

pytestmark = pytest.mark.django_db
CONSENT = {"consent": "on", "employer": "on", "send": "1"}


@pytest.fixture(autouse=True)
def private_folder(settings: Any, tmp_path: Any) -> None:
    storages = dict(settings.STORAGES)
    storages["default"] = {**storages["default"], "OPTIONS": {"location": str(tmp_path), "base_url": None}}
    settings.STORAGES = storages


def ready(client: Client, **fields: Any) -> dict[str, Any]:
    """Write a text; return what the page of checking would send with the consent given."""
    client.post(WRITE, filled(**fields))
    return fields_of(client.get(CHECK)) | CONSENT


def problems(response: Any) -> list[str]:
    return [each.get_text() for each in seen(response).select("[aria-labelledby=problems] a[href*='#']")]


def test_a_writer_who_has_signed_in_sends_to_the_queue(own: Client, writer: User) -> None:
    answer = own.post(CHECK, ready(own, message="Toivon nopeaa käsittelyä."))
    submission = Submission.objects.get()
    assert (submission.state, submission.message) == ("sent", "Toivon nopeaa käsittelyä.")
    assert [author.user for author in submission.authors.all()] == [writer]
    receipt = own.get(answer["Location"])
    assert "Odotusaika on rakenne" in words(receipt)
    assert "2 500 merkkiä" in words(receipt)


def test_a_visitor_is_asked_for_an_address_and_told_where_the_link_went(visitor: Client, mailoutbox: list[Any]) -> None:
    told = ready(visitor)
    refused = visitor.post(CHECK, told)
    assert refused.status_code == 422
    assert seen(refused).select_one("#id_email[aria-invalid=true]") is not None
    answer = visitor.post(CHECK, fields_of(refused) | CONSENT | {"email": "kirjoittaja@example.org"})
    submission = Submission.objects.get()
    assert (submission.state, submission.unconfirmed_email) == ("unconfirmed", "kirjoittaja@example.org")
    assert "kirjoittaja@example.org" in words(visitor.get(answer["Location"]))
    assert [letter.to for letter in mailoutbox] == [["kirjoittaja@example.org"]]


@pytest.mark.parametrize("characters", [2_199, 3_401])
def test_the_editors_are_asked_to_take_another_length_with_a_reason(own: Client, characters: int) -> None:
    answer = own.post(CHECK, ready(own, characters=characters))
    # Not of itself, and not without a reason.
    assert answer.status_code == 422
    answer = own.post(CHECK, fields_of(answer) | CONSENT | {"asks_length": "on"})
    assert answer.status_code == 422
    assert not Submission.objects.exists()
    reason = {"asks_length": "on", "message": "Kaksi tapausta, joita ei voi lyhentää."}
    own.post(CHECK, fields_of(answer) | CONSENT | reason)
    assert Submission.objects.get().versions.get().characters == characters


def test_another_length_is_not_asked_for_where_something_else_is_missing_too(own: Client) -> None:
    told = filled(2_199, title="") | CONSENT | {"asks_length": "on", "message": "Syy."}
    answer = own.post(CHECK, told)
    assert answer.status_code == 422
    assert seen(answer).select_one("[name=asks_length]") is None
    assert not Submission.objects.exists()


def test_one_network_may_have_only_so_many_letters_sent(visitor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checking, "LETTERS", Limit("blog-letters", 1, 3600))
    email = {"email": "kirjoittaja@example.org"}
    assert visitor.post(CHECK, ready(visitor) | email).status_code == 302
    other = Client()
    assert other.post(CHECK, ready(other) | email).status_code == 422
    assert Submission.objects.count() == 1
    assert fields_of(other.get(WRITE))["title"] == ["Odotusaika on rakenne"]


def test_pressing_twice_sends_once(own: Client, mailoutbox: list[Any]) -> None:
    told = ready(own)
    own.post(CHECK, told)
    again = own.post(CHECK, told)
    assert again["Location"] == RECEIPT
    assert Submission.objects.count() == 1
    assert Draft.objects.get(object=str(KEY)).status == Draft.Status.FINISHED
    assert own.get(WRITE)["Location"] == RECEIPT


@pytest.mark.parametrize(("length", "sentence"), [(2_199, "1 merkki puuttuu"), (3_401, "1 merkki liikaa")])
def test_a_text_outside_the_length_is_told_by_how_much_and_kept(own: Client, length: int, sentence: str) -> None:
    own.post(WRITE, filled(length))
    page = own.get(CHECK)
    assert sentence in problems(page)[0]
    assert seen(page).select_one("[name=asks_length]:not([checked])") is not None
    assert own.post(CHECK, filled(length) | CONSENT).status_code == 422
    assert not Submission.objects.exists()
    assert fields_of(own.get(WRITE))["title"] == ["Odotusaika on rakenne"]


@pytest.mark.parametrize("length", [2_200, 3_400])
def test_the_ends_of_the_length_may_be_sent(own: Client, length: int) -> None:
    own.post(WRITE, filled(length))
    own.post(CHECK, fields_of(own.get(CHECK)) | CONSENT)
    assert Submission.objects.get().versions.get().characters == length


def test_everything_that_is_missing_is_told_at_once_with_a_way_to_its_field(own: Client) -> None:
    own.post(WRITE, {"body": "Alku.", "body_format": "notation", "language": "fi"})
    links = [str(each["href"]) for each in seen(own.get(CHECK)).select("[aria-labelledby=problems] a")]
    expected = [f"{WRITE}#{anchor}" for anchor in ("id_title", "id_lead", "id_body", "id_author-0-title")]
    assert links[: len(expected)] == expected
    page = seen(own.get(WRITE))
    assert all(page.select_one(f"#{link.split('#')[1]}") for link in expected)


def test_a_picture_needs_words_and_goes_along(own: Client) -> None:
    own.post(WRITE, filled(picture=picture()))
    assert any("kuvassa" in each for each in problems(own.get(CHECK)))
    told = fields_of(own.get(WRITE)) | {"picture_alt": "Tyhjä odotushuone", "picture_credit": "Oma kuva"}
    own.post(WRITE, told)
    own.post(CHECK, fields_of(own.get(CHECK)) | CONSENT)
    submission = Submission.objects.get()
    assert submission.picture.name.startswith("submissions/")
    assert submission.picture.size > 0
    assert (submission.picture_alt, submission.picture_credit) == ("Tyhjä odotushuone", "Oma kuva")


def test_nothing_is_sent_without_consent(own: Client) -> None:
    told = ready(own)
    del told["consent"]
    answer = own.post(CHECK, told)
    assert answer.status_code == 422
    assert seen(answer).select_one("#id_consent[aria-invalid=true]") is not None
    assert not Submission.objects.exists()


def test_what_looks_like_personal_data_is_shown_in_its_place_and_may_be_sent_all_the_same(own: Client) -> None:
    body = filled()["body"] + "\n\nSoita numeroon 040 123 4567 heti."
    told = ready(own, body=body)
    page = seen(own.get(CHECK))
    mark = page.select_one(".preview mark")
    assert mark is not None
    assert mark.get_text().replace("\xa0", " ") == "040 123 4567"
    assert page.select_one(f"[aria-labelledby=findings] a[href='#{mark['id']}']") is not None
    button = page.select_one("button[name=send]")
    assert button is not None
    assert button.get_text() == "Lähetä silti"
    own.post(CHECK, told)
    assert Submission.objects.count() == 1


def test_a_text_that_was_changed_elsewhere_is_not_sent_unseen(own: Client) -> None:
    told = ready(own)
    other = fields_of(own.get(WRITE)) | {"title": ["Muualla muutettu"]}
    own.post(WRITE, other)
    answer = own.post(CHECK, told | {"title": ["Tässä muutettu"]})
    assert answer["Location"].endswith("/vertaa/")
    assert not Submission.objects.exists()


def test_joint_writers_are_named_in_the_byline(own: Client) -> None:
    pair = {"author-1-title": "Lehtori", "author-1-byline": "name", "author-1-name": "Liisa Lehto"}
    own.post(CHECK, ready(own, **pair))
    told = [(each.title, each.name, each.shows_name) for each in Submission.objects.get().authors.all()]
    assert told[1:] == [("Lehtori", "Liisa Lehto", True)]


def test_the_receipt_says_nothing_to_others(own: Client) -> None:
    answer = own.post(CHECK, ready(own))
    assert Client().get(RECEIPT)["Location"] == WRITE
    assert Client().get(f"{RECEIPT}?kuitti=arvattu")["Location"] == WRITE
    assert answer["Location"].startswith(f"{RECEIPT}?kuitti=")


def test_a_text_that_was_never_begun_has_nothing_to_check(writer: User) -> None:
    assert client_of(writer).get(CHECK)["Location"] == WRITE
