"""What pages share is kept until something that pages show changes."""

import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import transaction
from pytest_django import Settings

from common import generation, kept
from common.kept import remembered
from vocabulary.models import TaskArea

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _of_its_own(settings: Settings, tmp_path: Any) -> Iterator[None]:
    settings.RUN_DIR = tmp_path
    kept.forget()
    yield
    kept.forget()


@pytest.fixture
def count() -> Callable[[], int]:
    """How often it was asked."""
    calls: list[None] = []

    @kept.kept
    def ask(*_arguments: object) -> int:
        calls.append(None)
        return len(calls)

    return ask


def test_it_is_made_once_for_the_same_arguments(count: Callable[..., int]) -> None:
    assert [count(), count(), count("fi"), count("fi"), count("sv")] == [1, 1, 2, 2, 3]


def test_a_change_makes_it_anew(count: Callable[[], int]) -> None:
    assert count() == 1
    TaskArea.objects.create(code="koe", name_fi="Koe")
    assert [count(), count()] == [2, 2]


def test_the_reader_s_language_is_one_of_its_arguments(count: Callable[[], int]) -> None:
    from django.utils import translation

    with translation.override("sv"):
        swedish = count()
    with translation.override("fi"):
        assert count() != swedish


def test_it_lives_for_the_time_that_settings_give(count: Callable[[], int], settings: Settings) -> None:
    settings.KEPT_SECONDS = 0.05
    assert [count(), count()] == [1, 1]
    time.sleep(0.06)
    assert count() == 2
    settings.KEPT_SECONDS = 0
    assert [count(), count()] == [3, 4]


def test_what_a_transaction_sees_is_kept_for_nobody(count: Callable[[], int]) -> None:
    with transaction.atomic():
        assert [count(), count()] == [1, 2]
    assert [count(), count()] == [3, 3]


def test_nothing_is_kept_when_nobody_knows_the_generation(
    count: Callable[[], int], settings: Settings, tmp_path: Any
) -> None:
    (tmp_path / "file").write_text("")
    settings.RUN_DIR = tmp_path / "file"
    assert [count(), count()] == [1, 2]


def test_what_was_unused_longest_goes_when_there_is_too_much(
    monkeypatch: pytest.MonkeyPatch, count: Callable[..., int]
) -> None:
    monkeypatch.setattr(kept._store, "most_bytes", 2 * kept.SMALL)
    assert [count("a"), count("b"), count("c"), count("c"), count("b"), count("a")] == [1, 2, 3, 3, 2, 4]


def test_values_of_no_size_are_limited_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept._store, "most_bytes", 10 * kept.SMALL)
    for number in range(100):
        remembered(number, tuple, size_of=lambda _value: 0)
    assert len(kept._store._entries) == 10


def test_a_value_that_is_made_while_something_changes_is_not_used_again() -> None:
    def make() -> str:
        generation._bump_now()
        return "old"

    assert remembered("x", make) == "old"
    assert remembered("x", lambda: "new") == "new"
