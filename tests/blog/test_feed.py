"""The Atom feed."""

import datetime
from xml.etree import ElementTree

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.factories.pages import post, term, translated
from vocabulary.models import Phenomenon, TaskArea

pytestmark = pytest.mark.django_db
URL = "/blogi/syote.xml"
ATOM = {"a": "http://www.w3.org/2005/Atom"}


def read(client: Client, url: str = URL) -> ElementTree.Element:
    response = client.get(url)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ElementTree.fromstring(response.content)


def text(element: ElementTree.Element, path: str) -> str:
    return element.findtext(path, default="", namespaces=ATOM)


def test_an_entry_has_what_atom_requires_and_readers_show(client: Client) -> None:
    page = post(
        title="Rivi & <väli>",
        lead="Ingressi.",
        author_title="Sosiaalityöntekijä",
        date=datetime.date(2026, 8, 12),
        task_area=term(TaskArea, "knowledge", name_fi="Tietotyö"),
        phenomena=[term(Phenomenon, "yksinaisyys", name_fi="Yksinäisyys")],
    )
    entry = read(client).find("a:entry", ATOM)
    assert entry is not None
    assert text(entry, "a:title") == "Rivi & <väli>"
    assert text(entry, "a:summary") == "Ingressi."
    assert text(entry, "a:author/a:name") == "Sosiaalityöntekijä"
    assert text(entry, "a:published").startswith("2026-08-12T00:00:00+03:00")
    assert text(entry, "a:updated")
    assert {each.get("term") for each in entry.findall("a:category", ATOM)} == {"Tietotyö", "Yksinäisyys"}
    link = entry.find("a:link", ATOM)
    assert link is not None
    assert link.get("href") == f"http://testserver{page.url}"


def test_the_feed_names_itself_and_its_language(client: Client) -> None:
    feed = read(client)
    links = {link.get("rel"): link.get("href") for link in feed.findall("a:link", ATOM)}
    assert links == {"alternate": "http://testserver/blogi/", "self": f"http://testserver{URL}"}
    assert feed.get("{http://www.w3.org/XML/1998/namespace}lang") == "fi"
    assert text(feed, "a:title")
    assert text(feed, "a:id")
    assert text(feed, "a:updated")


def test_an_entry_keeps_its_id_when_its_address_changes(client: Client) -> None:
    page = post(slug="vanha")
    before = text(read(client), "a:entry/a:id")
    page.slug = "uusi"
    page.save()
    assert text(read(client), "a:entry/a:id") == before
    assert before.startswith("urn:uuid:")


def test_the_swedish_feed_has_swedish_posts_and_those_only_in_finnish(client: Client) -> None:
    post(title="Vain suomeksi", date=datetime.date(2026, 1, 1))
    translated(post(title="Molemmat", date=datetime.date(2026, 1, 2)), "sv", title="På svenska", slug="pa-svenska")
    feed = read(client, f"/sv{URL}")
    assert [text(entry, "a:title") for entry in feed.findall("a:entry", ATOM)] == ["På svenska", "Vain suomeksi"]


def test_drafts_stay_out(client: Client) -> None:
    post(live=False)
    assert read(client).find("a:entry", ATOM) is None


def test_the_list_and_the_post_lead_to_the_feed(client: Client) -> None:
    for url in ("/blogi/", post().url):
        page = client.get(url).content.decode()
        assert 'type="application/atom+xml"' in page
        assert f'href="{URL}"' in page


@pytest.mark.parametrize("number", [2, 20])
def test_queries_do_not_grow_with_posts(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries, number: int
) -> None:
    for _each in range(number):
        post(phenomena=[term(Phenomenon, "yksinaisyys")], task_area=term(TaskArea, "knowledge"))
    client.get(URL)
    with django_assert_max_num_queries(6):
        client.get(URL)


def test_control_characters_of_a_pasted_text_do_not_break_the_feed(client: Client) -> None:
    post(title="Rivi\x0bväli", lead="Lainattu\x0cmuualta.", author_title="Ohjaaja\x07")
    entry = read(client).find("a:entry", ATOM)
    assert entry is not None
    assert text(entry, "a:title") == "Rivi väli"
