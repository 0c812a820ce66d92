"""The one list of what can be found. A later kind is one more `Source` in it."""

import datetime
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Model, QuerySet
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from blog.models import PostPage
from common import dates
from home.models import AccessibilityStatementPage, StandardPage
from learning.courses.models import CoursePage, LessonPage, ModulePage
from learning.themes.models import ThemePage
from network.events.models import EventPage
from network.organisations.models import OrganisationPage
from network.resources.models import ResourcePage
from search import kinds
from search.documents import Document, key_of
from search.surroundings import Surroundings
from vocabulary.models import GlossaryPage, GlossaryTerm

CHUNK = 100
LANGUAGES = ("fi", "sv", "en")
ToDocument = Callable[[Any, Surroundings], Document]


def _own_language(page: Any) -> Iterable[str]:
    return [page.locale.language_code]


@dataclass(frozen=True)
class Source:
    """A kind of thing that can be found: `label` names many, `one` a single one.

    A page is one document, in its language. A row of another model says in `languages` in which it is to be found, and
    is a document in each, written while that language is in use.
    """

    kind: str
    label: Promise | str
    one: Promise | str
    queryset: Callable[[], QuerySet[Any]]
    to_document: ToDocument
    # Writes the document's date as exactly as it is known.
    said_date: Callable[[datetime.date], str] = dates.day
    languages: Callable[[Any], Iterable[str]] = _own_language

    @property
    def model(self) -> type[Model]:
        return self.queryset().model

    @property
    def is_of_pages(self) -> bool:
        return issubclass(self.model, Page)

    @property
    def most_documents(self) -> int:
        """As many as there would be if every row were in every language that it may be in."""
        return self.queryset().count() * (1 if self.is_of_pages else len(LANGUAGES))

    def documents(self) -> Iterator[Document]:
        """All documents of the kind as they are now."""
        around = Surroundings()
        for thing in self.queryset().order_by("pk").iterator(chunk_size=CHUNK):
            yield from self.documents_of(thing, around)

    def documents_of(self, thing: Any, around: Surroundings) -> Iterator[Document]:
        """The documents of one row."""
        for language in self.languages(thing):
            with translation.override(language):
                document = self.to_document(thing, around)
            yield replace(document, kind=self.kind, key=self._key(thing.pk, language), language=language)

    def keys_of(self, pk: int) -> set[str]:
        """Every key that the row may have had in the index."""
        return {self._key(pk, language) for language in LANGUAGES}

    def _key(self, pk: int, language: str) -> str:
        return key_of(self.kind, pk if self.is_of_pages else f"{pk}-{language}")


def _defined_in(term: GlossaryTerm) -> list[str]:
    return [language for language in LANGUAGES if getattr(term, f"definition_{language}")]


def _year(day: datetime.date) -> str:
    return str(day.year)


def _live(model: type[Any], *related: str) -> Callable[[], QuerySet[Any]]:
    return lambda: model.objects.live().select_related("locale", *related)


# A document, its collection, and what its file says.
FILE = ("document__collection", "document__file_text")
ABOUT = _("About the site")

SOURCES: list[Source] = []
BY_KIND: dict[str, Source] = {}
PAGES: dict[type[Model], Source] = {}
# Those of other models: a change of a row is noted under the kind.
ROWS: dict[str, Source] = {}


def register(source: Source) -> None:
    """Have a kind of thing found from now on; what is in the index already is not asked for again."""
    SOURCES.append(source)
    BY_KIND[source.kind] = source
    if source.is_of_pages:
        PAGES[source.model] = source
    else:
        ROWS[source.kind] = source


for _source in [
    Source("theme", _("Themes"), _("Theme"), _live(ThemePage), kinds.theme, dates.month_and_year),
    Source("course", _("Courses"), _("Course"), _live(CoursePage, "course"), kinds.course),
    Source("module", _("Modules"), _("Module"), _live(ModulePage), kinds.module),
    Source("lesson", _("Lessons"), _("Lesson"), _live(LessonPage), kinds.lesson),
    Source("post", _("Blog"), _("Blog post"), _live(PostPage, "task_area", "organisation"), kinds.post),
    Source(
        "organisation",
        _("Organisations"),
        _("Organisation"),
        _live(OrganisationPage, "organisation"),
        kinds.organisation,
    ),
    Source("event", _("Events"), _("Event"), _live(EventPage, "event__series"), kinds.event),
    Source("resource", _("Resources"), _("Resource"), _live(ResourcePage, "publisher", *FILE), kinds.resource, _year),
    Source("term", _("Glossary"), _("Glossary term"), GlossaryTerm.objects.all, kinds.term, languages=_defined_in),
    Source("page", ABOUT, ABOUT, _live(StandardPage), kinds.standard),
    Source("page", ABOUT, ABOUT, _live(AccessibilityStatementPage), kinds.standard),
    Source("page", ABOUT, ABOUT, _live(GlossaryPage), kinds.glossary),
]:
    register(_source)


def all_documents() -> Iterator[Document]:
    """Everything that can be found, as it is now."""
    for source in SOURCES:
        yield from source.documents()
