"""Every kind of page becomes a document that holds what a reader sees of it."""

import datetime
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from wagtail.models import Page

from blog.models import BlogIndexPage, PostPage
from home.models import HomePage, StandardPage
from learning.courses.models import Course, CourseIndexPage, CoursePage, LessonPage, ModulePage
from learning.themes.models import ThemeIndexPage, ThemePage
from network.events.models import Event, EventIndexPage, EventPage, EventSeries, Session
from network.organisations.models import Organisation, OrganisationIndexPage, OrganisationPage
from network.resources.models import ResourceIndexPage, ResourcePage
from search import indexing, kinds, sources
from search.current import engine
from search.documents import Document
from search.query import parse
from search.rebuilding import Everything
from search.signals import connect
from search.sources import SOURCES, Source, register
from search.surroundings import Surroundings
from vocabulary.models import GlossaryPage, GlossaryTerm, Phenomenon

pytestmark = pytest.mark.django_db
TEXT = [("text", "<h2>Väliotsikko</h2><p>Ensimmäinen kappale.</p><p>Toinen &amp; viimeinen.</p>")]


def document_of(page: Page) -> Document:
    (document,) = [found for found in Everything().documents() if found.key.endswith(f":{page.pk}")]
    return document


def add(parent: Any, page: Any) -> Any:
    """Publish under a page, or under the Finnish section of a type."""
    if not isinstance(parent, Page):
        parent = parent.objects.get(locale__language_code="fi")
    page.locale = parent.locale
    parent.add_child(instance=page)
    return page


@pytest.fixture
def organisation() -> Organisation:
    return Organisation.objects.create(
        code="alue", name_fi="Koivikon hyvinvointialue", type="county", is_fictional=True
    )


def test_a_theme_is_found_by_its_text_and_its_phenomena() -> None:
    page = ThemePage(title="Asuminen", month=datetime.date(2026, 8, 20), body=TEXT, aims=[("line", "Opit kysymään")])
    page.phenomena = [Phenomenon.objects.create(code="vailla", name_fi="Asunnottomuus")]
    document = document_of(add(ThemeIndexPage, page))
    assert document.kind == "theme"
    assert document.body == "Opit kysymään. Väliotsikko Ensimmäinen kappale. Toinen & viimeinen."
    assert document.keywords == ("Asunnottomuus",)
    assert document.phenomena == ("vailla",)
    assert document.date == datetime.date(2026, 8, 1)
    assert document.url == "/teemat/asuminen/"


def test_a_course_its_module_and_its_lesson() -> None:
    course = Course.objects.create(code="rst", name_fi="Rakenteellinen sosiaalityö", hours=27)
    page = add(CourseIndexPage, CoursePage(title="Rakenteellinen", course=course, audience="Opiskelijoille"))
    module = add(page, ModulePage(title="Tieto", code="M1", body=TEXT, task_text="<p>Kirjoita.</p>"))
    lesson = add(
        module, LessonPage(title="Havainto", body=[("callout", {"title": "Esimerkki", "text": "<p>Näin.</p>"})])
    )
    assert document_of(page).body == "Opiskelijoille. Rakenteellinen sosiaalityö."
    assert document_of(module).body.endswith("viimeinen. Kirjoita.")
    assert document_of(lesson).body == "Esimerkki. Näin."
    assert document_of(lesson).url == "/kurssit/rakenteellinen/tieto/havainto/"


def test_a_post_tells_who_wrote_it(organisation: Organisation) -> None:
    page = PostPage(title="Kirjoitus", author_title="Sosiaalityöntekijä", organisation=organisation, body="<p>Hei.</p>")
    document = document_of(add(BlogIndexPage, page))
    assert document.organisation == "Koivikon hyvinvointialue"
    assert document.body == "Hei. Sosiaalityöntekijä."


def test_a_name_of_an_organisation_says_its_language(organisation: Organisation) -> None:
    page = PostPage(title="Kirjoitus", author_title="X", organisation=organisation, body="<p>Hei.</p>")
    assert document_of(add(BlogIndexPage, page)).organisation_language == "fi"
    with translation.override("sv"):
        assert kinds.post(page, Surroundings()).organisation_language == "fi"
        organisation.name_sv = "Björkdungens välfärdsområde"
        named = kinds.post(page, Surroundings())
    assert (named.organisation, named.organisation_language) == ("Björkdungens välfärdsområde", "sv")


def test_an_invented_organisation_is_marked(organisation: Organisation) -> None:
    page = OrganisationPage(title="Koivikon hyvinvointialue", organisation=organisation, needs="<p>Tietoa.</p>")
    document = document_of(add(OrganisationIndexPage, page))
    assert document.fictional
    assert document.body == "Tietoa."


def test_an_event_is_dated_by_its_first_session_in_finnish_time(organisation: Organisation) -> None:
    event = Event(code="foorumi", name_fi="Foorumi", type="forum", format="remote", place="Verkossa")
    late = datetime.datetime(2026, 8, 26, 22, 30, tzinfo=datetime.UTC)
    event.sessions.add(Session(starts=late, ends=late + datetime.timedelta(hours=1)))
    event.organisers = [organisation]
    event.save()
    document = document_of(add(EventIndexPage, EventPage(title="Foorumi", event=event)))
    assert document.date == datetime.date(2026, 8, 27)
    assert document.organisation == "Koivikon hyvinvointialue"


def test_a_resource_is_dated_by_its_year(organisation: Organisation) -> None:
    page = ResourcePage(
        title="Opas", type="guide", year=2022, publisher=organisation, external_url="https://example.org/", body=TEXT
    )
    document = document_of(add(ResourceIndexPage, page))
    assert document.date
    assert document.date.year == 2022


def test_a_translation_is_a_document_of_its_own_in_the_same_group() -> None:
    page = add(HomePage, StandardPage(title="Tietoa meistä", slug="tietoa"))
    english = HomePage.objects.get(locale__language_code="en")
    translated = StandardPage(
        title="About us", slug="about", locale=english.locale, translation_key=page.translation_key
    )
    english.add_child(instance=translated)
    document = document_of(translated)
    assert (document.language, document.url) == ("en", "/en/about/")
    assert document.translation_key == document_of(page).translation_key


def test_the_kinds_of_sources_have_labels_and_names_that_fit_an_address() -> None:
    assert all(source.kind.isalpha() and str(source.label) for source in SOURCES)


@pytest.fixture
def later_kind(tmp_path: Path, settings: Any) -> Iterator[None]:
    """One more source, of a model that no page presents, and an index of this test's own."""
    settings.SEARCH_INDEX = tmp_path / "search.sqlite3"
    settings.RUN_DIR = tmp_path
    before = {name: getattr(sources, name).copy() for name in ("SOURCES", "BY_KIND", "PAGES", "ROWS")}
    register(
        Source(
            "series",
            "Tapahtumasarjat",
            "Tapahtumasarja",
            EventSeries.objects.all,
            lambda series, around: Document("", "", "", title=series.name, url="/tapahtumat/", lead=series.description),
            languages=lambda series: ["fi", "sv"] if series.name_sv else ["fi"],
        )
    )
    connect()
    indexing.rebuild()
    yield
    for name, kept in before.items():
        list_of_all = getattr(sources, name)
        list_of_all.clear()
        list_of_all.extend(kept) if isinstance(kept, list) else list_of_all.update(kept)


def found(typed: str, language: str = "fi") -> list[str]:
    while indexing.apply():
        pass
    return [hit.document.key for hit in engine().search(parse(typed), language=language).hits]


def test_a_later_kind_needs_one_more_source_and_nothing_else(later_kind: None) -> None:
    series = EventSeries.objects.create(code="aamut", name_fi="Ilmiöaamut", description="Aamuja asunnottomuudesta.")
    assert found("asunnottomuus") == [f"series:{series.pk}-fi"]
    series.name_sv = "Fenomenmorgnar"
    series.save()
    assert set(found("fenomen")) == {f"series:{series.pk}-sv"}
    series.name_sv = ""
    series.save()
    assert found("fenomen") == []
    assert not any(indexing.difference())
    indexing.rebuild()
    assert found("ilmiö") == [f"series:{series.pk}-fi"]
    series.delete()
    assert found("asunnottomuus") == []


def test_the_glossary_is_asked_for_once_in_a_language_and_not_for_each_term() -> None:
    if not GlossaryPage.objects.exists():
        add(HomePage, GlossaryPage(title="Sanasto", slug="sanasto-2"))

    def count(terms: int) -> int:
        GlossaryTerm.objects.all().delete()
        for number in range(terms):
            GlossaryTerm.objects.create(
                code=f"sana-{number}", name_fi=f"Sana {number}", definition_fi="Selitys.", definition_sv="Förklaring."
            )
        with CaptureQueriesContext(connection) as queries:
            assert sum(found.kind == "term" for found in Everything().documents()) == 2 * terms
        return len(queries)

    # The first pass also reads where the sites begin.
    count(1)
    assert count(1) == count(12)
