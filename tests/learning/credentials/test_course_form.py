"""The form of a course tells its teacher what certificates of it still need."""

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from accounts.roles import Role
from learning.courses.models import Course
from learning.credentials.waiting import PATIENCE, SETTLES
from network.organisations.models import Organisation
from tests.learning.credentials.conftest import give, make_person


@pytest.fixture
def teacher(client: Client, db: None) -> Client:
    person = make_person("Oiva Opettaja")
    person.groups.add(Group.objects.get(name=Role.TEACHER.value))
    client.force_login(person)
    return client


def form_of(teacher: Client, course: Course) -> str:
    return teacher.get(reverse("wagtailsnippets_courses_course:edit", args=[course.pk])).content.decode()


def test_a_course_that_tells_all_says_so(teacher: Client, course: Course) -> None:
    assert "Kurssi kertoo kaiken, mitä todistus tarvitsee." in form_of(teacher, course)


@pytest.mark.parametrize(
    ("lacks", "told"),
    [("level", "taso, esimerkiksi EQF 6"), ("quality", "laadunvarmistus"), ("institutions", "myöntäjä (")],
)
def test_what_is_missing_is_named(lacks: str, told: str, teacher: Client, course: Course) -> None:
    give(course, **{lacks: [] if lacks == "institutions" else ""})
    form = form_of(teacher, course)
    assert "Kurssin todistukset odottavat." in form
    assert f"<li>{told}" in form


def test_the_teacher_is_told_where_credits_are_not_shown(
    teacher: Client, course: Course, university: Organisation
) -> None:
    told = "vain korkeakoulu voi myöntää opintopisteitä"
    assert told not in form_of(teacher, course)
    Organisation.objects.filter(pk=university.pk).update(type="ngo")
    assert told in form_of(teacher, course)


def test_the_teacher_of_a_graded_course_is_told_that_certificates_wait_for_the_grade(
    teacher: Client, course: Course
) -> None:
    told = "Jos arvosanaa ei anneta neljässä viikossa"
    assert told not in form_of(teacher, course)
    give(course, assessment=Course.Assessment.GRADE)
    assert told in form_of(teacher, course)
    assert (PATIENCE.days, SETTLES.seconds) == (4 * 7, 60 * 60), "as the form tells"


def test_the_form_of_a_new_course_says_that_it_is_told_later(teacher: Client) -> None:
    form = teacher.get(reverse("wagtailsnippets_courses_course:add")).content.decode()
    assert "Kun kurssi on tallennettu" in form
