"""The Atom feeds of the areas: one shape, each with what its entries are about."""

import datetime
from collections.abc import Callable
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from wagtail.models import Page

from network.events.models import Event
from tests.factories import pages as make
from vocabulary.models import Phenomenon, TaskArea

pytestmark = pytest.mark.django_db
ATOM = {"a": "http://www.w3.org/2005/Atom"}
XML_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
MOST_QUERIES = 7


def publish(page: Page) -> Page:
    page.save_revision().publish()
    page.refresh_from_db()
    return page


def a_post() -> Page:
    return make.post(phenomena=[make.term(Phenomenon, "yksinaisyys")], task_area=make.term(TaskArea, "knowledge"))


FEEDS: dict[str, tuple[str, Callable[[], Page]]] = {
    "/blogi/": ("/blogi/syote.xml", a_post),
    "/teemat/": ("/teemat/syote.xml", lambda: make.theme(task_areas=[make.term(TaskArea, "strategy")])),
    "/tapahtumat/": ("/tapahtumat/syote.xml", make.event_page),
    "/aineistot/": ("/aineistot/syote.xml", lambda: make.resource(publisher=make.organisation())),
}


def read(client: Client, url: str) -> ElementTree.Element:
    response = client.get(url)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ElementTree.fromstring(response.content)


def text(element: ElementTree.Element, path: str) -> str:
    return element.findtext(path, default="", namespaces=ATOM)


def titles(client: Client, url: str) -> list[str]:
    return [text(entry, "a:title") for entry in read(client, url).findall("a:entry", ATOM)]


@pytest.mark.parametrize("section", FEEDS)
def test_a_feed_and_its_entries_have_what_atom_requires(client: Client, section: str) -> None:
    url, made = FEEDS[section]
    page = publish(made())
    feed = read(client, url)
    links = {link.get("rel"): link.get("href") for link in feed.findall("a:link", ATOM)}
    assert links == {"alternate": f"http://testserver{section}", "self": f"http://testserver{url}"}
    assert feed.get(XML_LANGUAGE) == "fi"
    assert all(text(feed, f"a:{name}") for name in ("title", "id", "updated", "author/a:name"))
    entry = feed.find("a:entry", ATOM)
    assert entry is not None
    assert text(entry, "a:title") == page.title
    assert text(entry, "a:id").startswith("urn:uuid:")
    assert text(entry, "a:updated")
    link = entry.find("a:link", ATOM)
    assert link is not None
    assert link.get("href") == f"http://testserver{page.url}"


@pytest.mark.parametrize("section", FEEDS)
@pytest.mark.parametrize("prefix", ["", "/sv", "/en"])
def test_the_list_and_its_pages_lead_to_the_feed_of_their_language(client: Client, section: str, prefix: str) -> None:
    url, made = FEEDS[section]
    page = publish(made())
    html = client.get(page.url).content.decode()
    assert '<link rel="alternate" type="application/atom+xml"' in html
    assert f'href="{url}"' in html
    index = Page.objects.get(pk=page.get_parent().pk).get_translation(
        make.list_page(type(page.get_parent().specific), prefix.strip("/") or "fi").locale
    )
    shown = client.get(index.url).content.decode()
    assert f'href="{prefix}{url}"' in shown.split("</head>")[0]
    assert f'href="{prefix}{url}"' in shown.split("<main")[1]
    assert read(client, f"{prefix}{url}").get(XML_LANGUAGE) == (prefix.strip("/") or "fi")


@pytest.mark.parametrize("section", FEEDS)
def test_drafts_stay_out(client: Client, section: str) -> None:
    url, made = FEEDS[section]
    publish(made()).unpublish()
    assert titles(client, url) == []


@pytest.mark.parametrize("section", FEEDS)
@pytest.mark.parametrize("number", [2, 12])
def test_queries_do_not_grow_with_entries(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries, section: str, number: int
) -> None:
    url, made = FEEDS[section]
    for _each in range(number):
        made()
    client.get(url)
    with django_assert_max_num_queries(MOST_QUERIES):
        client.get(url)


def test_a_theme_comes_when_its_month_begins(client: Client) -> None:
    month = timezone.localdate().replace(day=1)
    before, after = (month - datetime.timedelta(days=1)).replace(day=1), (month + datetime.timedelta(days=40))
    make.theme(title="Ennen", month=before)
    make.theme(title="Nyt", month=month)
    make.theme(title="Tulossa", month=after.replace(day=1))
    assert titles(client, "/teemat/syote.xml") == ["Nyt", "Ennen"]
    entry = read(client, "/teemat/syote.xml").find("a:entry", ATOM)
    assert entry is not None
    assert text(entry, "a:updated").startswith(month.isoformat())


def test_an_event_tells_its_time_and_place_and_that_it_is_cancelled(client: Client) -> None:
    starts = datetime.datetime(2027, 3, 9, 13, 0, tzinfo=timezone.get_default_timezone())
    about = make.event(
        sessions=[(starts, starts + datetime.timedelta(hours=2))],
        format=Event.Format.ONSITE,
        place="Kuopio",
        status=Event.Status.CANCELLED,
    )
    page = publish(make.event_page(about, title="Foorumi", lead="Tule mukaan."))
    entry = read(client, "/en/tapahtumat/syote.xml").find("a:entry", ATOM)
    assert entry is not None
    assert text(entry, "a:title") == f"Cancelled: {page.title}"
    assert text(entry, "a:summary") == "Tue 9 March 2027 13:00–15:00, Kuopio. Tule mukaan."


def test_a_resource_tells_its_publisher_and_kind(client: Client) -> None:
    publish(make.resource(publisher=make.organisation(name_fi="Julkaisija")))
    entry = read(client, "/en/aineistot/syote.xml").find("a:entry", ATOM)
    assert entry is not None
    assert text(entry, "a:author/a:name") == "Julkaisija"
    assert [each.get("term") for each in entry.findall("a:category", ATOM)] == ["Guide"]
