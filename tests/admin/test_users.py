"""Accounts are made by e-mail address; nobody but their owner knows or sets the password."""

import re
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group
from django.test import Client

from accounts.models import User
from accounts.roles import Role
from notifications.models import OutgoingMail
from tests.admin.conftest import SignIn
from tests.factories import pages

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def outbox(settings: Any) -> None:
    """Mail goes to the outbox as in service; the test runner would keep it in memory."""
    settings.EMAIL_BACKEND = "notifications.backends.OutboxBackend"


def group(role: Role) -> Group:
    return Group.objects.get(name=role.value)


def make(client: Client, email: str = "Uusi@Example.org", **fields: Any) -> Any:
    data = {"email": email, "first_name": "Uusi", "last_name": "Ihminen", "groups": [group(Role.EDITOR).pk], **fields}
    return client.post("/hallinta/users/new/", data)


def test_a_new_user_gets_a_link_and_chooses_a_password(administrator: User, sign_in: SignIn) -> None:
    response = make(sign_in(administrator))
    assert response.status_code == 302
    user = User.objects.get(email="uusi@example.org")
    assert not user.has_usable_password()
    assert list(user.groups.all()) == [group(Role.EDITOR)]
    mail = OutgoingMail.objects.get()
    assert mail.recipients == ["uusi@example.org"]
    link = re.search(r"https?://\S+", mail.body)
    assert link
    visitor = Client()
    page: Any = visitor.get(link.group(), follow=True)
    path = page.redirect_chain[-1][0] if page.redirect_chain else link.group()
    visitor.post(path, {"password1": "oma-salasana-33", "password2": "oma-salasana-33"})
    entered: Any = visitor.post("/tili/login/", {"login": "uusi@example.org", "password": "oma-salasana-33"})
    assert entered.status_code == 302
    assert visitor.get("/hallinta/").status_code == 200


def test_the_form_asks_for_no_password_and_makes_no_superuser(administrator: User, sign_in: SignIn) -> None:
    client = sign_in(administrator)
    for path in ["/hallinta/users/new/", f"/hallinta/users/edit/{administrator.pk}/"]:
        page = client.get(path).content.decode()
        assert 'name="password' not in page
        assert 'name="is_superuser"' not in page
        assert 'name="organisation"' in page
    make(client, is_superuser="on", password1="salasana-xyz-1", password2="salasana-xyz-1")
    user = User.objects.get(email="uusi@example.org")
    assert not user.is_superuser
    assert not user.has_usable_password()


def test_two_accounts_do_not_share_an_address_in_another_case(
    administrator: User, editor: User, sign_in: SignIn
) -> None:
    response = make(sign_in(administrator), email=editor.email.upper())
    assert response.status_code == 200
    assert User.objects.filter(email__iexact=editor.email).count() == 1
    assert not OutgoingMail.objects.exists()


def edit(client: Client, user: User, **fields: Any) -> Any:
    data = {"email": user.email, "first_name": "Uusi", "last_name": "Nimi", "is_active": "on", "groups": [], **fields}
    return client.post(f"/hallinta/users/edit/{user.pk}/", data)


def test_roles_and_the_address_are_changed_and_the_old_address_no_longer_signs_in(
    administrator: User, learner: User, sign_in: SignIn
) -> None:
    EmailAddress.objects.create(user=learner, email=learner.email, verified=True, primary=True)
    edit(sign_in(administrator), learner, email="uudempi@example.org", groups=[group(Role.TEACHER).pk])
    learner.refresh_from_db()
    assert learner.email == "uudempi@example.org"
    assert list(learner.groups.all()) == [group(Role.TEACHER)]
    addresses = EmailAddress.objects.filter(user=learner)
    assert [(address.email, address.primary) for address in addresses] == [("uudempi@example.org", True)]


def test_an_administrator_edits_the_own_account(administrator: User, sign_in: SignIn) -> None:
    response = edit(sign_in(administrator), administrator, groups=[group(Role.ADMINISTRATOR).pk])
    assert response.status_code == 302
    administrator.refresh_from_db()
    assert administrator.last_name == "Nimi"
    assert administrator.is_active


def test_a_superuser_is_changed_by_superusers_alone(administrator: User, sign_in: SignIn) -> None:
    root = User.objects.create_superuser("root@example.org", "pitka-salasana-1")
    client = sign_in(administrator)
    assert edit(client, root, email="minun@example.org").status_code == 302
    client.post(f"/hallinta/bulk/accounts/user/set_active_state/?id={root.pk}", {"mark_as_active": ""})
    client.post(f"/hallinta/users/delete/{root.pk}/")
    root.refresh_from_db()
    assert root.email == "root@example.org"
    assert root.is_active
    assert edit(sign_in(root), root, groups=[]).status_code == 302


@pytest.mark.parametrize(
    ("role", "status"), [("editor", 302), ("teacher", 302), ("partner", 302), ("coordinator", 302), ("learner", 403)]
)
def test_other_roles_do_not_meet_users(role: str, status: int, request: pytest.FixtureRequest, sign_in: SignIn) -> None:
    client = sign_in(request.getfixturevalue(role))
    assert client.get("/hallinta/users/").status_code == status
    make(client)
    assert not User.objects.filter(email="uusi@example.org").exists()


def test_the_list_tells_roles_and_who_has_a_second_factor(administrator: User, editor: User, sign_in: SignIn) -> None:
    page = sign_in(administrator).get("/hallinta/users/").content.decode()
    assert editor.email in page
    assert "Toimittajat" in page


def test_a_user_who_owns_content_is_deleted_and_the_content_stays(
    administrator: User, editor: User, sign_in: SignIn
) -> None:
    post = pages.post(owner=editor)
    sign_in(administrator).post(f"/hallinta/users/delete/{editor.pk}/")
    assert not User.objects.filter(pk=editor.pk).exists()
    post.refresh_from_db()
    assert post.owner is None
