"""The contents of a course as its learners follow them: the same for all of them, so kept; in the reader's language."""

import uuid
from dataclasses import dataclass
from functools import cached_property

from django.conf import settings
from wagtail.models import Page

from common import languages
from common.kept import kept
from learning.courses.models import CoursePage, LessonPage
from learning.courses.outline import LessonEntry, ModuleEntry, in_language, outline_of


@dataclass(frozen=True)
class Lesson:
    """A lesson in its place. `pk` is the Finnish page, which progress and notes point to; `shown` the one to read."""

    pk: int
    shown: int
    title: str
    language: str
    label: str
    minutes: int
    module: int


@dataclass(frozen=True)
class Module:
    """A module in its place, numbers from one; without lessons it is a plan. `pk` is the Finnish page."""

    pk: int
    number: int
    title: str
    language: str
    area: str
    seed: str
    lessons: tuple[Lesson, ...]


@dataclass(frozen=True)
class Contents:
    """A course with its modules and lessons in order."""

    title: str
    language: str
    url: str
    modules: tuple[Module, ...]

    @cached_property
    def lessons(self) -> tuple[Lesson, ...]:
        return tuple(lesson for module in self.modules for lesson in module.lessons)

    def lesson(self, pk: int) -> Lesson | None:
        return next((lesson for lesson in self.lessons if lesson.pk == pk), None)

    def module_of(self, lesson: Lesson) -> Module:
        return self.modules[lesson.module - 1]

    def neighbours(self, lesson: Lesson) -> tuple[Lesson | None, Lesson | None]:
        """The lessons before and after, across modules."""
        lessons = self.lessons
        at = lessons.index(lesson)
        return (lessons[at - 1] if at else None), (lessons[at + 1] if at + 1 < len(lessons) else None)


NOTHING = Contents("", settings.LANGUAGE_CODE, "", ())


@kept
def contents_of(course_id: int) -> Contents:
    """The published contents of the course; empty where it has no public page."""
    pages = CoursePage.objects.in_language(settings.LANGUAGE_CODE).filter(course_id=course_id)
    top = pages.select_related("course", "locale").first()
    if top is None:
        return NOTHING
    [page] = in_language([top], languages.current())
    outline = outline_of(page)
    keys = [entry.page.translation_key for entry in outline.lessons]
    finnish = _finnish(keys + [entry.page.translation_key for entry in outline.modules])
    modules = tuple(_module(entry, finnish) for entry in outline.modules)
    return Contents(page.title, page.locale.language_code, page.get_url() or "", modules)


def _finnish(keys: list[uuid.UUID]) -> dict[uuid.UUID, int]:
    pages = Page.objects.filter(locale__language_code=settings.LANGUAGE_CODE, translation_key__in=keys)
    return dict(pages.values_list("translation_key", "pk"))


def _module(entry: ModuleEntry, finnish: dict[uuid.UUID, int]) -> Module:
    page = entry.page
    return Module(
        pk=finnish[page.translation_key],
        number=entry.number,
        title=page.title,
        language=page.locale.language_code,
        area=page.pattern_area,
        seed=str(page.translation_key),
        lessons=tuple(_lesson(lesson, finnish) for lesson in entry.lessons),
    )


def _lesson(entry: LessonEntry, finnish: dict[uuid.UUID, int]) -> Lesson:
    page: LessonPage = entry.page
    return Lesson(
        pk=finnish[page.translation_key],
        shown=page.pk,
        title=page.title,
        language=page.locale.language_code,
        label=entry.label,
        minutes=page.minutes or 0,
        module=entry.module.number,
    )
