from unittest.mock import Mock

import pytest

from search.engines import breaker as module
from search.engines.breaker import Breaker


def test_whoever_answers_is_asked() -> None:
    breaker = Breaker()
    assert all(breaker.lets_through() for _ in range(3))


def test_whoever_failed_is_tried_again_by_one_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Mock(return_value=100.0)
    monkeypatch.setattr(module, "time", Mock(monotonic=clock))
    breaker = Breaker(shortest=1, longest=10)
    breaker.failed()
    assert not breaker.lets_through()
    clock.return_value = 101.0
    assert breaker.lets_through()
    assert not breaker.lets_through()
    breaker.succeeded()
    assert breaker.lets_through()
    assert breaker.lets_through()


def test_the_pause_grows_with_each_failure_up_to_a_limit() -> None:
    breaker = Breaker(shortest=1, longest=5)
    pauses = []
    for _ in range(5):
        breaker.failed()
        pauses.append(breaker._pause())
    assert pauses == [1, 2, 4, 5, 5]
