"""One person for each role, and a client signed in as each."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import Group
from django.test import Client

from accounts.models import User
from accounts.roles import Role

SignIn = Callable[[User], Client]


def make_user(role: Role | None, name: str) -> User:
    user = User.objects.create_user(
        f"{name}@example.org", "pitka-salasana-1", first_name=name.capitalize(), last_name="Testi"
    )
    if role:
        user.groups.add(Group.objects.get(name=role.value))
    return user


@pytest.fixture
def learner(db: None) -> User:
    """Somebody with an account and no role."""
    return make_user(None, "oppija")


@pytest.fixture
def editor(db: None) -> User:
    return make_user(Role.EDITOR, "toimittaja")


@pytest.fixture
def teacher(db: None) -> User:
    return make_user(Role.TEACHER, "opettaja")


@pytest.fixture
def partner(db: None) -> User:
    return make_user(Role.PARTNER_COORDINATOR, "kumppani")


@pytest.fixture
def coordinator(db: None) -> User:
    return make_user(Role.NETWORK_COORDINATOR, "koordinaattori")


@pytest.fixture
def administrator(db: None) -> User:
    return make_user(Role.ADMINISTRATOR, "yllapitaja")


@pytest.fixture
def sign_in() -> SignIn:
    def signed_in(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return signed_in
