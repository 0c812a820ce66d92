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

_NARROWER = "-narrower"
LANGUAGES = ("fi", "sv", "en")
ToDocument = Callable[[Any, Surroundings], Document]
Narrower = Callable[[Any, Document, Surroundings], Iterable[Document]]


def _own_language(page: Any) -> Iterable[str]:
    return [page.locale.language_code]


def _none(thing: Any, document: Document, around: Surroundings) -> Iterable[Document]:
    return ()


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
    # The same with more in it, for fewer readers; to them it is one hit, as a page and its translation are.
    narrower: Narrower = _none

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

    def documents_of(self, thing: Any, around: Surroundings) -> Iterator[Document]:
        """The documents of one row."""
        for language in self.languages(thing):
            with translation.override(language):
                document = self.to_document(thing, around)
            key = self._key(thing.pk, language)
            document = replace(document, kind=self.kind, key=key, language=language)
            yield document
            for other in self.narrower(thing, document, around):
                yield replace(other, key=f"{key}{_NARROWER}")

    def keys_of(self, pk: int) -> set[str]:
        """Every key that the row may have had in the index."""
        keys = {self._key(pk, language) for language in LANGUAGES}
        return keys if self.narrower is _none else keys | {f"{key}{_NARROWER}" for key in keys}

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
    Source(
        "resource",
        _("Resources"),
        _("Resource"),
        _live(ResourcePage, "publisher", *FILE),
        kinds.resource,
        _year,
        narrower=kinds.resource_with_file,
    ),
    Source("term", _("Glossary"), _("Glossary term"), GlossaryTerm.objects.all, kinds.term, languages=_defined_in),
    Source("page", ABOUT, ABOUT, _live(StandardPage), kinds.standard),
    Source("page", ABOUT, ABOUT, _live(AccessibilityStatementPage), kinds.standard),
    Source("page", ABOUT, ABOUT, _live(GlossaryPage), kinds.glossary),
]:
    register(_source)
