"""What machines read: health, crawlers, security contact."""

import datetime
import xml.etree.ElementTree as ET
from pathlib import Path
from unittest.mock import patch

import pytest
from django.conf import settings
from django.db import DatabaseError
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings
from wagtail.models import Page, PageViewRestriction

from home.models import HomePage, StandardPage

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
XHTML = "{http://www.w3.org/1999/xhtml}"


@pytest.fixture
def with_index(settings: Settings, tmp_path: Path) -> None:
    settings.SEARCH_INDEX = tmp_path / "search.sqlite3"
    settings.SEARCH_INDEX.touch()


def test_health_asks_nothing(client: Client) -> None:
    # Without the django_db mark a query would fail the test.
    response = client.get("/healthz")
    assert response.status_code == 200
    assert response.json() == {"status": "ok"}


@pytest.mark.django_db
@pytest.mark.usefixtures("with_index")
def test_ready_when_all_is_there(client: Client) -> None:
    response = client.get("/readyz")
    assert response.status_code == 200
    assert response.json()["status"] == "ok"


@pytest.mark.django_db
def test_not_ready_without_the_search_index(client: Client, settings: Settings, tmp_path: Path) -> None:
    settings.SEARCH_INDEX = tmp_path / "none.sqlite3"
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json()["checks"]["search_index"] is False


@pytest.mark.django_db
@pytest.mark.usefixtures("with_index")
def test_not_ready_without_the_database(client: Client) -> None:
    with patch("home.machines.connection.cursor", side_effect=DatabaseError):
        response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json()["checks"]["database"] is False


def test_robots_closes_the_doors_and_names_the_sitemap(client: Client) -> None:
    text = client.get("/robots.txt").content.decode()
    assert "Disallow: /hallinta/" in text
    assert "Disallow: /sv/tili/" in text
    assert f"Sitemap: {settings.SITE_URL}/sitemap.xml" in text


def test_security_txt_is_as_rfc_9116_asks(client: Client) -> None:
    response = client.get("/.well-known/security.txt")
    fields = dict(line.split(": ", 1) for line in response.content.decode().splitlines())
    expires = datetime.datetime.fromisoformat(fields["Expires"])
    left = expires - datetime.datetime.now(tz=datetime.UTC)
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert datetime.timedelta(days=30) < left < datetime.timedelta(days=365)
    assert fields["Contact"].startswith(("mailto:", "https://"))
    assert fields["Canonical"] == f"{settings.SITE_URL}/.well-known/security.txt"


def test_favicon_and_manifest(client: Client) -> None:
    assert client.get("/favicon.ico")["Location"].endswith(".ico")
    assert client.get("/site.webmanifest").json()["name"] == settings.SITE_NAME


def locations(client: Client) -> dict[str, set[str]]:
    """Each address of the sitemap with the languages it is told to have."""
    root = ET.fromstring(client.get("/sitemap.xml").content)
    return {
        str(entry.findtext(f"{SITEMAP}loc")): {str(link.get("hreflang")) for link in entry.findall(f"{XHTML}link")}
        for entry in root
    }


@pytest.mark.django_db
def test_sitemap_has_every_language_with_its_alternates(client: Client) -> None:
    found = locations(client)
    assert found[f"{settings.SITE_URL}/"] == {"fi", "sv", "en", "x-default"}
    assert found[f"{settings.SITE_URL}/sv/"] == {"fi", "sv", "en", "x-default"}


@pytest.mark.django_db
def test_sitemap_has_the_views_that_are_public_and_crawlers_may_read_them(client: Client) -> None:
    for view in ("haku", "todistus"):
        assert locations(client)[f"{settings.SITE_URL}/en/{view}/"] == {"fi", "sv", "en", "x-default"}
    assert "haku" not in client.get("/robots.txt").content.decode()


@pytest.mark.django_db
def test_sitemap_leaves_out_drafts_and_private_pages(client: Client) -> None:
    home = HomePage.objects.get(locale__language_code="fi")
    draft, private = StandardPage(title="Luonnos", live=False), StandardPage(title="Salainen")
    home.add_child(instance=draft)
    home.add_child(instance=private)
    PageViewRestriction.objects.create(page=Page.objects.get(pk=private.pk), restriction_type="login")
    found = " ".join(locations(client))
    assert "luonnos" not in found
    assert "salainen" not in found


@pytest.mark.django_db
@pytest.mark.parametrize("amount", [1, 12])
def test_sitemap_costs_the_same_however_many_pages(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries, amount: int
) -> None:
    home = HomePage.objects.get(locale__language_code="fi")
    for number in range(amount):
        home.add_child(instance=StandardPage(title=f"Sivu {number}"))
    with django_assert_max_num_queries(5):
        client.get("/sitemap.xml")
