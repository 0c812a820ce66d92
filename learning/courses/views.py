"""What the course pages show, and the self-check questions that are answered in place."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from common import languages
from common.querysets import related_pages
from learning.courses.models.course import HOURS_PER_CREDIT, Course, CourseInstitution
from learning.courses.models.pages import CoursePage, LessonPage, ModulePage
from learning.courses.outline import neighbours, outline_of
from learning.courses.sheet import QUESTION, Sheet

RUN_STATES = ("going", "coming", "past")


def course_contents(page: CoursePage) -> dict[str, Any]:
    """The modules with their lessons, the runs by state, who does what, and how much work it is."""
    course = page.course
    runs = list(course.runs.all())
    institutions = list(_institutions(course))
    return {
        "outline": outline_of(page),
        "course": course,
        "runs": [(state, [run for run in runs if run.state == state]) for state in RUN_STATES],
        "has_places": any(run.state != "past" for run in runs),
        "has_places_here": any(run.state != "past" and run.takes_enrolments for run in runs),
        "institutions": _by_role(institutions),
        "contacts": _to_contact(institutions),
        "teachers": list(course.teachers.select_related("organisation")),
        "hours_per_credit": HOURS_PER_CREDIT,
    }


def _institutions(course: Course) -> Iterable[CourseInstitution]:
    # The pages of the directory are read for the links, in the reader's language.
    organisations: Any = CourseInstitution._meta.get_field("organisation").related_model
    pages = related_pages(organisations, "pages", languages.current())
    shown = pages.defer_streamfields().select_related("locale")
    return course.institutions.select_related("organisation").prefetch_related(
        Prefetch("organisation__pages", shown, to_attr="shown_pages")
    )


def _by_role(institutions: Sequence[CourseInstitution]) -> list[tuple[str, list[Any]]]:
    """(role, organisations) in the order of the roles; the order within a role is the editor's."""
    order = list(CourseInstitution.Role)
    ranked = sorted(institutions, key=lambda each: order.index(CourseInstitution.Role(each.role)))
    return [
        (str(CourseInstitution.Role(role).label), [each.organisation for each in rows])
        for role, rows in groupby(ranked, key=lambda each: each.role)
    ]


def _to_contact(institutions: Sequence[CourseInstitution]) -> list[Any]:
    """Whom to ask: those who coordinate, or else everyone, each once and only where the directory has a page."""
    coordinating = [each for each in institutions if each.role == CourseInstitution.Role.COORDINATING]
    asked = {each.organisation_id: each.organisation for each in coordinating or institutions}
    return [organisation for organisation in asked.values() if organisation.shown_pages]


def module_contents(page: ModulePage) -> dict[str, Any]:
    """The module in its course: number, lessons, the modules before and after."""
    outline = outline_of(page)
    module = outline.module_of(page)
    previous, following = neighbours(outline.modules, module)
    return {"outline": outline, "module": module, "previous": previous, "next": following}


def lesson_contents(page: LessonPage, request: HttpRequest) -> dict[str, Any]:
    """The lesson in its course, the lessons before and after across modules, and its questions."""
    outline = outline_of(page)
    lesson = outline.lesson_of(page)
    if lesson is not None:
        # The page asks its module for its colour; the outline has read it already.
        page.module = lesson.module.page
    previous, following = neighbours(outline.lessons, lesson)
    sheet = Sheet.of(request)
    questions = [sheet.show(block.value) for block in page.body if block.block_type == "question" and block.value]
    return {
        "outline": outline,
        "lesson": lesson,
        "previous": previous,
        "next": following,
        "next_module": neighbours(outline.modules, lesson.module)[1] if lesson else None,
        "sheet": sheet,
        "questions": questions,
    }


def keep_answers_private(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Keep a page whose address holds an answer out of caches and search engines."""
    if QUESTION in request.GET:
        patch_cache_control(response, private=True, no_store=True)
        response.headers["X-Robots-Tag"] = "noindex"
    return response


@require_safe
def selfcheck(request: HttpRequest, lesson_id: int, code: str) -> HttpResponse:
    """One answered question of a public lesson as a fragment; it shows nothing that the lesson does not."""
    lesson = get_object_or_404(LessonPage.objects.live().public(), pk=lesson_id)
    sheet = Sheet.of(request)
    blocks = (block.value for block in lesson.body if block.block_type == "question" and block.value)
    shown = next((sheet.show(question) for question in blocks if question.code == code), None)
    if shown is None:
        raise Http404
    response = render(request, "learning/courses/_question.html", {"shown": shown, "page": lesson})
    patch_cache_control(response, private=True, no_store=True)
    response.headers["X-Robots-Tag"] = "noindex"
    return response
