"""Every kind of page becomes a document that holds what a reader sees of it."""

import datetime
from typing import Any

import pytest
from wagtail.models import Page

from blog.models import BlogIndexPage, PostPage
from home.models import HomePage, StandardPage
from learning.courses.models import Course, CourseIndexPage, CoursePage, LessonPage, ModulePage
from learning.themes.models import ThemeIndexPage, ThemePage
from network.events.models import Event, EventIndexPage, EventPage, Session
from network.organisations.models import Organisation, OrganisationIndexPage, OrganisationPage
from network.resources.models import ResourceIndexPage, ResourcePage
from search.documents import Document
from search.sources import SOURCES, all_documents
from vocabulary.models import Phenomenon

pytestmark = pytest.mark.django_db
TEXT = [("text", "<h2>Väliotsikko</h2><p>Ensimmäinen kappale.</p><p>Toinen &amp; viimeinen.</p>")]


def document_of(page: Page) -> Document:
    (document,) = [found for found in all_documents() if found.key.endswith(f":{page.pk}")]
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
    assert document.body == "Opit kysymään. Väliotsikko Ensimmäinen kappale. Toinen & viimeinen. Asunnottomuus."
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
