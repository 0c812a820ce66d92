"""What an editor sees before publishing."""

import pytest
from django.test import RequestFactory

from learning.courses.models import LessonPage, ModulePage
from learning.themes.models import ThemePage
from tests.learning.factories import ask, make_course, make_question, make_theme

pytestmark = pytest.mark.django_db


def preview(page: ModulePage | LessonPage | ThemePage) -> str:
    response = page.make_preview_request(RequestFactory().get("/"))
    assert response.status_code == 200
    return str(response.rendered_content) if hasattr(response, "rendered_content") else response.content.decode()


def test_a_draft_lesson_shows_though_it_has_no_place_yet() -> None:
    make_course()
    lesson = LessonPage.objects.get()
    LessonPage.objects.update(live=False)
    assert "quiz" in preview(ask(lesson, make_question("single")))


def test_a_lesson_that_has_never_been_saved_shows() -> None:
    make_course()
    module = ModulePage.objects.get()
    lesson = LessonPage(title="Uusi", slug="uusi", path=f"{module.path}0009", depth=module.depth + 1)
    lesson.locale = module.locale
    assert "Uusi" in preview(lesson)


def test_a_draft_module_and_a_draft_theme_show() -> None:
    make_course()
    ModulePage.objects.update(live=False)
    assert "Moduuli" in preview(ModulePage.objects.get())
    theme = make_theme("Tuleva", live=False)
    assert "Tuleva" in preview(theme)
