"""One's own page."""

import pytest
from django.test import Client

from accounts.models import User

pytestmark = pytest.mark.django_db


def test_a_stranger_is_sent_to_sign_in(client: Client) -> None:
    response = client.get("/oma/")
    assert response.status_code == 302
    assert response["Location"] == "/tili/login/?next=/oma/"


def test_a_member_sees_the_account_and_no_administration(client: Client) -> None:
    client.force_login(User.objects.create_user("aino@example.org", "x", first_name="Aino", last_name="Oppija"))
    response = client.get("/oma/")
    html = response.content.decode()
    assert "Aino Oppija" in html
    assert "aino@example.org" in html
    assert 'href="/hallinta/"' not in html
    assert '<a class="button" href="/kurssit/">' in html
    assert 'href="/tili/logout/"' in html
    assert response["Cache-Control"] == "private, no-store"


def test_an_administrator_finds_the_administration(client: Client) -> None:
    client.force_login(User.objects.create_superuser("yllapito@example.org", "x"))
    html = client.get("/oma/").content.decode()
    assert '<a class="button" href="/hallinta/">' in html
    assert 'class="button" href="/kurssit/"' not in html
