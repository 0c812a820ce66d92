"""Canonical addresses and alternates: one address a page, its counterparts in the other languages, nothing else."""

import re

import pytest
from django.test import Client

from tests.factories import pages as make
from vocabulary.models import Phenomenon

pytestmark = pytest.mark.django_db
SITE = "http://testserver"


def canonical(html: str) -> str:
    (found,) = re.findall(r'<link rel="canonical" href="([^"]+)">', html)
    return str(found).removeprefix(SITE)


def alternates(html: str) -> dict[str, str]:
    found = re.findall(r'<link rel="alternate" hreflang="([^"]+)" href="([^"]+)">', html)
    assert len(found) == len(dict(found))
    return {code: url.removeprefix(SITE) for code, url in found}


def read(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def test_a_translated_page_has_each_language_and_finnish_for_the_rest(client: Client) -> None:
    page = make.post(title="Suomeksi", slug="suomeksi")
    swedish = make.translated(page, "sv", title="På svenska", slug="pa-svenska")
    wanted = {"fi": page.url, "sv": swedish.url, "x-default": page.url}
    for each in (page, swedish):
        html = read(client, each.url)
        assert alternates(html) == wanted
        assert canonical(html) == each.url


def test_a_page_that_is_only_in_finnish_has_itself_alone(client: Client) -> None:
    page = make.post(slug="suomeksi")
    assert alternates(read(client, page.url)) == {"fi": page.url, "x-default": page.url}
    notice = read(client, "/sv/blogg/suomeksi/")
    assert alternates(notice) == {}
    assert canonical(notice) == page.url


def test_the_whole_list_has_alternates(client: Client) -> None:
    html = read(client, "/blogi/")
    assert alternates(html) == {"fi": "/blogi/", "sv": "/sv/blogg/", "en": "/en/blog/", "x-default": "/blogi/"}
    assert canonical(html) == "/blogi/"


def test_a_later_page_of_a_list_is_its_own_and_has_no_counterparts(client: Client) -> None:
    for _number in range(11):
        make.post()
    html = read(client, "/blogi/?page=2")
    assert canonical(html) == "/blogi/?page=2"
    assert alternates(html) == {}
    # Beyond the last page the last one is shown, and its address told.
    assert canonical(read(client, "/blogi/?page=99")) == "/blogi/?page=2"
    assert canonical(read(client, "/blogi/?page=1")) == "/blogi/"


def test_a_narrowed_list_is_the_list_on_every_page_of_it(client: Client) -> None:
    topic = make.term(Phenomenon, "yksinaisyys")
    for _number in range(11):
        make.post(phenomena=[topic])
    for query in ("?aihe=yksinaisyys", "?aihe=yksinaisyys&page=2"):
        html = read(client, f"/blogi/{query}")
        assert canonical(html) == "/blogi/"
        assert alternates(html) == {}


@pytest.mark.parametrize("address", ["/verkosto/?nimi=abc", "/tapahtumat/?aika=menneet", "/sanasto/?sana=abc"])
def test_so_are_lists_that_are_narrowed_otherwise(client: Client, address: str) -> None:
    html = read(client, address)
    assert canonical(html) == address.partition("?")[0]
    assert alternates(html) == {}


def test_parameters_that_mean_nothing_change_nothing(client: Client) -> None:
    html = read(client, "/teemat/?utm_source=x&page=abc")
    assert canonical(html) == "/teemat/"
    assert set(alternates(html)) == {"fi", "sv", "en", "x-default"}


def test_what_is_found_stands_for_the_search_and_has_no_translations(client: Client) -> None:
    html = read(client, "/haku/?q=abc")
    assert "hreflang" in html  # of the switcher
    assert canonical(html) == "/haku/"
    assert alternates(html) == {}
