"""Reads of posts are counted by the server, without knowing who reads."""

import datetime
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.utils import timezone

from blog.models import DailyReads, PostPage
from blog.readers import counting
from blog.readers.counting import is_person, reads_of, write
from tests.factories.pages import post

pytestmark = pytest.mark.django_db
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
PHONE = (
    "Mozilla/5.0 (Linux; Android 9; SM-J330F) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0 Mobile Safari/537.36"
)
ROBOTS = [
    "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
    "Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)",
    "Mozilla/5.0 (compatible; YandexBot/3.0)",
    "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)",
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/120.0 Safari/537.36",
    "python-requests/2.32",
    "curl/8.5.0",
    "Feedfetcher-Google",
    "",
]


@pytest.fixture(autouse=True)
def _own_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counting, "reads", counting.Reads())


@pytest.fixture
def page() -> PostPage:
    return post()


def _read(page: PostPage, times: int = 1, headers: dict[str, str] | None = None) -> None:
    for _each in range(times):
        assert Client().get(page.url, headers={"user-agent": FIREFOX, **(headers or {})}).status_code in {200, 304}
    counting.reads.write()


def test_each_reading_by_a_persons_browser_counts(page: PostPage) -> None:
    _read(page, times=3)
    assert reads_of(page) == 3
    _read(page, headers={"user-agent": PHONE})
    assert reads_of(page) == 4


def test_reads_from_the_page_cache_count_too(page: PostPage, settings: Any) -> None:
    settings.PAGE_CACHE_SECONDS = 60
    client = Client(headers={"user-agent": FIREFOX})
    first = client.get(page.url)
    client.get(page.url, headers={"if-none-match": first["ETag"]})
    client.get(page.url)
    counting.reads.write()
    assert reads_of(page) == 3


@pytest.mark.parametrize("agent", ROBOTS)
def test_robots_do_not_count(page: PostPage, agent: str) -> None:
    _read(page, headers={"user-agent": agent})
    assert reads_of(page) == 0


def test_a_page_fetched_in_case_it_is_wanted_does_not_count(page: PostPage) -> None:
    _read(page, headers={"sec-purpose": "prefetch;prerender"})
    assert reads_of(page) == 0


def test_other_pages_and_missing_ones_do_not_count(page: PostPage, client: Client) -> None:
    for address in ("/", "/blogi/", f"{page.url}puuttuu/"):
        client.get(address, headers={"user-agent": FIREFOX})
    client.head(page.url, headers={"user-agent": FIREFOX})
    counting.reads.write()
    assert not DailyReads.objects.exists()


def test_each_day_has_its_row_and_the_last_days_can_be_asked(page: PostPage) -> None:
    _read(page)
    old = timezone.localdate() - datetime.timedelta(days=40)
    DailyReads.objects.create(page=page, day=old, count=10)
    assert reads_of(page) == 11
    assert reads_of(page, days=30) == 1


def test_a_post_that_is_gone_is_no_error(page: PostPage) -> None:
    write(Counter({page.pk: 2, page.pk + 1000: 5}))
    assert reads_of(page) == 2


def test_what_has_gathered_is_written_after_some_seconds(page: PostPage, monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[Counter[int]] = []
    monkeypatch.setattr(counting, "_write_and_close", written.append)
    monkeypatch.setattr(counting, "EVERY_SECONDS", 0.0)
    Client().get(page.url, headers={"user-agent": FIREFOX})
    assert [dict(counts) for counts in written] == [{page.pk: 1}]


def test_no_row_tells_who_reads() -> None:
    assert {field.name for field in DailyReads._meta.fields} == {"id", "page", "day", "count"}


def test_known_browsers_are_people() -> None:
    asked: Iterator[HttpRequest] = (
        RequestFactory().get("/", headers={"user-agent": each}) for each in (FIREFOX, PHONE)
    )
    assert all(is_person(each) for each in asked)


def test_an_answer_passes_through_unchanged() -> None:
    answer = HttpResponse("x", status=418)
    assert counting.count_reads(lambda request: answer)(RequestFactory().get("/")) is answer
