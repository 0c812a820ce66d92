"""Demonstration accounts do not get in where there is no demonstration, whichever way they come."""

from typing import Any

import pytest
from allauth.account.adapter import get_adapter
from allauth.account.models import EmailAddress
from django.test import Client, RequestFactory
from pytest_django import Settings

from accounts.models import User

pytestmark = pytest.mark.django_db
HOW = {"email_verification": "mandatory", "signal_kwargs": None, "email": None, "signup": False, "redirect_url": None}


def refusal(user: User) -> Any:
    """What the sign-in by a passkey or a link is answered; None lets the person in."""
    request = RequestFactory().post("/tili/login/")
    request.session = Client().session
    return get_adapter(request).pre_login(request, user, **HOW)


@pytest.mark.parametrize(("demo", "name", "refused"), [
    (False, "toimittaja@demo.example", True),
    (True, "toimittaja@demo.example", False),
    (False, "toimittaja@example.org", False),
])  # fmt: skip
def test_a_passkey_or_a_link_lets_in_no_demonstration_account(
    settings: Settings, demo: bool, name: str, refused: bool
) -> None:
    settings.DEMO = demo
    user = User.objects.create_user(name, "pitka-salasana-1")
    assert bool(refusal(user)) is refused
    user.refresh_from_db()
    assert user.is_active


def test_nor_does_a_password(settings: Settings, client: Client) -> None:
    user = User.objects.create_user("toimittaja@demo.example", "pitka-salasana-1")
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    sent = {"login": user.email, "password": "pitka-salasana-1"}
    settings.DEMO = False
    assert client.post("/tili/login/", sent).status_code == 200
    assert client.get("/oma/").status_code == 302
    settings.DEMO = True
    assert client.post("/tili/login/", sent).status_code == 302
    assert client.get("/oma/").status_code == 200


@pytest.mark.parametrize(("demo", "name", "status"), [
    (False, "toimittaja@demo.example", 302),
    (True, "toimittaja@demo.example", 200),
    (False, "toimittaja@example.org", 200),
])  # fmt: skip
def test_a_session_of_a_demonstration_account_ends(
    settings: Settings, client: Client, demo: bool, name: str, status: int
) -> None:
    client.force_login(User.objects.create_user(name, "pitka-salasana-1"))
    settings.DEMO = demo
    assert client.get("/oma/").status_code == status
    assert ("_auth_user_id" in client.session) is (status == 200)


def test_whose_session_ended_reads_on_as_a_stranger(settings: Settings, client: Client) -> None:
    client.force_login(User.objects.create_user("toimittaja@demo.example", "pitka-salasana-1"))
    settings.DEMO = False
    response = client.get("/")
    assert response.status_code == 200
    assert not response.wsgi_request.user.is_authenticated
