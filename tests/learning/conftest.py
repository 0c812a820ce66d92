"""A lesson to visit, and questions in it."""

from collections.abc import Callable

import pytest

from learning.courses.models import LessonPage
from tests.learning.factories import ask, make_course, make_question


@pytest.fixture
def first_lesson(db: None) -> LessonPage:
    make_course()
    return LessonPage.objects.get()


@pytest.fixture
def lesson_with(first_lesson: LessonPage) -> Callable[..., LessonPage]:
    """Give the lesson questions of these kinds."""
    return lambda *kinds: ask(first_lesson, *[make_question(kind) for kind in kinds])
