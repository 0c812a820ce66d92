"""How each kind of row becomes a document: what a reader sees of it, as text."""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.utils import timezone

from blog.models import PostPage
from common import languages
from common.foreign import unmarked
from common.models import BasePage
from home.models import AccessibilityStatementPage, StandardPage
from learning.courses.models import CoursePage, LessonPage, ModulePage
from learning.themes.models import ThemePage
from network.events.models import EventPage
from network.organisations.models import OrganisationPage
from network.resources.models import ResourcePage
from search.documents import Document
from search.filetexts.models import file_text
from search.surroundings import Surroundings
from search.text import joined, of_rich_text, of_stream
from vocabulary.models import GlossaryPage, GlossaryTerm


def _page(page: BasePage, around: Surroundings, texts: Iterable[str], **rest: Any) -> Document:
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
        access=around.tokens(page),
        fictional=rest.pop("fictional", False) or page.is_example,
        **rest,
    )


def _codes(terms: Iterable[Any]) -> tuple[str, ...]:
    return tuple(term.code for term in terms)


def _names(*groups: Iterable[Any]) -> tuple[str, ...]:
    """Name the vocabulary terms of a thing, so that it is found by them and by their synonyms."""
    return tuple(term.name for group in groups for term in group)


def _by(organisation: Any) -> dict[str, str]:
    """Name who made it, in the language of the document or, where the name is in none but Finnish, in that."""
    if organisation is None:
        return {}
    spoken = languages.current()
    own = getattr(organisation, f"name_{spoken}")
    return {
        "organisation": organisation.name,
        "organisation_language": spoken if own else settings.LANGUAGE_CODE,
    }


def _themes(themes: Iterable[ThemePage]) -> tuple[str, ...]:
    return tuple(str(theme.translation_key) for theme in themes)


def theme(page: ThemePage, around: Surroundings) -> Document:
    areas, phenomena = page.task_areas.all(), page.phenomena.all()
    texts = [
        of_stream(page.aims),
        of_stream(page.body),
        page.task_title,
        of_rich_text(page.task_text),
        of_stream(page.discussion),
    ]
    return _page(
        page,
        around,
        texts,
        keywords=_names(areas, phenomena, page.methods.all()),
        date=page.month,
        task_areas=_codes(areas),
        phenomena=_codes(phenomena),
    )


def course(page: CoursePage, around: Surroundings) -> Document:
    texts = [
        page.audience,
        of_stream(page.aims),
        of_stream(page.outcomes),
        page.workload,
        of_stream(page.body),
        page.course.name,
    ]
    institutions = page.course.institutions.all()
    return _page(page, around, texts, **_by(institutions[0].organisation if institutions else None))


def module(page: ModulePage, around: Surroundings) -> Document:
    texts = [of_stream(page.outcomes), of_stream(page.body), page.task_title, of_rich_text(page.task_text)]
    return _page(page, around, [*texts, unmarked(of_stream(page.reading))])


def lesson(page: LessonPage, around: Surroundings) -> Document:
    return _page(page, around, [of_stream(page.body)])


def post(page: PostPage, around: Surroundings) -> Document:
    phenomena = page.phenomena.all()
    areas = [page.task_area] if page.task_area else []
    return _page(
        page,
        around,
        [of_rich_text(page.body), page.author_title],
        keywords=_names(areas, phenomena, page.methods.all()),
        date=page.date,
        **_by(page.organisation),
        themes=_themes(page.themes.all()),
        phenomena=_codes(phenomena),
        task_areas=_codes(areas),
    )


def organisation(page: OrganisationPage, around: Surroundings) -> Document:
    organisation = page.organisation
    regions, phenomena = organisation.regions.all(), organisation.phenomena.all()
    areas = organisation.task_areas.all()
    texts = [
        *sorted({organisation.name, organisation.short_name} - {page.title, ""}),
        of_rich_text(page.environment),
        of_rich_text(page.needs),
        of_stream(page.goals),
        of_stream(page.body),
    ]
    return _page(
        page,
        around,
        texts,
        keywords=_names(regions, areas, phenomena, organisation.services.all()),
        regions=_codes(regions),
        phenomena=_codes(phenomena),
        task_areas=_codes(areas),
        fictional=organisation.is_fictional,
    )


def event(page: EventPage, around: Surroundings) -> Document:
    event = page.event
    organisers, phenomena, areas = event.organisers.all(), event.phenomena.all(), event.task_areas.all()
    texts = [
        page.audience,
        of_stream(page.body),
        of_stream(page.programme),
        event.place,
        event.series.name if event.series else "",
    ]
    return _page(
        page,
        around,
        texts,
        keywords=_names(organisers, areas, phenomena, event.methods.all()),
        date=_local_day(page.sessions[0].starts) if page.sessions else None,
        **_by(organisers[0] if organisers else None),
        themes=_themes(event.themes.all()),
        phenomena=_codes(phenomena),
        task_areas=_codes(areas),
    )


def _local_day(moment: datetime.datetime) -> datetime.date:
    return timezone.localtime(moment).date()


def resource(page: ResourcePage, around: Surroundings) -> Document:
    phenomena, areas = page.phenomena.all(), page.task_areas.all()
    texts = [
        of_stream(page.body),
        of_stream(page.text_alternative),
    ]
    file: Any = page.document
    attached = file_text(file)
    if attached and around.tokens_with_file(page, file) != around.tokens(page):
        attached = ""
    return _page(
        page,
        around,
        texts,
        attached=attached,
        keywords=(str(page.get_type_display()), *_names(areas, phenomena, page.methods.all())),
        # All that is known is the year; the middle of it is wrong the least.
        date=datetime.date(page.year, 7, 1) if page.year else None,
        **_by(page.publisher),
        themes=_themes(page.themes.all()),
        phenomena=_codes(phenomena),
        task_areas=_codes(areas),
    )


def resource_with_file(page: ResourcePage, document: Document, around: Surroundings) -> Iterator[Document]:
    """The resource as it is to those alone who may open its file too, where they are fewer."""
    file: Any = page.document
    text = file_text(file)
    access = around.tokens_with_file(page, file) if text else ()
    if access and not document.attached:
        yield replace(document, attached=text, access=access)


def standard(page: StandardPage | AccessibilityStatementPage, around: Surroundings) -> Document:
    return _page(page, around, [of_stream(page.body)])


def term(term: GlossaryTerm, around: Surroundings) -> Document:
    """A glossary term is its own answer: the definition is the lead, and its address its place in the glossary.

    By its other names, those in other languages too, it is found in every language and shown in the reader's.
    """
    names = {term.name_fi, term.name_sv, term.name_en} - {term.name, ""}
    return Document(
        key="",
        kind="",
        language="",
        title=term.name,
        url=around.place_in_glossary(term),
        translation_key=f"term:{term.pk}",
        lead=term.definition,
        found_by=joined([*sorted(names), *term.alias_list]),
    )


def glossary(page: GlossaryPage, around: Surroundings) -> Document:
    # Its terms are found one by one.
    return _page(page, around, [])
