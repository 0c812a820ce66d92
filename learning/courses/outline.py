"""The outline of a course: its modules and their lessons in the reader's language, however they were translated."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from django.conf import settings
from wagtail.models import Page

from common import languages
from learning.courses.models.pages import CoursePage, LessonPage, ModulePage

P = TypeVar("P", bound=Page)


@dataclass
class LessonEntry:
    """A lesson in its place. Numbers start from one."""

    page: LessonPage
    number: int
    module: "ModuleEntry"

    @property
    def label(self) -> str:
        """What tells the lesson from the others of the course: its code, or its numbers."""
        return self.page.code or f"{self.module.number}.{self.number}"


@dataclass
class ModuleEntry:
    """A module in its place. Without lessons it is a plan."""

    page: ModulePage
    number: int
    lessons: list[LessonEntry] = field(default_factory=list)

    @property
    def is_planned(self) -> bool:
        return not self.lessons

    @property
    def minutes(self) -> int:
        return sum(lesson.page.minutes or 0 for lesson in self.lessons)


@dataclass
class Outline:
    course: CoursePage
    modules: list[ModuleEntry]

    @property
    def lessons(self) -> list[LessonEntry]:
        return [lesson for module in self.modules for lesson in module.lessons]

    @property
    def written(self) -> list[ModuleEntry]:
        return [module for module in self.modules if not module.is_planned]

    def module_of(self, page: ModulePage) -> ModuleEntry | None:
        key = page.translation_key
        return next((module for module in self.modules if module.page.translation_key == key), None)

    def lesson_of(self, page: LessonPage) -> LessonEntry | None:
        key = page.translation_key
        return next((lesson for lesson in self.lessons if lesson.page.translation_key == key), None)


Entry = TypeVar("Entry", LessonEntry, ModuleEntry)


def neighbours(entries: Sequence[Entry], entry: Entry | None) -> tuple[Entry | None, Entry | None]:
    """The entries before and after; nothing where the entry is the first or the last, or is not among them."""
    if entry is None:
        return None, None
    at = entries.index(entry)
    return (entries[at - 1] if at else None, entries[at + 1] if at + 1 < len(entries) else None)


def outline_of(page: CoursePage | ModulePage | LessonPage) -> Outline:
    """Return the outline of the course that the page is or belongs to: four queries in Finnish, however large it is."""
    language = languages.current()
    # The Finnish tree is whole and has the order; translations take the places of their sources.
    if isinstance(page, CoursePage):
        top, course = page.source, page
    else:
        top = CoursePage.objects.ancestor_of(page.source).select_related("course", "locale").get()
        [course] = in_language([top], language)
    modules, lessons = _below(ModulePage, top), _below(LessonPage, top)
    shown = in_language(modules, language)
    entries = {each.path: ModuleEntry(shown[at], at + 1) for at, each in enumerate(modules)}
    for each, lesson in zip(lessons, in_language(lessons, language), strict=True):
        module = entries.get(each.path[: -Page.steplen])
        if module is not None:
            module.lessons.append(LessonEntry(lesson, len(module.lessons) + 1, module))
    return Outline(course, list(entries.values()))


def _below(model: type[P], top: Page) -> list[P]:
    pages = model.objects.live().public().descendant_of(top).select_related("locale")
    return list(pages.defer_streamfields().order_by("path"))


def in_language(pages: Sequence[P], language: str) -> list[P]:
    """The pages, each replaced by its live translation where there is one."""
    if not pages or language == settings.LANGUAGE_CODE:
        return list(pages)
    model = type(pages[0])
    translations = (
        model.objects.live()
        .public()
        .filter(locale__language_code=language, translation_key__in=[page.translation_key for page in pages])
        .select_related("locale")
        .defer_streamfields()
    )
    by_key = {page.translation_key: page for page in translations}
    return [by_key.get(page.translation_key, page) for page in pages]
