"""The list of one's own texts: whose turn it is, since when and by when, and nobody else's."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from tests.blog.writing.conftest import WRITE, address_of, client_of, filled, seen, words
from tests.factories.submissions import bring_to, make_person, sent, text

pytestmark = pytest.mark.django_db
OWN = "/blogi/kirjoitukseni/"


def test_who_has_not_signed_in_is_asked_to(visitor: Client) -> None:
    assert visitor.get(OWN)["Location"] == f"/tili/login/?next={OWN}"


def test_somebody_without_texts_is_shown_the_way_to_the_first(own: Client) -> None:
    page = own.get(OWN)
    assert "Ei vielä kirjoituksia" in words(page)
    assert seen(page).select_one("main .empty a[href='/blogi/kirjoita/uusi/']") is not None


@pytest.mark.parametrize(
    ("state", "badge"),
    [
        ("sent", "Jonossa"),
        ("editing", "Toimituksessa"),
        ("with_writer", "Odottaa sinua"),
        ("approval", "Odottaa sinua"),
        ("approved", "Toimituksessa"),
        ("scheduled", "Ajastettu"),
        ("published", "Julkaistu"),
        ("declined", "Ei julkaista"),
        ("withdrawn", "Peruttu"),
        ("unpublished", "Poistettu sivustolta"),
    ],
)
def test_the_list_tells_where_a_text_is(own: Client, writer: User, editor: User, state: str, badge: str) -> None:
    bring_to(state, sent(writer), editor)
    line = seen(own.get(OWN)).select_one("main li .badge")
    assert line is not None
    assert line.get_text() == badge


def test_drafts_and_sent_texts_stand_apart(own: Client, writer: User) -> None:
    sent(writer)
    own.post(WRITE, filled(title="Kesken jäänyt"))
    page = seen(own.get(OWN))
    drafts, texts = page.select("main section")
    assert "Kesken jäänyt" in drafts.get_text()
    assert "Aikaa kohdata" in texts.get_text()


def test_nobody_sees_the_texts_of_others(writer: User, editor: User) -> None:
    submission = sent(writer)
    for other in (make_person("muu"), editor):
        client = client_of(other)
        assert "Aikaa kohdata" not in words(client.get(OWN))
        assert client.get(address_of(submission)).status_code == 404


def test_a_joint_writer_sees_the_text_too(writer: User) -> None:
    other = make_person("toinen")
    submission = sent(writer, co_author=other)
    client = client_of(other)
    assert "Aikaa kohdata" in words(client.get(OWN))
    assert client.get(address_of(submission)).status_code == 200


def test_long_lists_have_pages(own: Client, writer: User) -> None:
    for number in range(21):
        sent(writer, text=text(title=f"Kirjoitus {number}"))
    first = seen(own.get(OWN))
    assert len(first.select("main section[aria-labelledby=sent] li h3")) == 20
    assert "Kirjoitus 0" in words(own.get(f"{OWN}?page=2"))


def test_the_list_takes_the_same_queries_for_one_text_as_for_twelve(
    own: Client, writer: User, editor: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    bring_to("editing", sent(writer), editor)
    own.get(OWN)
    with django_assert_num_queries(7):
        own.get(OWN)
    for number in range(11):
        bring_to("with_writer", sent(writer, text=text(title=f"Kirjoitus {number}")), editor)
        own.post(f"/blogi/kirjoita/5f6a6f6e-0000-4000-8000-0000000000{number:02}/", filled())
    with django_assert_num_queries(7):
        own.get(OWN)
