"""The page that explains the blog, and the way to a text of one's own."""

import uuid

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from drafts.models import Draft
from tests.blog.writing.conftest import KEY, WRITE, filled, seen, words

pytestmark = pytest.mark.django_db
START = "/blogi/kirjoita/"


@pytest.mark.parametrize(("prefix", "length"), [("", "2 200–3 400"), ("/sv", "2 200–3 400"), ("/en", "2,200–3,400")])
def test_the_page_tells_the_length_in_the_readers_language(visitor: Client, prefix: str, length: str) -> None:
    assert length in words(visitor.get(f"{prefix}{START}"))


def test_starting_leads_to_an_empty_text_and_keeps_nothing(visitor: Client) -> None:
    first, second = (visitor.get(f"{START}uusi/")["Location"] for _each in range(2))
    assert first != second
    assert visitor.get(first).status_code == 200
    assert not Draft.objects.exists()


def test_what_was_begun_is_offered_to_its_writer_alone(visitor: Client) -> None:
    visitor.post(WRITE, filled())
    offered = seen(visitor.get(START)).select_one(f'main a[href="{WRITE}"]')
    assert offered is not None
    assert offered.get_text() == "Odotusaika on rakenne"
    assert str(KEY) not in Client().get(START).content.decode()


def test_drafts_are_looked_for_once_and_only_for_those_who_have_written(
    visitor: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    visitor.get(START)
    with django_assert_num_queries(2) as asked:
        visitor.get(START)
    assert "drafts_draft" not in str(asked.captured_queries)
    for number in range(12):
        visitor.post(f"/blogi/kirjoita/{uuid.uuid4()}/", filled(title=f"Kirjoitus {number}"))
    with django_assert_num_queries(3):
        visitor.get(START)


def test_pages_with_somebodys_text_are_kept_by_nobody(visitor: Client) -> None:
    visitor.post(WRITE, filled())
    for address in (START, WRITE, f"{WRITE}tarkista/"):
        assert "no-store" in visitor.get(address)["Cache-Control"]
