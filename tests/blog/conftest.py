"""The people of most tests, and a clock that can be set."""

import datetime
from collections.abc import Callable

import pytest
from django.utils import timezone

from accounts.models import User
from tests.factories.submissions import make_editor, make_person

SetClock = Callable[[datetime.datetime], None]


@pytest.fixture
def writer() -> User:
    return make_person("kirjoittaja")


@pytest.fixture
def editor() -> User:
    return make_editor()


@pytest.fixture
def set_clock(monkeypatch: pytest.MonkeyPatch) -> SetClock:
    """Make it the given moment for the code under test."""

    def set_to(moment: datetime.datetime) -> None:
        monkeypatch.setattr(timezone, "now", lambda: moment)

    return set_to
