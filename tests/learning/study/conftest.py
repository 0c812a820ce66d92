"""A clock that tests can set."""

import datetime
from collections.abc import Callable

import pytest
from django.utils import timezone

SetClock = Callable[[datetime.datetime], None]


@pytest.fixture
def set_clock(monkeypatch: pytest.MonkeyPatch) -> SetClock:
    """Make it the given moment for the code under test."""

    def set_to(moment: datetime.datetime) -> None:
        monkeypatch.setattr(timezone, "now", lambda: moment)

    return set_to
