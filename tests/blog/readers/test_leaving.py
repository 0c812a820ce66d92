"""Thanks and comments at a post."""

from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from blog.models import PostPage, ReaderComment, Thanks
from blog.readers import services
from blog.readers.services import NotTaken, moderate, thanks_of
from tests.factories.pages import post

pytestmark = pytest.mark.django_db
SENT = {"text": "Meilläkin jono on rakenne.", "signature": "Sosiaaliohjaaja, Kainuu"}


@pytest.fixture
def page() -> PostPage:
    return post(takes_comments=True, takes_thanks=True)


@pytest.fixture
def editor() -> User:
    return User.objects.create_user("toimittaja@example.org")


def _html(page: PostPage) -> str:
    return Client().get(page.url).content.decode()


def test_both_are_off_unless_an_editor_opens_them() -> None:
    closed = post()
    html = _html(closed)
    assert "Kiitä kirjoittajaa" not in html
    assert "/kommentoi/" not in html
    assert Client().get(f"/blogi/kommentoi/{closed.pk}/").status_code == 404
    with pytest.raises(NotTaken):
        services.comment(page=closed, signature="A", text="B")
    with pytest.raises(NotTaken):
        services.thank(page=closed)


def test_a_comment_is_shown_when_an_editor_has_read_it(page: PostPage, editor: User) -> None:
    answer = Client().post(f"/blogi/kommentoi/{page.pk}/", SENT)
    assert (answer.status_code, answer["Location"]) == (302, page.url)
    assert SENT["text"] not in _html(page)
    comment = page.reader_comments.get()
    moderate(comment=comment, by=editor, show=True)
    assert SENT["text"] in _html(page)
    moderate(comment=comment, by=editor, show=False)
    assert SENT["text"] not in _html(page)


def test_a_double_click_is_one_comment(page: PostPage) -> None:
    for _click in range(2):
        Client().post(f"/blogi/kommentoi/{page.pk}/", SENT)
    assert page.reader_comments.count() == 1


def test_a_comment_is_text_and_nothing_else(page: PostPage, editor: User) -> None:
    comment = services.comment(page=page, signature="<b>Nimi</b>", text="<script>alert(1)</script>")
    moderate(comment=comment, by=editor, show=True)
    html = _html(page)
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert "<b>Nimi</b>" not in html


@pytest.mark.parametrize(
    ("fault", "field"),
    [({"text": ""}, "text"), ({"signature": ""}, "signature"), ({"text": "a" * 2_001}, "text")],
)
def test_what_is_wrong_is_named_and_kept(page: PostPage, fault: dict[str, str], field: str) -> None:
    answer = Client().post(f"/blogi/kommentoi/{page.pk}/", {**SENT, **fault})
    assert answer.status_code == 400
    assert list(answer.context["form"].errors) == [field]
    kept = {**SENT, **fault}
    assert all(answer.context["form"][name].value() == value for name, value in kept.items())
    assert not ReaderComment.objects.exists()


def test_what_seems_to_be_personal_data_is_asked_about_once_more(page: PostPage) -> None:
    sent = {**SENT, "text": "Meilläkin: kysy numerosta 040 123 4567."}
    answer = Client().post(f"/blogi/kommentoi/{page.pk}/", sent)
    assert answer.status_code == 400
    assert "<mark>040 123 4567</mark>" in answer.content.decode()
    assert not ReaderComment.objects.exists()
    sent["personal_data_seen"] = answer.context["form"].seen_value
    assert Client().post(f"/blogi/kommentoi/{page.pk}/", sent).status_code == 302
    assert page.reader_comments.get().text == sent["text"]


def test_one_network_cannot_send_for_ever(page: PostPage) -> None:
    client = Client()
    answers = [client.post(f"/blogi/kommentoi/{page.pk}/", {**SENT, "text": str(each)}) for each in range(6)]
    assert [answer.status_code for answer in answers] == [302] * 5 + [429]
    assert "5" in answers[-1].content.decode()
    assert int(answers[-1]["Retry-After"]) > 0


def test_thanks_are_counted_once_from_a_browser_and_tell_nobody(page: PostPage) -> None:
    client = Client()
    for _time in range(3):
        answer = client.post(f"/blogi/kiita/{page.pk}/")
        assert answer["Location"] == f"{page.url}#kiitos"
    Client().post(f"/blogi/kiita/{page.pk}/")
    assert thanks_of(page) == 2
    assert "2 lukijaa on kiittänyt" in _html(page)
    assert {field.name for field in Thanks._meta.fields} == {"id", "page", "day", "count"}


def test_thanking_needs_a_press(page: PostPage) -> None:
    assert Client().get(f"/blogi/kiita/{page.pk}/").status_code == 405
    assert thanks_of(page) == 0


@pytest.mark.parametrize("what", ["kommentoi", "kiita"])
def test_a_post_that_is_not_public_takes_nothing(page: PostPage, what: str) -> None:
    page.unpublish()
    client: Any = Client()
    assert client.post(f"/blogi/{what}/{page.pk}/", SENT).status_code == 404
    assert client.post(f"/blogi/{what}/999999/", SENT).status_code == 404
