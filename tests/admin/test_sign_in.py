"""The one way in is allauth's sign-in, with the second factor where settings ask for it."""

from typing import Any
from urllib.parse import urlsplit

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client
from django.urls import reverse

from accounts.models import User
from tests.admin.conftest import SignIn

pytestmark = pytest.mark.django_db

PASSWORD = "pitka-salasana-1"
SIGN_IN = reverse("account_login")
WAGTAIL_SIGN_IN = [
    "/hallinta/login/",
    "/_util/login/",
    "/sv/_util/login/",
    "/en/_util/login/",
]
WAGTAIL_PASSWORDS = [
    "/hallinta/password_reset/",
    "/hallinta/password_reset/done/",
    "/hallinta/password_reset/complete/",
    "/hallinta/password_reset/confirm/MQ/abc-123/",
]
ADMIN_PAGES = [
    "/hallinta/",
    "/hallinta/pages/",
    "/hallinta/images/",
    "/hallinta/documents/",
    "/hallinta/snippets/courses/course/",
    "/hallinta/users/",
    "/hallinta/account/",
    "/hallinta/api/main/pages/",
    "/hallinta/api/main/images/",
    "/hallinta/choose-page/",
    "/hallinta/tag-autocomplete/?term=a",
    "/hallinta/snippets/choose/organisations/organisation/",
    "/hallinta/reports/site-history/",
    "/hallinta/no-such-page/",
]


@pytest.mark.parametrize("path", WAGTAIL_SIGN_IN)
@pytest.mark.parametrize("method", ["get", "post"])
def test_wagtails_sign_in_forms_lead_to_the_one_sign_in(path: str, method: str, client: Client, editor: User) -> None:
    response: Any = getattr(client, method)(path, {"username": editor.email, "password": PASSWORD})
    assert response.status_code == 302
    assert urlsplit(response.url).path.endswith(SIGN_IN)
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("path", WAGTAIL_PASSWORDS)
@pytest.mark.parametrize("method", ["get", "post"])
def test_wagtails_password_forms_are_closed(path: str, method: str, client: Client, editor: User) -> None:
    data = {"email": editor.email, "new_password1": "toinen-salasana-2", "new_password2": "toinen-salasana-2"}
    response: Any = getattr(client, method)(path, data)
    assert response.status_code in {302, 404}
    if response.status_code == 302:
        assert response.url.startswith("/tili/")
    editor.refresh_from_db()
    assert editor.check_password(PASSWORD)


def test_the_account_page_takes_no_password_and_no_address(editor: User, sign_in: SignIn) -> None:
    client = sign_in(editor)
    page = client.get("/hallinta/account/").content.decode()
    assert 'type="password"' not in page
    assert 'type="file"' not in page
    client.post(
        "/hallinta/account/",
        {
            "name_email-first_name": "Toimi",
            "name_email-last_name": "Testi",
            "name_email-email": "muu@example.org",
            "password-old_password": PASSWORD,
            "password-new_password1": "toinen-salasana-2",
            "password-new_password2": "toinen-salasana-2",
        },
    )
    editor.refresh_from_db()
    assert editor.email == "toimittaja@example.org"
    assert editor.check_password(PASSWORD)


@pytest.mark.parametrize("path", ADMIN_PAGES)
def test_strangers_are_asked_to_sign_in(path: str, client: Client, db: None) -> None:
    response: Any = client.get(path)
    assert response.status_code == 302
    assert urlsplit(response.url).path in {SIGN_IN, "/hallinta/login/"}


@pytest.mark.parametrize("path", ADMIN_PAGES)
def test_a_learner_does_not_enter(path: str, learner: User, sign_in: SignIn) -> None:
    assert sign_in(learner).get(path).status_code in {302, 403, 404}


def test_the_django_admin_is_not_installed(client: Client, db: None) -> None:
    for path in ["/admin/", "/django-admin/", "/hallinta/django/"]:
        assert client.get(path).status_code in {302, 404}


@pytest.mark.parametrize("path", ADMIN_PAGES)
def test_staff_without_a_second_factor_set_it_up_first(path: str, editor: User, sign_in: SignIn, settings: Any) -> None:
    settings.REQUIRE_STAFF_MFA = True
    response: Any = sign_in(editor).get(path)
    assert response.status_code == 302
    assert response.url == reverse("mfa_index")


def test_a_script_without_a_second_factor_is_refused_and_not_sent_elsewhere(
    editor: User, sign_in: SignIn, settings: Any
) -> None:
    settings.REQUIRE_STAFF_MFA = True
    response = sign_in(editor).post("/hallinta/images/multiple/add/", headers={"X-Requested-With": "XMLHttpRequest"})
    assert response.status_code == 403


def test_staff_with_a_second_factor_pass(editor: User, sign_in: SignIn, settings: Any) -> None:
    settings.REQUIRE_STAFF_MFA = True
    TOTP.activate(editor, generate_totp_secret())
    client = sign_in(editor)
    assert client.get("/hallinta/").status_code == 200
    assert client.get("/hallinta/api/main/pages/").status_code == 200


def test_the_way_to_the_second_factor_itself_stays_open(editor: User, sign_in: SignIn, settings: Any) -> None:
    settings.REQUIRE_STAFF_MFA = True
    assert sign_in(editor).get(reverse("mfa_index")).status_code == 200


def test_a_password_alone_does_not_sign_in_who_has_a_second_factor(client: Client, editor: User) -> None:
    EmailAddress.objects.create(user=editor, email=editor.email, verified=True, primary=True)
    TOTP.activate(editor, generate_totp_secret())
    response: Any = client.post(f"{SIGN_IN}?next=/hallinta/", {"login": editor.email, "password": PASSWORD})
    assert response.url.startswith(reverse("mfa_authenticate"))
    assert client.get("/hallinta/").status_code == 302
