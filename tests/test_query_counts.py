"""Every public page in at most fifteen queries, whatever it holds; the page cache is off, the process warm."""

import datetime
import io
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from blog.models import PostPage
from common import switcher
from common.models import BasePage
from demo import services
from learning.courses.models import CourseInstitution
from learning.themes.models import ThemeCourseLink
from network.events.models import EventSeries
from network.organisations.models import Contact, Relation
from tests.factories import pages as make
from tests.journeys.places import OWN_PAGES, PAGES
from tests.learning.factories import make_course
from vocabulary.models import Phenomenon, TaskArea

pytestmark = pytest.mark.django_db

MOST = 15
TODAY = datetime.date(2026, 11, 22)
PAGE_TYPES: list[type[BasePage]] = [model for model in apps.get_models() if issubclass(model, BasePage)]
OTHERS = [
    "/haku/",
    "/haku/?q=ty%C3%B6paja",
    "/haku/?q=ty%C3%B6paja&laji=event&kieli=fi&jarjestys=uusin",
    "/ei-ole/",
    "/teemat/ei-ole/",
    "/raportti-numero-14/",
    "/blogi/syote.xml",
    "/tapahtumat/kalenteri.ics",
    "/tili/login/",
    "/tili/password/reset/",
]
FILTERED = [
    "/teemat/?page=2",
    "/blogi/?aihe=yksinaisyys&vuosi=2026",
    "/tapahtumat/?aika=menneet",
    "/verkosto/?alue=09&nimi=yhdistys",
    "/aineistot/?tyyppi=guide",
    "/sitemap.xml",
]

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

# Adds to what a page shows; takes a number of its own.
Grow = Callable[[int], object]


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory, django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The demonstration with its search index, loaded once for all tests that read it; taken back afterwards."""
    folder = tmp_path_factory.mktemp("queries")
    storage = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": str(folder)}}
    own = override_settings(
        DATA_DIR=folder,
        RUN_DIR=folder,
        MEDIA_ROOT=folder,
        STORAGES={**settings.STORAGES, "default": storage, "renditions": storage},
        SEARCH_INDEX=folder / "search.sqlite3",
    )
    with own, django_db_blocker.unblock(), transaction.atomic():
        services.load(today=TODAY)
        call_command("index", "--rebuild", stdout=io.StringIO())
        yield
        transaction.set_rollback(True)


def cost(client: Client, address: str) -> int:
    """The queries of the address in a process that has answered it before."""
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    return len(queries)


def addresses(model: type[BasePage], language: str) -> list[str]:
    """Where the pages of the type are read in the language, also where it only says that they are in Finnish."""
    pages = model.objects.live().filter(locale__language_code__in={language, "fi"})
    return sorted({link.url for page in pages for link in switcher.of_page(page) if link.code == language})


@pytest.mark.usefixtures("loaded")
@pytest.mark.parametrize("language", ["fi", "sv", "en"])
@pytest.mark.parametrize("model", PAGE_TYPES, ids=lambda model: model.__name__)
def test_every_page_of_the_demonstration(client: Client, model: type[BasePage], language: str) -> None:
    costs = {address: cost(client, address) for address in addresses(model, language)}
    assert costs
    assert {address: queries for address, queries in costs.items() if queries > MOST} == {}


@pytest.mark.usefixtures("loaded")
def test_notices_of_pages_that_are_only_in_finnish_are_among_them(client: Client) -> None:
    answers = [client.get(address) for address in addresses(PostPage, "sv")]
    assert any(answer.templates[0].name == "home/untranslated.html" for answer in answers)


@pytest.mark.usefixtures("loaded")
@pytest.mark.parametrize("address", [*(code + each for code in ("", "/sv", "/en") for each in OTHERS), *FILTERED])
def test_every_other_page(client: Client, address: str) -> None:
    assert cost(client, address) <= MOST


@pytest.mark.usefixtures("loaded")
@pytest.mark.parametrize("language", ["", "/sv", "/en"])
def test_the_search_has_hits(client: Client, language: str) -> None:
    assert 'class="item__title"' in client.get(f"{language}/haku/?q=ty%C3%B6paja").content.decode()


def count(client: Client, path: str) -> tuple[int, int]:
    """The status, and the queries of the second visit: the first one warms what is kept between requests."""
    client.get(path)
    with CaptureQueriesContext(connection) as queries:
        status = client.get(path).status_code
    return status, len(queries)


@pytest.mark.usefixtures("loaded")
def test_no_kind_of_page_asks_much(client: Client) -> None:
    counts = {name: count(client, path) for name, path in {**PAGES, **TRANSLATED}.items()}
    print("\n" + "\n".join(f"{name:24} {status} {number:3}" for name, (status, number) in counts.items()))
    assert {name: status for name, (status, _number) in counts.items() if status not in {200, 404}} == {}
    assert {name: number for name, (_status, number) in counts.items() if number > MOST} == {}


@pytest.mark.usefixtures("loaded")
def test_the_pages_of_ones_own_ask_little_more(client: Client) -> None:
    client.force_login(User.objects.get(email="opiskelija@demo.example"))
    # These keep what learners share, which inside a transaction is not kept. They are counted where nothing is rolled
    # back: tests/home/test_mine_studies.py, tests/learning/study/.
    kept = {"own page", "run", "questions", "asking"}
    own = {name: path for name, path in OWN_PAGES.items() if name not in {"signing out", *kept} and " " not in path}
    counts = {name: count(client, path) for name, path in {**own, "front page": "/", "lesson": PAGES["lesson"]}.items()}
    print("\n" + "\n".join(f"{name:24} {status} {number:3}" for name, (status, number) in counts.items()))
    assert {status for status, _number in counts.values()} == {200}
    assert {name: number for name, (_status, number) in counts.items() if number > MOST + 5} == {}


def an_organisation() -> tuple[BasePage, Grow]:
    """With something of everything that its page shows."""
    area = make.term(TaskArea, "inclusion")
    us = make.organisation(regions=[make.region("09", "Etelä-Karjala", 9, 9)])
    us.task_areas = [area]
    us.save()

    def grow(number: int) -> None:
        other = make.organisation()
        make.organisation_page(other)
        Relation.objects.create(organisation=us, kind=Relation.Kind.MEMBER_OF, to=other)
        Contact.objects.create(organisation=us, role_fi=f"Ohjaaja {number}")
        make.post(organisation=us)
        make.resource(publisher=us, task_areas=[area])
        make.event_page(make.event(organisers=[us]))
        course = make_course(0, 0, f"kurssi-{number}").course
        CourseInstitution.objects.create(course=course, organisation=us, role=CourseInstitution.Role.TEACHING)

    return make.organisation_page(us), grow


def an_event_of_a_series() -> tuple[BasePage, Grow]:
    series = EventSeries.objects.create(name_fi="Sarja", code="sarja")
    organiser = make.organisation()
    make.organisation_page(organiser)
    areas = [make.term(TaskArea, "strategy")]
    page = make.event_page(make.event(series=series, themes=[make.theme()], organisers=[organiser], task_areas=areas))
    return page, lambda number: make.event_page(make.event(series=series, task_areas=areas))


def a_post() -> tuple[BasePage, Grow]:
    organisation = make.organisation()
    make.organisation_page(organisation)
    about = {
        "phenomena": [make.term(Phenomenon, "yksinaisyys")],
        "themes": [make.theme()],
        "task_area": make.term(TaskArea, "knowledge"),
        "organisation": organisation,
    }
    return make.post(**about), lambda number: make.post(**about)


def a_resource() -> tuple[BasePage, Grow]:
    publisher, area = make.organisation(), make.term(TaskArea, "justice")
    make.organisation_page(publisher)
    page = make.resource(publisher=publisher, task_areas=[area], phenomena=[make.term(Phenomenon, "yksinaisyys")])

    def grow(number: int) -> None:
        page.themes.add(make.theme())
        page.save()

    return page, grow


def a_theme() -> tuple[BasePage, Grow]:
    page, publisher = make.theme(task_areas=[make.term(TaskArea, "strategy")]), make.organisation()

    def grow(number: int) -> None:
        make.theme()
        make.post(themes=[page])
        make.resource(themes=[page], publisher=publisher)
        make.event_page(make.event(themes=[page]))
        ThemeCourseLink.objects.create(theme=page, page=make_course(0, 0, f"kurssi-{number}"))

    return page, grow


@pytest.mark.parametrize("made", [an_organisation, an_event_of_a_series, a_post, a_resource, a_theme])
def test_a_hundred_of_each_cost_what_ten_cost(client: Client, made: Callable[[], tuple[BasePage, Grow]]) -> None:
    page, grow = made()
    for number in range(10):
        grow(number)
    few = cost(client, page.url)
    for number in range(10, 100):
        grow(number)
    assert cost(client, page.url) == few <= MOST
