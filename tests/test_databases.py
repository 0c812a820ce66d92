"""The test database is whole again after a test that commits."""

import pytest
from django.contrib.auth.models import Group
from wagtail.models import Page

from accounts.roles import Role


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("time", ["first", "second"])
def test_what_the_migrations_made_is_there_each_time(time: str) -> None:
    assert Page.objects.filter(depth__gt=2).exists()
    assert Group.objects.filter(name__in=Role.values).count() == len(Role.values)
    Page.objects.filter(depth__gt=2).update(live=False)


@pytest.mark.django_db(transaction=True)
def test_nothing_of_another_test_is_left() -> None:
    assert Page.objects.filter(depth__gt=2, live=True).exists()
