"""Who makes an account to do something comes to it when the address is confirmed."""

import re

import pytest
from django.core import mail
from django.test import Client

pytestmark = pytest.mark.django_db
PASSWORD = "kastemato-kiipeää-44"
WANTED = "/opinnot/syksy-27/ilmoittaudu/"


def sign_up(client: Client, wanted: str = "") -> str:
    """Make an account; return the address that confirms it."""
    form = {"email": "uusi@kunta.example", "first_name": "Uusi", "last_name": "Tulija"}
    answer = client.post("/tili/signup/", form | {"password1": PASSWORD, "password2": PASSWORD, "next": wanted})
    assert answer.status_code == 302
    found = re.search(r"/tili/confirm-email/[^/\s]+/", str(mail.outbox[-1].body))
    assert found is not None
    return found[0]


def sign_in(client: Client, path: str) -> str:
    """Sign in at the address, with what its form holds; return where that leads."""
    wanted = re.search(r'name="next" value="([^"]*)"', client.get(path).content.decode())
    form = {"login": "uusi@kunta.example", "password": PASSWORD, "next": wanted[1] if wanted else ""}
    return client.post("/tili/login/", form)["Location"]


def test_confirming_the_address_leads_to_what_the_account_was_made_for(client: Client) -> None:
    confirming = sign_up(client, WANTED)
    assert sign_in(client, client.post(confirming)["Location"]) == WANTED


def test_without_a_wish_it_leads_to_ones_own_page(client: Client) -> None:
    confirming = sign_up(client)
    assert sign_in(client, client.post(confirming)["Location"]) == "/oma/"


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example", "javascript:alert(1)"])
def test_it_leads_nowhere_else(client: Client, elsewhere: str) -> None:
    confirming = sign_up(client, elsewhere)
    assert "evil" not in (there := client.post(confirming)["Location"])
    assert sign_in(client, there) == "/oma/"


def test_another_browser_knows_nothing_of_it(client: Client) -> None:
    confirming = sign_up(client, WANTED)
    other = Client()
    assert sign_in(other, other.post(confirming)["Location"]) == "/oma/"
