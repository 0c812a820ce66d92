"""The page where people change the name of their account."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User


@pytest.fixture
def person(client: Client, db: None) -> User:
    made = User.objects.create_user("aino@example.org", first_name="Aino", last_name="Vanha")
    client.force_login(made)
    return made


def test_a_new_name_is_kept(client: Client, person: User) -> None:
    answer = client.post(
        reverse("home:name"), {"first_name": "Aino", "last_name": "Šiŋŋá\N{RIGHT-TO-LEFT OVERRIDE}"}, follow=True
    )
    assert "Nimesi on tallennettu." in answer.content.decode()
    person.refresh_from_db()
    assert person.get_full_name() == "Aino Šiŋŋá"


@pytest.mark.parametrize("given", [{"first_name": "", "last_name": "X"}, {"first_name": "A" * 151, "last_name": "X"}])
def test_a_name_that_is_refused_leaves_the_old_one(given: dict[str, str], client: Client, person: User) -> None:
    answer = client.post(reverse("home:name"), given)
    assert answer.status_code == 422
    assert "error-summary" in answer.content.decode()
    person.refresh_from_db()
    assert person.get_full_name() == "Aino Vanha"


def test_strangers_sign_in_first_and_nobody_changes_more_than_a_name(client: Client, person: User) -> None:
    client.post(reverse("home:name"), {"first_name": "Aino", "last_name": "Uusi", "is_staff": "on", "email": "x@y.fi"})
    person.refresh_from_db()
    assert (person.is_staff, person.email) == (False, "aino@example.org")
    client.logout()
    assert client.get(reverse("home:name")).status_code == 302


def test_the_page_is_kept_by_no_cache(client: Client, person: User) -> None:
    assert "no-store" in client.get(reverse("home:name"))["Cache-Control"]
