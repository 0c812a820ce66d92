"""The one list of what can be found, and how each becomes a document."""

import datetime
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Model, QuerySet
from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from blog.models import PostPage
from common import dates, languages
from common.foreign import unmarked
from common.models import BasePage
from home.models import AccessibilityStatementPage, StandardPage
from learning.courses.models import CoursePage, LessonPage, ModulePage
from learning.themes.models import ThemePage
from network.events.models import EventPage
from network.organisations.models import OrganisationPage
from network.resources.models import ResourcePage
from search.access import Restrictions
from search.documents import Document, key_of
from search.filetexts.models import file_text
from search.text import joined, of_rich_text, of_stream
from vocabulary.models import GlossaryPage, GlossaryTerm

CHUNK = 100
LANGUAGES = ("fi", "sv", "en")
ToDocument = Callable[[Any, Restrictions], Document]


@dataclass(frozen=True)
class Source:
    """A kind of thing that can be found: `label` names many, `one` a single one.

    Each row of `queryset` gives the documents of its languages.
    """

    kind: str
    label: Promise
    one: Promise
    queryset: Callable[[], QuerySet[Any]]
    to_document: ToDocument
    # Writes the document's date as exactly as it is known.
    said_date: Callable[[datetime.date], str] = dates.day

    @property
    def model(self) -> type[Model]:
        return self.queryset().model

    def documents(self) -> Iterator[Document]:
        """All documents of the kind as they are now."""
        restrictions = Restrictions()
        for thing in self.queryset().order_by("pk").iterator(chunk_size=CHUNK):
            yield from self.documents_of(thing, restrictions)

    def documents_of(self, thing: Any, restrictions: Restrictions) -> Iterator[Document]:
        """The documents of one row: a page is one, a glossary term one for each language that it has."""
        for language in _languages(thing):
            with translation.override(language):
                document = self.to_document(thing, restrictions)
            suffix = f"-{language}" if isinstance(thing, GlossaryTerm) else ""
            yield replace(document, kind=self.kind, key=key_of(self.kind, f"{thing.pk}{suffix}"), language=language)


def _languages(thing: Any) -> list[str]:
    if isinstance(thing, GlossaryTerm):
        return [language for language in LANGUAGES if getattr(thing, f"definition_{language}")]
    return [thing.locale.language_code]


def _page(page: BasePage, restrictions: Restrictions, texts: Iterable[str], **rest: Any) -> Document:
    """Fill in what every page has; kind, key and language are the source's."""
    return Document(
        key="",
        kind="",
        language="",
        title=page.title,
        # The address within the site: which host answers is the reader's matter.
        url=page.get_url() or "",
        translation_key=str(page.translation_key),
        lead=page.lead,
        body=joined(texts),
        access=restrictions.tokens(page),
        fictional=rest.pop("fictional", False) or page.is_example,
        **rest,
    )


def _codes(terms: Iterable[Any]) -> tuple[str, ...]:
    return tuple(term.code for term in terms)


def _names(*groups: Iterable[Any]) -> str:
    """Name the vocabulary terms of a thing, so that it is found by them and by their synonyms."""
    return ", ".join(term.name for group in groups for term in group)


def _themes(themes: Iterable[ThemePage]) -> tuple[str, ...]:
    return tuple(str(theme.translation_key) for theme in themes)


def _theme(page: ThemePage, restrictions: Restrictions) -> Document:
    areas, phenomena = page.task_areas.all(), page.phenomena.all()
    texts = [
        of_stream(page.aims),
        of_stream(page.body),
        page.task_title,
        of_rich_text(page.task_text),
        of_stream(page.discussion),
        _names(areas, phenomena, page.methods.all()),
    ]
    return _page(page, restrictions, texts, date=page.month, task_areas=_codes(areas), phenomena=_codes(phenomena))


def _course(page: CoursePage, restrictions: Restrictions) -> Document:
    texts = [
        page.audience,
        of_stream(page.aims),
        of_stream(page.outcomes),
        page.workload,
        of_stream(page.body),
        page.course.name,
    ]
    institutions = page.course.institutions.all()
    first = institutions[0].organisation.name if institutions else ""
    return _page(page, restrictions, texts, organisation=first)


def _module(page: ModulePage, restrictions: Restrictions) -> Document:
    texts = [of_stream(page.outcomes), of_stream(page.body), page.task_title, of_rich_text(page.task_text)]
    return _page(page, restrictions, [*texts, unmarked(of_stream(page.reading))])


def _lesson(page: LessonPage, restrictions: Restrictions) -> Document:
    return _page(page, restrictions, [of_stream(page.body)])


def _post(page: PostPage, restrictions: Restrictions) -> Document:
    phenomena = page.phenomena.all()
    areas = [page.task_area] if page.task_area else []
    texts = [of_rich_text(page.body), page.author_title, _names(areas, phenomena, page.methods.all())]
    return _page(
        page,
        restrictions,
        texts,
        date=page.date,
        organisation=page.organisation.name if page.organisation else "",
        themes=_themes(page.themes.all()),
        phenomena=_codes(phenomena),
        task_areas=_codes(areas),
    )


def _organisation(page: OrganisationPage, restrictions: Restrictions) -> Document:
    organisation = page.organisation
    regions, phenomena = organisation.regions.all(), organisation.phenomena.all()
    areas = organisation.task_areas.all()
    texts = [
        *sorted({organisation.name, organisation.short_name} - {page.title, ""}),
        of_rich_text(page.environment),
        of_rich_text(page.needs),
        of_stream(page.goals),
        of_stream(page.body),
        _names(regions, areas, phenomena, organisation.services.all()),
    ]
    return _page(
        page,
        restrictions,
        texts,
        regions=_codes(regions),
        phenomena=_codes(phenomena),
        task_areas=_codes(areas),
        fictional=organisation.is_fictional,
    )


def _event(page: EventPage, restrictions: Restrictions) -> Document:
    event = page.event
    organisers, phenomena, areas = event.organisers.all(), event.phenomena.all(), event.task_areas.all()
    texts = [
        page.audience,
        of_stream(page.body),
        of_stream(page.programme),
        event.place,
        event.series.name if event.series else "",
        _names(organisers, areas, phenomena, event.methods.all()),
    ]
    return _page(
        page,
        restrictions,
        texts,
        date=_local_day(page.sessions[0].starts) if page.sessions else None,
        organisation=organisers[0].name if organisers else "",
        themes=_themes(event.themes.all()),
        phenomena=_codes(phenomena),
        task_areas=_codes(areas),
    )


def _local_day(moment: datetime.datetime) -> datetime.date:
    return timezone.localtime(moment).date()


def _resource(page: ResourcePage, restrictions: Restrictions) -> Document:
    phenomena, areas = page.phenomena.all(), page.task_areas.all()
    file: Any = page.document
    texts = [
        of_stream(page.body),
        of_stream(page.text_alternative),
        str(page.get_type_display()),
        _names(areas, phenomena, page.methods.all()),
    ]
    attached = file_text(file)
    if attached and not restrictions.open_file(restrictions.tokens(page), file):
        attached = ""
    return _page(
        page,
        restrictions,
        texts,
        attached=attached,
        # All that is known is the year; the middle of it is wrong the least.
        date=datetime.date(page.year, 7, 1) if page.year else None,
        organisation=page.publisher.name if page.publisher else "",
        themes=_themes(page.themes.all()),
        phenomena=_codes(phenomena),
        task_areas=_codes(areas),
    )


def _standard(page: StandardPage | AccessibilityStatementPage, restrictions: Restrictions) -> Document:
    return _page(page, restrictions, [of_stream(page.body)])


def _term(term: GlossaryTerm, _restrictions: Restrictions) -> Document:
    """A glossary term is its own answer: the definition is the lead, and its address its place in the glossary.

    By its other names, those in other languages too, it is found in every language and shown in the reader's.
    """
    names = {term.name_fi, term.name_sv, term.name_en} - {term.name, ""}
    return Document(
        key="",
        kind="",
        language="",
        title=term.name,
        url=_place_in_glossary(term),
        translation_key=f"term:{term.pk}",
        lead=term.definition,
        found_by=joined([*sorted(names), *term.alias_list]),
    )


def _place_in_glossary(term: GlossaryTerm) -> str:
    """Where the glossary of the language in use explains the term; empty where readers have none."""
    page = GlossaryPage.objects.in_language(languages.current()).select_related("locale").first()
    return f"{page.get_url() or ''}#{term.code}" if page else ""


def _glossary(page: GlossaryPage, restrictions: Restrictions) -> Document:
    # Its terms are found one by one.
    return _page(page, restrictions, [])


def _year(day: datetime.date) -> str:
    return str(day.year)


def _live(model: type[Any], *related: str) -> Callable[[], QuerySet[Any]]:
    return lambda: model.objects.live().select_related("locale", *related)


# A document, its collection, and what its file says.
FILE = ("document__collection", "document__file_text")

SOURCES = [
    Source("theme", _("Themes"), _("Theme"), _live(ThemePage), _theme, dates.month_and_year),
    Source("course", _("Courses"), _("Course"), _live(CoursePage, "course"), _course),
    Source("module", _("Modules"), _("Module"), _live(ModulePage), _module),
    Source("lesson", _("Lessons"), _("Lesson"), _live(LessonPage), _lesson),
    Source("post", _("Blog"), _("Blog post"), _live(PostPage, "task_area", "organisation"), _post),
    Source(
        "organisation", _("Organisations"), _("Organisation"), _live(OrganisationPage, "organisation"), _organisation
    ),
    Source("event", _("Events"), _("Event"), _live(EventPage, "event__series"), _event),
    Source("resource", _("Resources"), _("Resource"), _live(ResourcePage, "publisher", *FILE), _resource, _year),
    Source("term", _("Glossary"), _("Glossary term"), GlossaryTerm.objects.all, _term),
    Source("page", _("About the site"), _("About the site"), _live(StandardPage), _standard),
    Source("page", _("About the site"), _("About the site"), _live(AccessibilityStatementPage), _standard),
    Source("page", _("About the site"), _("About the site"), _live(GlossaryPage), _glossary),
]
BY_KIND = {source.kind: source for source in SOURCES}
TERMS = BY_KIND["term"]
PAGES = {source.model: source for source in SOURCES if source is not TERMS}


def all_documents() -> Iterator[Document]:
    """Everything that can be found, as it is now."""
    for source in SOURCES:
        yield from source.documents()
