"""What is cached for everybody holds nothing of anybody: whole visits through the cache, with real pages."""

import gzip
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from pytest_django import Settings
from wagtail.models import Page, PageViewRestriction

from accounts.models import User
from blog.models import PostPage
from common import generation
from tests.factories.pages import post
from tests.learning.factories import make_course

pytestmark = pytest.mark.django_db
MINE, SIGN_IN = "/oma/", "/tili/login/"


@pytest.fixture(autouse=True)
def _switched_on(settings: Settings, tmp_path: Any) -> None:
    settings.PAGE_CACHE_SECONDS = 300
    settings.RUN_DIR = tmp_path


@pytest.fixture
def stranger() -> Client:
    return Client()


def beside(other: Client, user: User | None = None) -> Client:
    """Another visitor of the same process: the cache is the handler's."""
    client = Client()
    client.handler = other.handler
    if user is not None:
        client.force_login(user)
    return client


@pytest.fixture
def member(stranger: Client) -> Client:
    return beside(stranger, User.objects.create_user(email="jasen@example.org", password="x" * 12))


@pytest.fixture
def editor(stranger: Client) -> Client:
    return beside(stranger, User.objects.create_superuser(email="toimittaja@example.org", password="x" * 12))


@pytest.fixture
def page() -> PostPage:
    return post(title="Julkinen kirjoitus")


def text(response: Any) -> str:
    return response.content.decode()


def is_kept(client: Client, path: str) -> bool:
    """Whether the answer comes from the cache."""
    client.get(path)
    return "ETag" in client.get(path).headers


def test_who_has_signed_in_leaves_nothing(stranger: Client, member: Client, page: PostPage) -> None:
    for path in ("/", "/blogi/", page.url):
        own = member.get(path)
        assert MINE in text(own)
        assert own["Cache-Control"] == "private, no-store"
        assert "ETag" not in own
        assert MINE not in text(stranger.get(path))


def test_who_has_signed_in_gets_nothing_of_strangers(stranger: Client, member: Client, page: PostPage) -> None:
    for path in ("/", "/blogi/", page.url):
        assert is_kept(stranger, path)
        assert MINE in text(member.get(path))
        assert SIGN_IN not in text(member.get(path)).split("<main")[0]


def test_who_has_signed_out_meets_the_cache_again(stranger: Client, member: Client) -> None:
    assert MINE in text(member.get("/"))
    member.post("/tili/logout/")
    member.get("/")
    assert MINE not in text(member.get("/"))
    assert is_kept(stranger, "/")


def test_a_draft_in_a_preview_is_seen_by_its_editor_alone(stranger: Client, editor: Client, page: PostPage) -> None:
    stranger.get(page.url)
    page.title = "Keskeneräinen luonnos"
    page.save_revision()
    shown = editor.get(f"/hallinta/pages/{page.pk}/view_draft/")
    assert "Keskeneräinen luonnos" in text(shown)
    assert "ETag" not in shown
    generation._bump_now()
    for path in (page.url, "/blogi/", "/"):
        assert "Keskeneräinen luonnos" not in text(stranger.get(path))


def test_a_preview_made_without_a_reader_stays_out_too(stranger: Client, page: PostPage) -> None:
    page.title = "Keskeneräinen luonnos"
    assert "Keskeneräinen luonnos" in text(page.make_preview_request())
    assert "Keskeneräinen luonnos" not in text(stranger.get(page.url))


def test_a_message_is_its_reader_s(stranger: Client, editor: Client) -> None:
    editor.post("/tili/logout/")
    message = editor.get("/")
    assert "ETag" not in message
    assert 'class="notice' not in text(stranger.get("/"))


@pytest.mark.parametrize("path", [SIGN_IN, "/tili/signup/", "/tili/password/reset/"])
def test_forms_with_a_token_are_never_kept(stranger: Client, path: str) -> None:
    first, second = stranger.get(path), beside(stranger).get(path)
    assert "ETag" not in first
    assert first.cookies["csrftoken"].value != second.cookies["csrftoken"].value
    assert "no-store" in first["Cache-Control"]


def test_no_page_that_is_kept_has_a_token(stranger: Client, page: PostPage) -> None:
    stranger.get(SIGN_IN)
    for path in ("/", page.url, "/verkosto/", "/tapahtumat/"):
        assert is_kept(stranger, path)
        assert "csrfmiddlewaretoken" not in text(stranger.get(path))
        assert not stranger.get(path).cookies


@pytest.mark.parametrize("kind", [PageViewRestriction.LOGIN, PageViewRestriction.GROUPS])
def test_a_private_page_is_asked_for_anew_every_time(
    stranger: Client, editor: Client, page: PostPage, kind: str
) -> None:
    assert is_kept(stranger, page.url)
    restriction = PageViewRestriction.objects.create(page=page, restriction_type=kind)
    restriction.groups.add(Group.objects.create(name="Koe"))
    generation._bump_now()
    assert stranger.get(page.url).status_code == 302
    own = editor.get(page.url)
    assert "Julkinen kirjoitus" in text(own)
    assert "ETag" not in own
    assert stranger.get(page.url).status_code == 302
    assert "Julkinen kirjoitus" not in text(stranger.get("/blogi/"))


def test_an_answered_question_is_kept_for_nobody(stranger: Client) -> None:
    lesson = make_course(1, 1).get_descendants().last()
    answered = stranger.get(f"{lesson.url}?kysymys=k1&v=1&a=0")
    assert answered.status_code == 200
    assert "ETag" not in answered
    assert "ETag" not in stranger.get(f"{lesson.url}?kysymys=k1&v=1&a=0")


def test_what_is_missing_is_there_as_soon_as_it_is_made(stranger: Client) -> None:
    path = "/blogi/uusi-kirjoitus/"
    assert not is_kept(stranger, path)
    assert stranger.get(path).status_code == 404
    made = post(slug="uusi-kirjoitus")
    Page.objects.filter(pk=made.pk).update(slug="uusi-kirjoitus", url_path="/etusivu/blogi/uusi-kirjoitus/")
    assert stranger.get(path).status_code == 200


@pytest.mark.parametrize(("path", "status"), [("/blogi", 301), (MINE, 302), ("/hallinta/", 302), ("/favicon.ico", 302)])
def test_redirects_are_not_kept(stranger: Client, path: str, status: int) -> None:
    assert stranger.get(path).status_code == status
    assert not is_kept(stranger, path)


def test_a_kept_page_answers_every_way_of_asking(stranger: Client, page: PostPage) -> None:
    first = stranger.get(page.url)
    assert first["Vary"] == "Cookie, Accept-Encoding"
    assert first["Cache-Control"] == "no-cache"
    head = stranger.head(page.url)
    assert (head.content, head["Content-Length"], head["ETag"]) == (b"", str(len(first.content)), first["ETag"])
    unchanged = stranger.get(page.url, headers={"if-none-match": first["ETag"]})
    assert (unchanged.status_code, unchanged.content, unchanged["Vary"]) == (304, b"", first["Vary"])
    packed = stranger.get(page.url, headers={"accept-encoding": "gzip"})
    assert (packed["Content-Encoding"], gzip.decompress(packed.content)) == ("gzip", first.content)
    assert packed["ETag"] == first["ETag"]


def test_head_comes_first_and_leaves_nothing(stranger: Client, page: PostPage) -> None:
    assert stranger.head(page.url).status_code == 200
    assert stranger.get(page.url).content


def test_who_has_the_page_of_a_stranger_gets_one_of_their_own(stranger: Client, member: Client, page: PostPage) -> None:
    """Signing in must not be answered with "nothing has changed"."""
    etag = stranger.get(page.url)["ETag"]
    own = member.get(page.url, headers={"if-none-match": etag})
    assert own.status_code == 200
    assert MINE in text(own)
