"""What people search is counted without knowing who, and shown only when many have searched for it."""

import datetime
import queue
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import pytest
from django.conf import settings as django_settings
from django.db import OperationalError
from django.test import Client
from django.utils import timezone

from search import wordings
from search.current import indices
from search.editing import counting
from search.editing.searches import SearchCount, SearchCountQuerySet, Sought
from search.query import parse
from tests.search.conftest import make

pytestmark = pytest.mark.django_db
TODAY = datetime.date(2026, 11, 22)
END = b"end"
Visit = Callable[..., Any]


class Hearing(counting.Counter):
    """Tells what it has heard."""

    def __init__(self) -> None:
        super().__init__()
        self.heard: queue.Queue[bytes] = queue.Queue()

    def hear(self, message: bytes) -> None:
        super().hear(message)
        self.heard.put(message)


@pytest.fixture(autouse=True)
def listening(tmp_path: Path, settings: Any) -> Iterator[None]:
    """A worker that hears, this process, and an index with one document."""
    settings.SEARCH_SOCKET = tmp_path / "analysis.sock"
    settings.SEARCH_INDEX = tmp_path / "search.sqlite3"
    settings.RUN_DIR = tmp_path
    indices()[0].engine.rebuild([make("post:1", "Ilmiötyöpajat")])
    counting._counter = Hearing()
    counting.listen()
    wordings.forget()
    yield
    counting.stop()
    counting._counter = None
    wordings.forget()


@pytest.fixture
def visit() -> Visit:
    def go(typed: str, visitor: int = 1, client: Client | None = None, path: str = "/haku/", **more: Any) -> None:
        agent = more.pop("agent", "Firefox")
        response = (client or Client()).get(
            path, {"q": typed, **more}, headers={"User-Agent": agent}, REMOTE_ADDR=f"192.0.2.{visitor}"
        )
        assert response.status_code == 200

    return go


def counted() -> list[SearchCount]:
    """What has been written once the worker's thread has heard everything: it hears in order."""
    if counting.socket_path().exists():
        assert isinstance(counting._counter, Hearing)
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as sender:
            sender.sendto(END, str(counting.socket_path()))
        while counting._counter.heard.get(timeout=30) != END:
            pass
    counting.write()
    return list(SearchCount.objects.order_by("pk"))


def add(words: str, days: int, visitors: int = 1, without: int = 0, language: str = "fi", before: int = 0) -> None:
    for day in range(days):
        when = timezone.localdate() - datetime.timedelta(days=day + before)
        SearchCount.objects.add(when, Sought(words, language), visitors, without)


def test_a_search_is_counted_without_its_words(visit: Visit) -> None:
    visit("Ilmiötyöpaja")
    visit("Asunnottomuus")
    found, lost = counted()
    assert (found.visitors, found.without_hits, found.words, found.language) == (1, 0, "", "fi")
    assert (lost.visitors, lost.without_hits, lost.words) == (1, 1, "")
    assert "asunnottomuus" not in repr(SearchCount.objects.values_list())


def test_a_visitor_counts_once_a_day(visit: Visit) -> None:
    for _time in range(3):
        visit("työpaja")
    visit("TYÖPAJA", visitor=2)
    (row,) = counted()
    assert row.visitors == 2
    visit("työpaja")
    assert counted()[0].visitors == 2


def test_the_addresses_of_one_household_are_one_visitor() -> None:
    for host in range(6):
        Client().get("/haku/", {"q": "työpaja"}, headers={"User-Agent": "Firefox"}, REMOTE_ADDR=f"2001:db8::{host + 1}")
    assert counted()[0].visitors == 1


def test_what_five_visitors_search_is_written_down(visit: Visit) -> None:
    for visitor in range(4):
        visit("asunnottomuus", visitor)
    assert counted()[0].words == ""
    visit("asunnottomuus", 9)
    assert counted()[0].words == "asunnottomuus"


def test_what_three_visitors_of_one_day_and_others_since_search_is_written_down() -> None:
    add("hyte", days=1, visitors=3)
    add("hyte", days=1, before=1)
    assert not SearchCount.objects.shown().exists()
    add("hyte", days=1, before=2)
    assert SearchCount.objects.shown().count() == 3


def test_what_one_or_two_search_day_after_day_is_never_written_down() -> None:
    add("oma nimi", days=60)
    add("meidän kylä", days=60, visitors=2)
    assert not SearchCount.objects.shown().exists()


@pytest.mark.parametrize(
    "typed",
    [
        "matti.meikalainen@example.org",
        "matti @ example",
        "040 123 4567",
        "+358401234567",
        "131052-308T",
        "010203A123B",
        "00100 helsinki",
        "https://example.org",
        "www.example.org",
        "minun asiakkaani joka asuu meidän kanssamme täällä",
        "x" * 100,
    ],
)
def test_what_looks_like_personal_data_is_never_counted(visit: Visit, typed: str) -> None:
    visit(typed)
    assert counted() == []


@pytest.mark.parametrize("typed", ["hyte 2026", "sosiaalihuoltolaki 7 §", '"uusi suunta"', "rst -kurssi"])
def test_ordinary_searches_are_counted(typed: str) -> None:
    assert wordings.countable(parse(typed))


def test_other_pages_filters_signed_in_people_and_machines_are_not_counted(visit: Visit, admin_client: Client) -> None:
    visit("työpaja", page="2")
    visit("työpaja", laji="post")
    visit("työpaja", client=admin_client)
    visit("työpaja", agent="Somebot/2.0")
    visit("työpaja", agent="")
    assert counted() == []


def test_what_is_not_found_while_there_is_no_index_may_be_there(visit: Visit, settings: Any) -> None:
    settings.SEARCH_INDEX.unlink()
    visit("asunnottomuus")
    assert counted() == []


def test_what_cannot_be_written_is_counted_the_next_time(visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    visit("työpaja")
    with monkeypatch.context() as away:
        away.setattr(SearchCountQuerySet, "add", Mock(side_effect=OperationalError("away")))
        with pytest.raises(OperationalError):
            counted()
    visit("työpaja", visitor=2)
    assert [row.visitors for row in counted()] == [2]


def test_without_a_worker_a_search_works_as_before(visit: Visit) -> None:
    counting.stop()
    counting.socket_path().unlink()
    visit("työpaja")
    assert counted() == []
    counting.listen()
    visit("työpaja")
    assert len(counted()) == 1


@pytest.mark.parametrize("message", [b"", b"{", b"[]", b"{}", b"\xff", b'{"words": 1, "language": "fi"}', b"a" * 9_000])
def test_odd_messages_are_dropped(message: bytes, visit: Visit) -> None:
    counter = counting.Counter()
    counter.hear(message)
    assert counter.take() == {}


def test_a_visitor_is_forgotten_with_the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    counter = counting.Counter()
    message = b'{"words": "hyte", "language": "fi", "found": true, "who": "a"}'
    counter.hear(message)
    secret = counter._secret
    monkeypatch.setattr(timezone, "localdate", lambda: TODAY + datetime.timedelta(days=4_000))
    counter.hear(message)
    assert len(counter._seen) == 1
    assert counter._secret != secret
    assert sorted(counts[0] for counts in counter.take().values()) == [1, 1]


def test_counts_end_after_ninety_days_and_rare_words_are_taken_back() -> None:
    add("vanha sana", days=1, visitors=3, before=91)
    add("vanha sana", days=4, before=86)
    add("uusi sana", days=5, visitors=3)
    counting.forget_old()
    assert set(SearchCount.objects.shown().values_list("words", flat=True)) == {"uusi sana"}
    assert SearchCount.objects.filter(words="").count() == 4


def test_popular_wordings_begin_as_typed_and_have_found_something() -> None:
    add("työpaja", days=5, visitors=3)
    add("työpajan ohje", days=5, visitors=9)
    add("työkyky", days=5, visitors=9, without=9)
    add("työ harvoin", days=2)
    add("tyopaikka", days=5, language="en")
    assert wordings.popular("työ", "fi") == ["työpajan ohje", "työpaja"]
    assert wordings.popular("TYOPAJA", "fi") == ["työpajan ohje", "työpaja"]
    assert wordings.popular("työpajan", "fi", limit=1) == ["työpajan ohje"]
    assert wordings.popular("työ", "sv") == wordings.popular("", "fi") == []


def test_the_digest_needs_the_key_of_the_site(settings: Any) -> None:
    before = Sought("hyte", "fi").digest
    settings.SECRET_KEY = "another"
    assert Sought("hyte", "fi").digest != before


def test_counting_empties_no_page_cache() -> None:
    assert "search_editing.searchcount" in django_settings.PAGE_CACHE_IGNORED_MODELS
