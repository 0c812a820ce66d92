"""A course is copied with its quizzes and pages; its questions are shared and nothing of it is published."""

import pytest
from django.test import Client

from accounts.models import User
from accounts.roles import Role
from learning.courses.models import (
    Course,
    CourseIndexPage,
    CourseInstitution,
    CoursePage,
    LessonPage,
    ModulePage,
    Quiz,
    QuizQuestion,
)
from tests.admin.conftest import make_user
from tests.factories import pages
from tests.learning.factories import make_course, make_question, translate
from tests.learning.study.factories import make_run

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(db: None) -> CoursePage:
    made = make_course(modules=2, lessons=2)
    CourseInstitution.objects.create(course=made.course, organisation=pages.organisation(), role="awarding")
    quiz = Quiz.objects.create(course=made.course, code="loppu", title="Loppuvisa", pass_percent=60)
    QuizQuestion.objects.create(quiz=quiz, question=make_question("single").question, points=3)
    make_run(course=made.course)
    return made


def copy(course: Course, person: User, **fields: str) -> int:
    client = Client()
    client.force_login(person)
    form = {"name_fi": "Perusteet 2028", "code": "perusteet-28", **fields}
    status: int = client.post(f"/hallinta/kurssit/{course.pk}/kopioi/", form).status_code
    return status


@pytest.mark.parametrize("role", [Role.TEACHER, Role.EDITOR, Role.ADMINISTRATOR])
def test_a_copy_has_the_pages_as_drafts_and_shares_the_questions(role: Role, page: CoursePage) -> None:
    swedish = CourseIndexPage.objects.get(locale__language_code="sv")
    translate(page, "sv", "Grunderna", swedish)
    assert copy(page.course, make_user(role, "tekija")) == 302
    made = Course.objects.get(code="perusteet-28")
    assert (made.name, made.credits, made.runs.count()) == ("Perusteet 2028", page.course.credits, 0)
    assert made.institutions.get().role == "awarding"
    [quiz] = made.quizzes.all()
    assert (quiz.code, quiz.pass_percent, quiz.questions.get().points) == ("perusteet-28-loppu", 60, 3)
    assert quiz.questions.get().question == QuizQuestion.objects.get(quiz__code="loppu").question
    [copied] = CoursePage.objects.filter(course=made, locale__language_code="fi")
    assert (copied.title, copied.live, copied.translation_key == page.translation_key) == (
        "Perusteet 2028",
        False,
        False,
    )
    assert ModulePage.objects.descendant_of(copied).count() == 2
    assert LessonPage.objects.descendant_of(copied).filter(live=False).count() == 4
    # What was copied stays as it was.
    page.refresh_from_db()
    assert page.live and page.course.quizzes.count() == 1


def test_translations_are_copied_as_translations_of_the_copy(page: CoursePage) -> None:
    index = CourseIndexPage.objects.get(locale__language_code="sv")
    swedish = translate(page, "sv", "Grunderna", index)
    first, second = ModulePage.objects.child_of(page)
    translate(second, "sv", "Andra modulen", swedish)
    assert copy(page.course, make_user(Role.TEACHER, "tekija")) == 302
    finnish, copied = CoursePage.objects.filter(course__code="perusteet-28").order_by("locale__language_code")
    assert (copied.title, copied.live, copied.translation_key) == ("Grunderna", False, finnish.translation_key)
    [module] = ModulePage.objects.child_of(copied)
    copies = {each.title: each.translation_key for each in ModulePage.objects.child_of(finnish)}
    assert (module.title, module.translation_key) == ("Andra modulen", copies[second.title])
    assert not set(copies.values()) & {first.translation_key, second.translation_key}
    copied.get_latest_revision_as_object().save_revision().publish()
    copied.refresh_from_db()
    assert copied.translation_key == finnish.translation_key


@pytest.mark.parametrize("role", [None, Role.PARTNER_COORDINATOR, Role.NETWORK_COORDINATOR])
def test_others_copy_no_course(role: Role | None, page: CoursePage) -> None:
    assert copy(page.course, make_user(role, "muu")) in {302, 403}
    assert not Course.objects.filter(code="perusteet-28").exists()


def test_a_code_that_is_taken_is_refused_with_a_sentence(page: CoursePage) -> None:
    assert copy(page.course, make_user(Role.TEACHER, "tekija"), code=page.course.code) == 422
    assert Course.objects.count() == 1


def test_the_same_course_is_copied_twice_under_addresses_of_their_own(page: CoursePage) -> None:
    teacher = make_user(Role.TEACHER, "tekija")
    assert copy(page.course, teacher) == copy(page.course, teacher, code="perusteet-29") == 302
    assert sorted(CoursePage.objects.exclude(pk=page.pk).values_list("slug", flat=True)) == [
        "perusteet-2028",
        "perusteet-2028-2",
    ]
