"""The language of one's letters and the reminders: one's own alone."""

import pytest
from django.test import Client

from accounts.models import User
from notifications.services import wants_reminders

pytestmark = pytest.mark.django_db
PAGE = "/oma/asetukset/"


@pytest.fixture
def person() -> User:
    return User.objects.create_user("aino@example.org")


def test_choices_are_kept_and_shown_again(client: Client, person: User) -> None:
    client.force_login(person)
    assert client.get(PAGE).status_code == 200
    assert client.post(PAGE, {"language": "sv"}).status_code == 302
    person.refresh_from_db()
    assert person.language == "sv"
    assert not wants_reminders(person)
    client.post(PAGE, {"language": "en", "reminders": "on"})
    assert wants_reminders(person)


def test_a_language_that_is_not_ours_is_refused_with_a_sentence(client: Client, person: User) -> None:
    client.force_login(person)
    response = client.post(PAGE, {"language": "xx"})
    assert response.status_code == 422
    assert "error-summary" in response.content.decode()
    person.refresh_from_db()
    assert person.language == "fi"


def test_a_stranger_signs_in_first(client: Client) -> None:
    assert client.get(PAGE)["Location"].startswith("/tili/login/")
    assert client.post(PAGE, {"language": "sv"}).status_code == 302


@pytest.mark.parametrize(("prefix", "language"), [("", "fi"), ("/sv", "sv"), ("/en", "en")])
def test_an_account_gets_the_language_of_the_page_where_it_was_made(prefix: str, language: str, client: Client) -> None:
    form = {
        "email": "uusi@example.org",
        "first_name": "Uusi",
        "last_name": "Ihminen",
        "password1": "kaarisilta-ja-pilari",
        "password2": "kaarisilta-ja-pilari",
    }
    client.post(f"{prefix}/tili/signup/", form)
    assert User.objects.get().language == language
