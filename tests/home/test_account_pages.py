"""Signing in and the account's settings in the site's look: labels, autocomplete, errors that lead to fields."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client

from accounts.models import User
from home.models import HomePage, StandardPage

pytestmark = pytest.mark.django_db

PASSWORD = "kaarisilta-ja-pilari"


@pytest.fixture
def member(client: Client) -> Client:
    """A browser in which somebody has signed in and given the password again."""
    user = User.objects.create_user("aino@example.org", PASSWORD, first_name="Aino", last_name="Oppija")
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    client.post("/tili/login/", {"login": user.email, "password": PASSWORD})
    client.post("/tili/reauthenticate/", {"password": PASSWORD})
    return client


def control(html: str, name: str) -> str:
    match = re.search(rf'<input[^>]*name="{name}"[^>]*>', html)
    assert match, name
    return match[0]


@pytest.mark.parametrize(
    ("address", "name", "autocomplete"),
    [
        ("/tili/login/", "login", "email"),
        ("/tili/login/", "password", "current-password"),
        ("/tili/signup/", "email", "email"),
        ("/tili/signup/", "first_name", "given-name"),
        ("/tili/signup/", "password1", "new-password"),
        ("/tili/signup/", "password2", "new-password"),
        ("/tili/password/reset/", "email", "email"),
    ],
)
def test_fields_say_what_the_browser_may_fill_in(client: Client, address: str, name: str, autocomplete: str) -> None:
    assert f'autocomplete="{autocomplete}"' in control(client.get(address).content.decode(), name)


@pytest.mark.parametrize("address", ["/tili/login/", "/tili/signup/", "/tili/password/reset/", "/sv/tili/login/"])
def test_every_control_has_a_visible_label(client: Client, address: str) -> None:
    html = client.get(address).content.decode()
    assert "placeholder" not in html
    for field in re.findall(r"<input[^>]*>", html):
        if 'type="hidden"' not in field:
            identifier = re.search(r'id="([^"]+)"', field)
            assert identifier
            assert f'for="{identifier[1]}"' in html


def test_pages_are_kept_out_of_indexes_and_caches(client: Client) -> None:
    response = client.get("/tili/login/")
    assert '<meta name="robots" content="noindex">' in response.content.decode()
    assert "no-store" in response["Cache-Control"]


def test_errors_are_summed_up_and_tied_to_their_fields(client: Client) -> None:
    html = client.post("/tili/signup/", {"email": "ei-osoite"}).content.decode()
    assert 'role="alert"' in html
    assert 'href="#id_email"' in html
    assert 'id="id_email_error"' in html
    email = control(html, "email")
    assert 'aria-invalid="true"' in email
    assert "id_email_error" in email
    # Before the control, where the keyboard of a phone does not cover it.
    assert html.index('id="id_email_error"') < html.index(email)


def test_the_title_tells_of_errors(client: Client) -> None:
    assert "<title>Virhe" not in client.get("/tili/login/").content.decode()
    assert "<title>Virhe: Kirjaudu –" in client.post("/tili/login/", {"login": ""}).content.decode()


def test_a_wrong_password_is_told_once_at_the_top(client: Client) -> None:
    html = client.post("/tili/login/", {"login": "a@example.org", "password": "x"}).content.decode()
    assert html.count('class="error-summary"') == 1


@pytest.mark.parametrize(
    ("address", "given"),
    [
        ("/tili/password/change/", {"oldpassword": "x"}),
        ("/tili/2fa/totp/activate/", {"code": "1"}),
        ("/tili/password/reset/", {"email": "a"}),
    ],
)
def test_what_is_wrong_is_told_first_on_every_page(member: Client, address: str, given: dict[str, str]) -> None:
    html = member.post(address, given).content.decode()
    assert html.count('class="error-summary"') == 1
    assert "<title>Virhe: " in html


def test_a_new_password_that_will_not_do_is_told_first(client: Client) -> None:
    user = User.objects.create_user("unohtanut@example.org", PASSWORD)
    client.post("/tili/password/reset/", {"email": user.email})
    link = re.search(r"/tili/password/reset/key/\S+", str(mail.outbox[0].body))
    assert link
    page = client.get(link[0], follow=True)
    html = client.post(page.redirect_chain[-1][0], {"password1": "a", "password2": "b"}).content.decode()
    assert html.count('class="error-summary"') == 1
    assert "<title>Virhe: " in html


@pytest.mark.parametrize(
    "address",
    [
        "/tili/email/",
        "/tili/password/change/",
        "/tili/2fa/",
        "/tili/2fa/totp/activate/",
        "/tili/2fa/webauthn/",
        "/tili/2fa/webauthn/add/",
        "/tili/sessions/",
        "/tili/logout/",
    ],
)
def test_settings_wear_the_frame_and_link_to_each_other(member: Client, address: str) -> None:
    response = member.get(address)
    html = response.content.decode()
    assert response.status_code == 200
    assert 'class="site-header"' in html
    assert html.count("<h1") == 1
    assert 'href="/tili/sessions/"' in html


def test_the_secret_of_the_authenticator_can_be_copied(member: Client) -> None:
    html = member.get("/tili/2fa/totp/activate/").content.decode()
    secret = re.search(r'<input[^>]*id="authenticator_secret"[^>]*>', html)
    assert secret
    assert "readonly" in secret[0]
    assert "disabled" not in secret[0]


@pytest.mark.parametrize("address", ["/tili/password/reset/done/", "/tili/password/reset/key/done/", "/tili/inactive/"])
def test_short_pages_wear_the_frame(client: Client, address: str) -> None:
    html = client.get(address).content.decode()
    assert 'class="site-header"' in html
    assert html.count("<h1") == 1


def test_a_used_reset_link_says_so(client: Client) -> None:
    response = client.get("/tili/password/reset/key/abc-def/")
    assert response.status_code == 200
    assert 'href="/tili/password/reset/"' in response.content.decode()


@pytest.mark.parametrize("address", ["/tili/login/", "/sv/tili/signup/", "/en/tili/password/reset/"])
def test_the_title_is_one_line(client: Client, address: str) -> None:
    title = client.get(address).content.decode().split("<title>")[1].split("</title>")[0]
    assert title == " ".join(title.split())


@pytest.mark.parametrize(("prefix", "url"), [("", "/tietosuoja/"), ("/sv", "/sv/tietosuoja/")])
def test_making_an_account_leads_to_the_privacy_notice(client: Client, prefix: str, url: str) -> None:
    home = HomePage.objects.get(locale__language_code="fi")
    home.add_child(instance=StandardPage(title="Tietosuoja", slug="tietosuoja", key="privacy", locale=home.locale))
    main = client.get(f"{prefix}/tili/signup/").content.decode().split("<main")[1].split("</main>")[0]
    assert f'<a href="{url}">' in main


def test_removing_an_address_looks_less_than_choosing_one(member: Client) -> None:
    html = member.get("/tili/email/").content.decode()
    assert re.search(r'<button class="button button--plain" name="action_remove"', html)
    assert re.search(r'<button class="button" name="action_primary"', html)
