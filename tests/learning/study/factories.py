"""Runs and people for tests of studying: the least that is valid; states are reached through services."""

import datetime
from itertools import count
from typing import Any

from django.contrib.auth.models import Group
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from learning.courses.models import Course, CourseRun, Quiz
from learning.study.models import Enrolment, RunQuiz, RunTeacher
from learning.study.services.enrolling import enrol

_numbers = count(1)


def make_person(name: str = "oppija", role: Role | None = None, **fields: Any) -> User:
    made = User.objects.create_user(
        f"{name}-{next(_numbers)}@example.org", first_name=name.capitalize(), last_name="Testi", **fields
    )
    if role:
        made.groups.add(Group.objects.get(name=role.value))
    return made


def make_run(**fields: Any) -> CourseRun:
    """A run that goes on, is open to anyone who signs in and has no limit of seats."""
    number = next(_numbers)
    today = timezone.localdate()
    course = fields.pop("course", None) or Course.objects.create(code=f"kurssi-{number}", name_fi="Perusteet", hours=27)
    admitted = fields.pop("admitted", [])
    values = {
        "code": f"toteutus-{number}",
        "starts": today - datetime.timedelta(days=7),
        "ends": today + datetime.timedelta(days=60),
        "admission": CourseRun.Admission.OPEN,
        **fields,
    }
    run = CourseRun(course=course, **values)
    run.admitted = admitted
    run.save()
    return run


def make_teacher(run: CourseRun, name: str = "opettaja") -> User:
    teacher = make_person(name, Role.TEACHER)
    RunTeacher.objects.create(run=run, user=teacher)
    return teacher


def make_quiz(run: CourseRun, **fields: Any) -> RunQuiz:
    """A required quiz of the run, without questions."""
    number = next(_numbers)
    quiz = Quiz.objects.create(course=run.course, code=f"visa-{number}", title=f"Visa {number}")
    return RunQuiz.objects.create(run=run, quiz=quiz, **fields)


def enrolled(run: CourseRun, name: str = "oppija") -> Enrolment:
    """A new person's enrolment, as the run has it: a seat, a place on the waiting list or an application."""
    return enrol(learner=make_person(name), run=run, code=run.enrolment_code)
