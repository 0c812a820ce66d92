"""A course that tells all that a certificate needs, and the people around a run of it."""

from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import User
from learning.courses.models import Course, CourseIndexPage, CourseInstitution, CoursePage, CourseRun
from learning.credentials.models import Certificate
from learning.study.models import Enrolment, RunTeacher
from learning.study.signals import completed
from network.organisations.models import Organisation
from tests.learning.factories import make_course, translate

OUTCOMES = ["Laatii tavoitteen yhdessä asiakkaan kanssa.", "Valitsee sopivan mittarin."]


def make_person(name: str) -> User:
    first, _space, last = name.partition(" ")
    return User.objects.create_user(f"{User.objects.count()}@example.org", first_name=first, last_name=last)


def give(course: Course, **values: Any) -> None:
    """Save the course with the values; institutions are saved with it."""
    for name, value in values.items():
        setattr(course, name, value)
    course.save()


def complete(learner: User, run: CourseRun) -> Enrolment:
    """The learner has done all that the run requires, as study tells it."""
    enrolment = Enrolment.objects.create(
        learner=learner, run=run, status=Enrolment.Status.COMPLETED, completed_at=timezone.now()
    )
    completed.send(sender=Enrolment, enrolment=enrolment)
    return enrolment


@pytest.fixture
def university(db: None) -> Organisation:
    return Organisation.objects.create(
        code="saimaan-amk", name_fi="Saimaan ammattikorkeakoulu", name_en="Saimaa University", type="uas"
    )


@pytest.fixture
def course(university: Organisation) -> Course:
    page = make_course(code="mittarit")
    page.outcomes = [("line", text) for text in OUTCOMES]
    page.save()
    course: Course = page.course
    names = {"name_fi": "Mittarit käyttöön", "name_sv": "Mätare i bruk", "name_en": "Measures in use"}
    awarding = [CourseInstitution(organisation=university, role="awarding")]
    give(course, **names, credits=Decimal(5), level="EQF 6", quality="institution", institutions=awarding)
    return course


@pytest.fixture
def in_english(course: Course) -> CoursePage:
    """The page of the course in English."""
    finnish = CoursePage.objects.get(course=course)
    page: CoursePage = translate(
        finnish, "en", "Measures in use", CourseIndexPage.objects.get(locale__language_code="en")
    )
    page.outcomes = [("line", "Sets a goal together with the client.")]
    page.save()
    return page


@pytest.fixture
def run(course: Course) -> CourseRun:
    return CourseRun.objects.create(course=course, code="mittarit-s", starts="2026-09-01", admission="open")


@pytest.fixture
def learner(db: None) -> User:
    return make_person("Aino Šiŋŋá")


@pytest.fixture
def certificate(learner: User, run: CourseRun) -> Certificate:
    return complete(learner, run).certificates.get()


@pytest.fixture
def responsible(run: CourseRun) -> User:
    teacher = make_person("Vastuu Opettaja")
    RunTeacher.objects.create(run=run, user=teacher, role=RunTeacher.Role.RESPONSIBLE)
    return teacher
