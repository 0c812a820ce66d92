"""The link of the letter: opening it changes nothing, pressing the button sends the text and signs a new person in."""

from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from blog.models import Submission
from tests.blog.writing.conftest import client_of, words
from tests.factories.submissions import make_person, unconfirmed

pytestmark = pytest.mark.django_db


def link_of(mailoutbox: list[Any]) -> str:
    return "/blogi/vahvista/" + str(mailoutbox[-1].body).split("/blogi/vahvista/")[1].split("/")[0] + "/"


def state_of(submission: Submission) -> str:
    return Submission.objects.get(pk=submission.pk).state


def test_opening_the_link_changes_nothing(visitor: Client, mailoutbox: list[Any]) -> None:
    submission = unconfirmed()
    page = visitor.get(link_of(mailoutbox))
    assert "Aikaa kohdata" in words(page)
    # Other sites are told nothing; a form of the page still says where it comes from, without which it is refused.
    assert page["Referrer-Policy"] == "same-origin"
    assert state_of(submission) == "unconfirmed"


def test_confirming_sends_the_text_and_opens_its_page_to_the_new_account(
    visitor: Client, mailoutbox: list[Any]
) -> None:
    submission = unconfirmed("uusi@example.org")
    answer = visitor.post(link_of(mailoutbox))
    assert state_of(submission) == "sent"
    page = visitor.get(answer["Location"])
    assert page.status_code == 200
    assert "uusi@example.org" in words(page)


def test_who_has_an_account_signs_in_first(visitor: Client, mailoutbox: list[Any]) -> None:
    owner = make_person("vanha")
    submission = unconfirmed(owner.email)
    link = link_of(mailoutbox)
    refused = visitor.post(link)
    assert refused.status_code == 403
    assert state_of(submission) == "unconfirmed"
    answer = client_of(owner).post(link)
    assert answer["Location"].startswith(f"/blogi/kirjoitukseni/{submission.public_id}/")
    assert state_of(submission) == "sent"


def test_a_link_works_once(visitor: Client, mailoutbox: list[Any]) -> None:
    unconfirmed()
    link = link_of(mailoutbox)
    visitor.post(link)
    assert Client().get(link).status_code == 410
    assert Client().post(link).status_code == 410


def test_a_made_up_link_is_answered_kindly(visitor: Client) -> None:
    assert visitor.get("/blogi/vahvista/keksitty/").status_code == 410
    assert not User.objects.exists()
