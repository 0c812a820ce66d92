"""What all readers of a page share is drawn once, for nobody; what is a reader's own is drawn for each."""

import datetime
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.contrib.messages import success
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.template.response import TemplateResponse
from django.test import Client
from django.utils import translation
from django.utils.safestring import SafeString, mark_safe
from pytest_django import Settings
from wagtail.models import Page, PageViewRestriction

from accounts.models import User
from blog.models import PostPage
from common import kept, shared
from tests.factories.pages import post
from tests.learning.factories import make_course

pytestmark = pytest.mark.django_db(transaction=True)
MINE, SIGN_IN, BAR = "/oma/", "/tili/login/", "<wagtail-userbar"


class Readers:
    """Who a page was drawn for, in the order of drawing."""

    def __init__(self) -> None:
        self.requests: list[HttpRequest] = []

    def __len__(self) -> int:
        return len(self.requests)


@pytest.fixture(autouse=True)
def _of_its_own(settings: Settings, tmp_path: Path) -> Iterator[None]:
    settings.RUN_DIR = tmp_path
    kept.forget()
    yield
    kept.forget()


@pytest.fixture
def drawn_for(monkeypatch: pytest.MonkeyPatch) -> Readers:
    readers = Readers()
    get_context = PostPage.get_context

    def watch(page: PostPage, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        readers.requests.append(request)
        # A template that is not careful.
        page.lead = f"Reader: {request.user}. {request.COOKIES}"
        return get_context(page, request, *args, **kwargs)

    monkeypatch.setattr(PostPage, "get_context", watch)
    return readers


@pytest.fixture
def page() -> PostPage:
    return post(title="Julkinen kirjoitus")


def member(name: str = "jasen") -> Client:
    client = Client()
    client.force_login(User.objects.create_user(email=f"{name}@example.org", password="x" * 12))
    return client


@pytest.fixture
def editor() -> Client:
    client = Client()
    client.force_login(User.objects.create_superuser(email="toimittaja@example.org", password="x" * 12))
    return client


def text(response: Any) -> str:
    assert response.status_code == 200
    return str(response.content.decode())


def test_it_is_drawn_once_for_all(page: PostPage, drawn_for: Readers) -> None:
    readers = [member("eka"), member("toka"), Client()]
    texts = [text(reader.get(page.url)) for reader in readers for _again in range(2)]
    assert len(drawn_for) == 1
    assert all("Julkinen kirjoitus" in each for each in texts)
    assert [MINE in each for each in texts] == [True] * 4 + [False] * 2
    assert [SIGN_IN in each for each in texts] == [False] * 4 + [True] * 2


def test_each_reads_what_they_would_if_nothing_were_kept(page: PostPage, editor: Client, settings: Settings) -> None:
    readers = [Client(), member(), editor]
    # The editor's bar has a token of its own each time.
    same = [re.sub(r"csrf[^>]*>", "", text(reader.get(page.url))) for reader in readers for _again in range(2)]
    settings.KEPT_SECONDS = 0
    assert same == [re.sub(r"csrf[^>]*>", "", text(reader.get(page.url))) for reader in readers for _again in range(2)]


def test_nothing_of_a_reader_gets_into_it(page: PostPage, drawn_for: Readers) -> None:
    reader = member()
    reader.cookies["own"] = "secret-of-the-reader"
    shown = text(reader.get(page.url, headers={"authorization": "Basic secret-of-the-reader"}))
    assert "Reader: AnonymousUser. {}" in shown
    assert "secret-of-the-reader" not in shown
    assert "jasen@example.org" not in shown
    [request] = drawn_for.requests
    assert not {"HTTP_COOKIE", "HTTP_AUTHORIZATION", "CSRF_COOKIE"} & request.META.keys()
    assert request.session.session_key is None


def test_no_mark_of_an_own_part_is_left(page: PostPage) -> None:
    assert "<!--own" not in text(member().get(page.url))
    assert "<!--own" not in text(Client().get(page.url))


def test_a_text_that_looks_like_a_mark_stays_a_text() -> None:
    page = post(title="<!--own components/_account_link.html-->")
    assert "&lt;!--own components/_account_link.html--&gt;" in text(member().get(page.url))


def test_a_change_is_seen_at_once(page: PostPage) -> None:
    reader = member()
    assert "Julkinen kirjoitus" in text(reader.get(page.url))
    page.title = "Uusi otsikko"
    page.save_revision().publish()
    assert "Uusi otsikko" in text(reader.get(page.url))


def test_each_language_and_each_page_of_a_list_has_its_own() -> None:
    reader = member()
    for _again in range(2):
        assert 'lang="fi"' in text(reader.get("/blogi/"))
        assert 'lang="sv"' in text(reader.get("/sv/"))
        assert "?page=2" not in text(reader.get("/blogi/?vuosi=2001"))


def test_a_draft_in_a_preview_is_kept_for_nobody(page: PostPage, editor: Client, drawn_for: Readers) -> None:
    text(editor.get(page.url))
    page.title = "Keskeneräinen luonnos"
    page.save_revision()
    for _again in range(2):
        assert "Keskeneräinen luonnos" in text(editor.get(f"/hallinta/pages/{page.pk}/view_draft/"))
    assert len(drawn_for) == 3
    assert "Keskeneräinen luonnos" in text(page.make_preview_request())
    for reader in (editor, member(), Client()):
        assert "Keskeneräinen luonnos" not in text(reader.get(page.url))


def test_who_may_not_read_a_page_does_not_get_what_others_share(page: PostPage, editor: Client) -> None:
    stranger, reader = Client(), member()
    assert "Julkinen kirjoitus" in text(stranger.get(page.url))
    restriction = PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    assert "Julkinen kirjoitus" in text(reader.get(page.url))
    assert stranger.get(page.url).status_code == 302
    restriction.restriction_type = PageViewRestriction.GROUPS
    restriction.save()
    assert "Julkinen kirjoitus" in text(editor.get(page.url))
    assert reader.get(page.url).status_code in {302, 403}
    assert stranger.get(page.url).status_code in {302, 403}


def test_a_restriction_counts_even_before_anything_is_told_to_be_stale(page: PostPage) -> None:
    stranger = Client()
    assert "Julkinen kirjoitus" in text(stranger.get(page.url))
    PageViewRestriction.objects.bulk_create([PageViewRestriction(page=page, restriction_type="login")])
    assert stranger.get(page.url).status_code == 302
    PageViewRestriction.objects.all()._raw_delete(using="default")
    Page.objects.filter(pk=page.pk).update(live=False)
    assert stranger.get(page.url).status_code == 404


def test_an_editor_has_their_bar_and_nobody_else(page: PostPage, editor: Client) -> None:
    for _again in range(2):
        assert BAR in text(editor.get(page.url))
        assert BAR not in text(member(f"jasen{_again}").get(page.url))
        assert BAR not in text(Client().get(page.url))


def test_a_message_is_told_once_and_to_its_reader(page: PostPage, monkeypatch: pytest.MonkeyPatch) -> None:
    reader, other = member("eka"), member("toka")
    for each in (reader, other):
        text(each.get(page.url))
    serve = PostPage.serve

    def with_message(page: PostPage, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        success(request, "Kiitos, viesti on perillä.")
        return serve(page, request, *args, **kwargs)

    with monkeypatch.context() as patched:
        patched.setattr(PostPage, "serve", with_message)
        assert "viesti on perillä" in text(reader.get(page.url))
    for each in (reader, other, Client()):
        assert "viesti on perillä" not in text(each.get(page.url))


def test_an_answer_to_a_question_is_drawn_for_its_reader_alone() -> None:
    lesson = make_course(1, 1).get_descendants().last()
    reader = member()
    text(reader.get(lesson.url))
    asked = reader.get(f"{lesson.url}?kysymys=k1&v=1&a=0")
    assert asked.wsgi_request is asked.context["request"]


def test_a_page_with_a_token_is_kept_for_nobody(
    page: PostPage, drawn_for: Readers, monkeypatch: pytest.MonkeyPatch
) -> None:
    get_context = PostPage.get_context

    def with_token(page: PostPage, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        page.lead = get_token(request)
        return get_context(page, request, *args, **kwargs)

    monkeypatch.setattr(PostPage, "get_context", with_token)
    first, second = text(member("eka").get(page.url)), text(member("toka").get(page.url))
    assert first != second
    assert len(drawn_for) >= 3


@pytest.mark.parametrize("header", ["Cache-Control", "Location", "Vary"])
def test_an_answer_with_headers_of_its_own_is_kept_for_nobody(
    page: PostPage, monkeypatch: pytest.MonkeyPatch, header: str
) -> None:
    serve = Page.serve

    def with_header(page: Any, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response: TemplateResponse = serve(page, request, *args, **kwargs)
        response.headers[header] = "private"
        return response

    monkeypatch.setattr(Page, "serve", with_header)
    for _again in range(2):
        assert Client().get(page.url).headers[header].startswith("private")


def test_a_page_that_is_not_shared_is_drawn_for_each(
    page: PostPage, drawn_for: Readers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(PostPage, "is_shared", False)
    assert "Reader: jasen@example.org" in text(member().get(page.url))
    assert "Reader: AnonymousUser" in text(Client().get(page.url))
    assert len(drawn_for) == 2


@pytest.mark.parametrize("query", ["?utm_source=kirje", "?jotain=muuta", f"?vuosi={'1' * 400}"])
def test_an_address_with_something_else_in_it_is_not_kept(page: PostPage, drawn_for: Readers, query: str) -> None:
    for _again in range(2):
        text(Client().get(page.url + query))
    assert len(drawn_for) == 2


def test_what_is_drawn_of_values_is_drawn_once_for_equal_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[dict[str, Any]] = []

    def draw(_template: str, values: dict[str, Any]) -> SafeString:
        drawn.append(values)
        return mark_safe(f"<b>{len(drawn)}</b>")

    monkeypatch.setattr(shared, "render_to_string", draw)
    first, same = (shared.drawn("a.html", day=datetime.date(2026, 9, 1), note="x") for _again in range(2))
    other = shared.drawn("a.html", day=datetime.date(2026, 9, 1), note="y")
    with translation.override("sv"):
        in_swedish = shared.drawn("a.html", day=datetime.date(2026, 9, 1), note="x")
    assert [first, same, other, in_swedish] == ["<b>1</b>", "<b>1</b>", "<b>2</b>", "<b>3</b>"]


def test_what_is_drawn_of_values_knows_of_no_reader() -> None:
    drawn = shared.drawn("components/_account_link.html")
    assert MINE not in drawn
