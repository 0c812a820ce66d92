"""The page cache: what it keeps, for whom, and how soon a change is seen."""

import datetime
import gzip
import time
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import MiddlewareNotUsed
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.utils import timezone
from pytest_django import Settings

from common import generation
from common.pagecache import PageCacheMiddleware
from common.store import Store, end_within
from vocabulary.models import TaskArea

PAGE = "<!doctype html><p>Hyvää huomenta</p>" + "x" * 1000


class Renderer:
    """What stands behind the cache: counts how often it was asked."""

    def __init__(self) -> None:
        self.count = 0
        self.answer: Callable[[HttpRequest], HttpResponse] = lambda request: HttpResponse(PAGE)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        self.count += 1
        return self.answer(request)


@pytest.fixture(autouse=True)
def _switched_on(settings: Settings, tmp_path: Any) -> None:
    settings.PAGE_CACHE_SECONDS = 300
    settings.PAGE_CACHE_PARAMETERS = ["page", "q", "teema"]
    settings.RUN_DIR = tmp_path
    settings.ALLOWED_HOSTS = ["testserver", "toinen.example"]


@pytest.fixture
def renderer() -> Renderer:
    return Renderer()


Get = Callable[..., HttpResponse]


@pytest.fixture
def get(renderer: Renderer) -> Get:
    """Ask through one cache."""
    middleware = PageCacheMiddleware(renderer)

    def ask(address: str = "/", method: str = "GET", cookies: str = "", **extra: Any) -> HttpResponse:
        if cookies:
            extra["HTTP_COOKIE"] = cookies
        return middleware(RequestFactory().generic(method, address, **extra))

    return ask


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("/", "/"),
        ("/?teema=a&page=2", "/?page=2&teema=a"),
        ("/", "/?utm_source=uutiskirje&fbclid=1"),
        ("/?q=x", "/?q=x&gclid=1"),
    ],
)
def test_the_same_page_is_rendered_once(get: Get, renderer: Renderer, first: str, second: str) -> None:
    rendered, kept = get(first), get(second)
    assert renderer.count == 1
    assert kept.content == rendered.content == PAGE.encode()


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("/", "/toinen/"),
        ("/", "/?page=2"),
        ("/?page=", "/"),
        ("/?teema=a&teema=b", "/?teema=b&teema=a"),
        ("/?q=a", "/?q=A"),
    ],
)
def test_what_a_page_depends_on_keeps_it_apart(get: Get, renderer: Renderer, first: str, second: str) -> None:
    get(first)
    get(second)
    assert renderer.count == 2


@pytest.mark.parametrize("extra", [{"HTTP_HOST": "toinen.example"}, {"wsgi.url_scheme": "https"}])
def test_hosts_and_schemes_have_pages_of_their_own(get: Get, renderer: Renderer, extra: dict[str, str]) -> None:
    get()
    get(**extra)
    assert renderer.count == 2


@pytest.mark.parametrize("address", ["/?vastaus=3", "/?q=" + "x" * 400, "/?q=x&vastaus=3"])
def test_an_address_with_something_unknown_is_always_rendered(get: Get, renderer: Renderer, address: str) -> None:
    get(address)
    get(address)
    assert renderer.count == 2


def test_a_page_rendered_for_a_tracked_link_is_not_kept_for_others(get: Get, renderer: Renderer) -> None:
    renderer.answer = lambda request: HttpResponse(request.get_full_path())
    get("/?utm_source=<poison>")
    assert get("/").content == b"/"


def test_a_host_that_is_not_ours_is_left_to_django(get: Get, renderer: Renderer) -> None:
    get(HTTP_HOST="vieras.example")
    get(HTTP_HOST="vieras.example")
    assert renderer.count == 2


@pytest.mark.parametrize("cookies", ["sessionid=x", "a=b; sessionid=x", "messages=x"])
def test_somebody_with_a_session_neither_gets_nor_leaves_a_page(get: Get, renderer: Renderer, cookies: str) -> None:
    get(cookies=cookies)
    get()
    get(cookies=cookies)
    assert renderer.count == 3


def test_the_session_cookie_has_the_name_that_settings_give(get: Get, renderer: Renderer, settings: Settings) -> None:
    settings.SESSION_COOKIE_NAME = "__Host-sessionid"
    get()
    get(cookies="__Host-sessionid=x")
    assert renderer.count == 2


def test_other_cookies_do_not_matter(get: Get, renderer: Renderer) -> None:
    get(cookies="csrftoken=x")
    get()
    assert renderer.count == 1


def test_somebody_who_sends_credentials_is_left_alone(get: Get, renderer: Renderer) -> None:
    get()
    get(HTTP_AUTHORIZATION="Basic x")
    assert renderer.count == 2


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "PATCH"])
def test_only_reading_is_answered(get: Get, renderer: Renderer, method: str) -> None:
    get()
    get(method=method)
    assert renderer.count == 2


def _with_cookie() -> HttpResponse:
    response = HttpResponse(PAGE)
    response.set_cookie("csrftoken", "x")
    return response


@pytest.mark.parametrize(
    "answer",
    [
        lambda request: HttpResponse(PAGE, status=404),
        lambda request: HttpResponse(status=302, headers={"Location": "/"}),
        lambda request: HttpResponse(PAGE, status=500),
        lambda request: HttpResponse(PAGE, headers={"Cache-Control": "private"}),
        lambda request: HttpResponse(PAGE, headers={"Cache-Control": "max-age=60, no-store"}),
        lambda request: HttpResponse(PAGE, headers={"Cache-Control": "max-age=0"}),
        lambda request: HttpResponse(PAGE, headers={"Vary": "Cookie"}),
        lambda request: HttpResponse(PAGE, headers={"Vary": "Accept-Encoding, Accept-Language"}),
        lambda request: HttpResponse(PAGE, headers={"Vary": "*"}),
        lambda request: _with_cookie(),
    ],
)
def test_what_is_not_the_same_for_everyone_is_not_kept(
    get: Get, renderer: Renderer, answer: Callable[[HttpRequest], HttpResponse]
) -> None:
    renderer.answer = answer
    first = get()
    get()
    assert renderer.count == 2
    assert "ETag" not in first


class TestHowPagesGoOut:
    def test_browsers_ask_again_each_time(self, get: Get) -> None:
        for response in (get(), get()):
            assert response["Cache-Control"] == "no-cache"
            assert response["Vary"] == "Cookie, Accept-Encoding"

    def test_a_feed_keeps_the_time_it_gives_itself(self, get: Get, renderer: Renderer) -> None:
        renderer.answer = lambda request: HttpResponse(PAGE, headers={"Cache-Control": "max-age=3600"})
        assert get()["Cache-Control"] == "max-age=3600"
        get()
        assert renderer.count == 1

    def test_other_headers_stay(self, get: Get, renderer: Renderer) -> None:
        renderer.answer = lambda request: HttpResponse(
            PAGE, content_type="text/xml", headers={"Content-Security-Policy": "default-src 'none'"}
        )
        get()
        assert get()["Content-Type"] == "text/xml"
        assert get()["Content-Security-Policy"] == "default-src 'none'"

    @pytest.mark.parametrize("accepted", ["gzip", "br, gzip;q=0.5", "deflate,gzip, br"])
    def test_it_goes_compressed_to_who_accepts_that(self, get: Get, accepted: str) -> None:
        response = get(HTTP_ACCEPT_ENCODING=accepted)
        assert response["Content-Encoding"] == "gzip"
        assert gzip.decompress(response.content) == PAGE.encode()
        assert response["Content-Length"] == str(len(response.content))

    @pytest.mark.parametrize("accepted", ["", "br", "identity", "gzip;q=0", "br, gzip; q=0.0, *", "xgzipx"])
    def test_it_goes_plain_to_others(self, get: Get, accepted: str) -> None:
        get(HTTP_ACCEPT_ENCODING="gzip")
        response = get(HTTP_ACCEPT_ENCODING=accepted)
        assert "Content-Encoding" not in response
        assert response.content == PAGE.encode()

    def test_small_and_already_compressed_answers_are_not_compressed(self, get: Get, renderer: Renderer) -> None:
        renderer.answer = lambda request: HttpResponse("lyhyt")
        assert "Content-Encoding" not in get(HTTP_ACCEPT_ENCODING="gzip")
        renderer.answer = lambda request: HttpResponse(b"x" * 5000, content_type="image/png")
        assert "Content-Encoding" not in get("/kuva", HTTP_ACCEPT_ENCODING="gzip")

    def test_a_browser_that_has_the_page_gets_304(self, get: Get) -> None:
        etag = get()["ETag"]
        for known in (etag, etag.removeprefix("W/"), f'"muu", {etag}', "*"):
            response = get(HTTP_IF_NONE_MATCH=known)
            assert response.status_code == 304
            assert (response.content, response["ETag"]) == (b"", etag)
            assert "Content-Type" not in response
        assert get(HTTP_IF_NONE_MATCH='"muu"').status_code == 200

    def test_the_same_content_has_the_same_etag_after_a_change_elsewhere(self, get: Get) -> None:
        before = get()["ETag"]
        generation._bump_now()
        assert get()["ETag"] == before

    def test_head_comes_from_the_entry(self, get: Get, renderer: Renderer) -> None:
        page = get()
        head = get(method="HEAD")
        assert renderer.count == 1
        assert (head.content, head["Content-Length"], head["ETag"]) == (b"", page["Content-Length"], page["ETag"])

    def test_head_leaves_no_page(self, get: Get, renderer: Renderer) -> None:
        renderer.answer = lambda request: HttpResponse("" if request.method == "HEAD" else PAGE)
        get(method="HEAD")
        assert get().content == PAGE.encode()


class TestWhenPagesEnd:
    def test_after_the_time_that_settings_give(
        self, get: Get, renderer: Renderer, settings: Settings, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        settings.PAGE_CACHE_SECONDS = 60
        noon = datetime.datetime(2026, 11, 22, 12, tzinfo=timezone.get_default_timezone())
        monkeypatch.setattr(timezone, "localtime", lambda: noon)
        monkeypatch.setattr(time, "time", noon.timestamp)
        get()
        monkeypatch.setattr(time, "time", lambda: noon.timestamp() + 59)
        get()
        assert renderer.count == 1
        monkeypatch.setattr(time, "time", lambda: noon.timestamp() + 61)
        get()
        assert renderer.count == 2

    @pytest.mark.parametrize(
        ("now", "lives"),
        [
            ("2026-11-22T12:00", 300),
            ("2026-11-22T23:58", 120),
            ("2027-03-27T23:58", 120),  # the night when the clocks go forward
            ("2026-10-25T23:59", 60),  # the day when they went back
        ],
    )
    def test_at_midnight_at_the_latest(self, monkeypatch: pytest.MonkeyPatch, now: str, lives: int) -> None:
        local = datetime.datetime.fromisoformat(now).replace(tzinfo=timezone.get_default_timezone())
        monkeypatch.setattr(timezone, "localtime", lambda: local)
        monkeypatch.setattr(time, "time", local.timestamp)
        assert end_within(300) - local.timestamp() == pytest.approx(lives)

    def test_when_the_generation_changes(self, get: Get, renderer: Renderer) -> None:
        get()
        generation._bump_now()
        get()
        get()
        assert renderer.count == 2

    def test_a_change_during_rendering_is_not_missed(self, get: Get, renderer: Renderer) -> None:
        def render_while_somebody_saves(request: HttpRequest) -> HttpResponse:
            generation._bump_now()
            return HttpResponse(PAGE)

        renderer.answer = render_while_somebody_saves
        get()
        get()
        assert renderer.count == 2

    def test_nothing_is_kept_when_nobody_knows_the_generation(
        self, get: Get, renderer: Renderer, settings: Settings, tmp_path: Any
    ) -> None:
        (tmp_path / "file").write_text("")
        settings.RUN_DIR = tmp_path / "file"
        get()
        get()
        assert renderer.count == 2


def test_zero_seconds_turn_the_cache_off(settings: Settings, renderer: Renderer) -> None:
    settings.PAGE_CACHE_SECONDS = 0
    with pytest.raises(MiddlewareNotUsed):
        PageCacheMiddleware(renderer)


def test_memory_is_bounded_and_what_was_unused_longest_goes_first(renderer: Renderer) -> None:
    middleware = PageCacheMiddleware(renderer)
    store: Store[Any] = Store(most_bytes=3 * len(PAGE))
    middleware.store = store

    def ask(address: str) -> None:
        middleware(RequestFactory().get(address))

    for address in ("/a", "/b", "/a", "/c", "/a"):
        ask(address)
    assert store.bytes <= 3 * len(PAGE)
    count = renderer.count
    ask("/a")
    assert renderer.count == count
    ask("/b")
    assert renderer.count == count + 1


class TestSeveralHosts:
    """With CACHE_URL the generation lives in the cache that the hosts share."""

    @pytest.fixture(autouse=True)
    def _shared(self, settings: Settings) -> None:
        settings.CACHE_URL = "redis://cache"

    def test_a_bump_is_seen_through_the_shared_cache(self, get: Get, renderer: Renderer) -> None:
        get()
        generation._bump_now()
        get()
        get()
        assert renderer.count == 2

    def test_a_cache_that_does_not_answer_means_rendering(
        self, get: Get, renderer: Renderer, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        class Broken:
            def get(self, key: str, default: int) -> int:
                raise ConnectionError

        monkeypatch.setattr(generation, "cache", Broken())
        get()
        get()
        assert renderer.count == 2


@pytest.mark.django_db(transaction=True)
def test_a_change_counts_when_it_is_committed_and_not_when_it_is_rolled_back() -> None:
    before = generation.current()

    def save_and_fail() -> None:
        with transaction.atomic():
            TaskArea.objects.create(code="koe", name_fi="Koe")
            assert generation.current() == before
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        save_and_fail()
    assert generation.current() == before
    TaskArea.objects.create(code="koe", name_fi="Koe")
    assert generation.current() != before


@pytest.fixture
def visitor() -> Client:
    """A client whose handler has the cache in it."""
    return Client()


@pytest.mark.django_db
def test_the_front_page_comes_from_the_cache_without_a_query(
    visitor: Client, django_assert_num_queries: Any, settings: Settings
) -> None:
    first = visitor.get("/")
    assert first.status_code == 200
    with django_assert_num_queries(0):
        kept = visitor.get("/")
    assert kept.content == first.content
    assert kept["Content-Security-Policy"] == first["Content-Security-Policy"]
    assert not kept.cookies


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path", ["/healthz", "/readyz", "/haku/", "/tili/login/", "/tili/password/reset/", "/hallinta/"]
)
def test_pages_for_machines_and_forms_are_never_kept(visitor: Client, path: str) -> None:
    assert "ETag" not in visitor.get(path)
