"""What every kind of page costs the database, with the demonstration loaded."""

import datetime
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.db import connection, transaction
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext

from demo import services
from search import indexing
from tests.journeys.places import OWN_PAGES, PAGES

MOST_QUERIES = 15
TODAY = datetime.date(2026, 11, 22)
TRANSLATED = {
    "front page in Swedish": "/sv/",
    "theme in English": "/en/themes/effectiveness/",
    "network in English": "/en/network/",
    "page only in Finnish": "/sv/blogg/kello-22-40/",
    "filtered list": "/verkosto/?q=keski&page=2",
    "past events": "/tapahtumat/?aika=menneet",
    "site map": "/sitemap.xml",
    "calendar": "/tapahtumat.ics",
    "feed": "/blogi/syote.xml",
}


@pytest.fixture(scope="module")
def demonstration(
    tmp_path_factory: pytest.TempPathFactory, django_db_setup: None, django_db_blocker: Any
) -> Iterator[None]:
    """The demonstration, loaded once and taken back afterwards."""
    folder = tmp_path_factory.mktemp("queries")
    storage = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": str(folder)}}
    storages = {**django_settings.STORAGES, "default": storage, "renditions": storage}
    with override_settings(
        DATA_DIR=folder, MEDIA_ROOT=folder, STORAGES=storages, SEARCH_INDEX=Path(folder) / "search.sqlite3"
    ):
        with django_db_blocker.unblock(), transaction.atomic():
            services.load(today=TODAY)
            indexing.rebuild()
            yield
            transaction.set_rollback(True)


def count(client: Client, path: str) -> tuple[int, int]:
    """The status, and the queries of the second visit: the first one warms what is kept between requests."""
    client.get(path)
    with CaptureQueriesContext(connection) as queries:
        status = client.get(path).status_code
    return status, len(queries)


@pytest.mark.django_db
def test_no_kind_of_page_asks_much(demonstration: None, client: Client) -> None:
    counts = {name: count(client, path) for name, path in {**PAGES, **TRANSLATED}.items()}
    print("\n" + "\n".join(f"{name:24} {status} {number:3}" for name, (status, number) in counts.items()))
    assert {name: status for name, (status, _number) in counts.items() if status not in {200, 404}} == {}
    assert {name: number for name, (_status, number) in counts.items() if number > MOST_QUERIES} == {}


@pytest.mark.django_db
def test_the_pages_of_ones_own_ask_little_more(demonstration: None, client: Client) -> None:
    from accounts.models import User

    client.force_login(User.objects.get(email="opiskelija@demo.example"))
    own = {name: path for name, path in OWN_PAGES.items() if name != "signing out"}
    counts = {name: count(client, path) for name, path in {**own, "front page": "/", "lesson": PAGES["lesson"]}.items()}
    print("\n" + "\n".join(f"{name:24} {status} {number:3}" for name, (status, number) in counts.items()))
    assert {status for status, _number in counts.values()} == {200}
    assert {name: number for name, (_status, number) in counts.items() if number > MOST_QUERIES + 5} == {}
