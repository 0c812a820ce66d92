"""manage.py index --follow goes on whatever happens, and says each trouble once."""

import logging
import signal
from collections.abc import Callable, Iterator
from typing import Any
from unittest.mock import Mock

import pytest
from django.core.management import call_command
from django.db import OperationalError

from search import indexing
from search.management.commands import index as command
from search.resting import Rest

pytestmark = pytest.mark.django_db
Happens = list[bool | Exception]


@pytest.fixture
def follow(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[Happens], list[float]]]:
    """Follow while this happens, one thing each time; return the pauses between."""
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}

    def followed(happens: Happens) -> list[float]:
        pauses: list[float] = []
        stopping = Mock(wait=pauses.append, is_set=lambda: len(pauses) == len(happens))
        monkeypatch.setattr("threading.Event", lambda: stopping)
        monkeypatch.setattr(indexing, "apply", Mock(side_effect=happens))
        call_command("index", "--follow")
        return pauses

    yield followed
    for number, handler in before.items():
        signal.signal(number, handler)


def test_trouble_puts_off_the_next_try_for_longer_each_time_and_ends_nothing(follow: Any) -> None:
    away = OperationalError("the database is away")
    assert follow([True, away, away, away, True, False, away]) == [0, 1, 2, 4, 0, command._REST, 1]


def test_each_kind_of_trouble_is_told_once_and_so_is_its_end(follow: Any, caplog: pytest.LogCaptureFixture) -> None:
    away = OperationalError("the database is away")
    follow([away, away, away, ValueError("odd"), ValueError("odder"), False, False, away])
    told = [record.message for record in caplog.records if record.levelno >= logging.WARNING]
    assert ["away" in line or "odd)" in line or "Over" in line for line in told] == [True] * 4
    assert "Over after 5 tries" in told[2]


def test_the_pause_has_a_limit() -> None:
    rest = Rest("Trouble", logging.getLogger("tests"))
    pauses = [rest.begin(ValueError("odd"), longest=5) for _ in range(5)]
    assert pauses == [1, 2, 4, 5, 5]
    assert rest.is_on()
