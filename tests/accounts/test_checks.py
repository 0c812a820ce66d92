"""`check --deploy` finds demonstration accounts that were left in a real installation."""

from typing import Any

import pytest
from django.core.checks import Tags, run_checks
from django.db import OperationalError, ProgrammingError
from pytest_django import Settings

from accounts.checks import no_demo_accounts_in_production
from accounts.models import User

pytestmark = pytest.mark.django_db


def found() -> list[str | None]:
    return [fault.id for fault in no_demo_accounts_in_production(None)]


@pytest.mark.parametrize(("demo", "email", "active", "ids"), [
    (False, "toimittaja@demo.example", True, ["accounts.E001"]),
    (False, "Toimittaja@Demo.Example", True, ["accounts.E001"]),
    (False, "toimittaja@demo.example", False, []),
    (False, "toimittaja@example.org", True, []),
    (True, "toimittaja@demo.example", True, []),
])  # fmt: skip
def test_active_demonstration_accounts_are_an_error_where_demo_is_off(
    settings: Settings, demo: bool, email: str, active: bool, ids: list[str]
) -> None:
    settings.DEMO = demo
    User.objects.create_user(email, "pitka-salasana-1", is_active=active)
    assert found() == ids


@pytest.mark.parametrize("fault", [OperationalError, ProgrammingError])
def test_a_database_without_tables_is_no_error(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, fault: type[Exception]
) -> None:
    def fail(**wanted: Any) -> None:
        raise fault("no such table")

    settings.DEMO = False
    monkeypatch.setattr(User.objects, "filter", fail)
    assert found() == []


def test_the_check_belongs_to_deployment(settings: Settings) -> None:
    settings.DEMO = False
    User.objects.create_user("toimittaja@demo.example", "pitka-salasana-1")
    deploying = run_checks(tags=[Tags.security], include_deployment_checks=True)
    assert "accounts.E001" in {fault.id for fault in deploying}
    assert "accounts.E001" not in {fault.id for fault in run_checks(tags=[Tags.security])}
