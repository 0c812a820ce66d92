"""On a graded course the certificate waits for the final grade: one code, unless its owner wants it before."""

import pytest
from django.db.models import F
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from accounts.models import User
from learning.courses.models import Course, CourseRun
from learning.credentials.mending import issue_what_waits, tell_final_grades
from learning.credentials.models import Certificate
from learning.credentials.waiting import PATIENCE, SETTLES
from learning.study.attempts.answers import save
from learning.study.attempts.services import hand_in
from learning.study.gradebook.services import give_final, take_back
from learning.study.models import Enrolment, FinalGrade
from notifications.kinds import kind_of
from notifications.models import Notification
from tests.learning.credentials.conftest import complete, give, make_person
from tests.learning.study.quizzes import begun, client_of, make_quiz, right_answers

WAITS = "credentials.waits"


@pytest.fixture
def enrolment(course: Course, run: CourseRun, learner: User) -> Enrolment:
    give(course, assessment=Course.Assessment.GRADE)
    return complete(learner, run)


def grade(enrolment: Enrolment, by: User, number: int, reason: str = "") -> None:
    give_final(enrolment=enrolment, by=by, grade=number, is_passed=True, reason=reason)


def worker_looks(*, hour_later: bool = False) -> None:
    if hour_later:
        FinalGrade.objects.update(at=F("at") - SETTLES)
    issue_what_waits()
    tell_final_grades()


def grades_on(enrolment: Enrolment) -> list[int | None]:
    return [certificate.says.grade for certificate in enrolment.certificates.order_by("pk")]


def page_of(enrolment: Enrolment) -> str:
    return reverse("credentials:waiting", args=[enrolment.run.code])


def test_who_completes_is_told_once_that_the_certificate_comes_with_the_grade(
    enrolment: Enrolment, client: Client
) -> None:
    worker_looks()
    assert grades_on(enrolment) == []
    told = Notification.objects.get(person=enrolment.learner, kind=WAITS)
    kind = kind_of(WAITS)
    assert kind is not None
    with translation.override("fi"):
        notice = kind.compose(told.facts)
    assert notice.path == page_of(enrolment)
    client.force_login(enrolment.learner)
    assert client.get(notice.path).status_code == 200
    mine = client.get("/oma/").content.decode()
    assert f'href="{page_of(enrolment)}"' in mine


def test_the_run_and_the_result_that_completed_it_lead_to_what_the_certificate_waits_for(course: Course) -> None:
    give(course, assessment=Course.Assessment.GRADE)
    attempt = begun(make_quiz(("single",), run_fields={"course": course}))
    client, link = client_of(attempt), f'href="{page_of(attempt.enrolment)}"'
    run = reverse("study:run", args=[attempt.enrolment.run.code])
    assert link not in client.get(run).content.decode()
    save(attempt=attempt, fields=right_answers(attempt), base=None)
    hand_in(attempt=attempt)
    for path in (run, attempt.url):
        assert link in client.get(path).content.decode()
    client.post(page_of(attempt.enrolment))
    for path in (run, attempt.url):
        assert link not in client.get(path).content.decode()


def test_the_grade_makes_the_only_certificate_once_it_has_settled(enrolment: Enrolment, responsible: User) -> None:
    grade(enrolment, responsible, 3)
    worker_looks()
    assert grades_on(enrolment) == []
    grade(enrolment, responsible, 4, reason="Laskuvirhe")
    worker_looks(hour_later=True)
    assert grades_on(enrolment) == [4]
    worker_looks(hour_later=True)
    assert grades_on(enrolment) == [4]


@pytest.mark.parametrize("is_written", [False, True])
def test_a_letter_that_comes_after_the_certificate_does_not_say_that_it_waits(
    is_written: bool, enrolment: Enrolment, responsible: User
) -> None:
    told = Notification.objects.filter(person=enrolment.learner)
    if is_written:
        told.update(mailed_at=timezone.now())
    grade(enrolment, responsible, 3)
    worker_looks(hour_later=True)
    assert told.filter(kind="credentials.issued", mailed_at=None).exists()
    assert told.filter(kind=WAITS).exists() is is_written


def test_a_grade_that_is_taken_back_makes_none(enrolment: Enrolment, responsible: User) -> None:
    grade(enrolment, responsible, 3)
    take_back(enrolment=enrolment, by=responsible, reason="Väärä henkilö")
    worker_looks(hour_later=True)
    assert grades_on(enrolment) == []


def test_nobody_waits_for_a_teacher_for_ever(enrolment: Enrolment, responsible: User) -> None:
    Enrolment.objects.filter(pk=enrolment.pk).update(completed_at=timezone.now() - PATIENCE)
    worker_looks()
    assert grades_on(enrolment) == [None]
    grade(enrolment, responsible, 5)
    worker_looks(hour_later=True)
    assert grades_on(enrolment) == [None, 5]


def test_its_owner_can_have_it_at_once_without_the_grade(
    enrolment: Enrolment, responsible: User, client: Client
) -> None:
    client.force_login(enrolment.learner)
    assert "<button" in client.get(page_of(enrolment)).content.decode().split("<main")[1]
    answer = client.post(page_of(enrolment))
    first = enrolment.certificates.get()
    assert answer["Location"] == first.owner_url
    assert client.post(page_of(enrolment))["Location"] == first.owner_url
    grade(enrolment, responsible, 4)
    worker_looks(hour_later=True)
    assert grades_on(enrolment) == [None, 4]
    first.refresh_from_db()
    assert first.status == Certificate.Status.REPLACED
    # The code that was given on is still good: it says that there is a newer one, and where.
    newer = enrolment.certificates.get(status=Certificate.Status.VALID)
    assert newer.get_absolute_url() in Client().get(first.get_absolute_url()).content.decode()


def test_what_else_it_needs_is_said_and_it_is_not_made_without_it(
    enrolment: Enrolment, course: Course, client: Client
) -> None:
    give(course, level="")
    client.force_login(enrolment.learner)
    answer = client.post(page_of(enrolment))
    assert answer.status_code == 200
    assert not enrolment.certificates.exists()
    assert "tarvitsee muutakin kuin arvosanan" in answer.content.decode()


def test_one_that_waits_for_something_else_is_not_said_to_be_in_the_making(
    course: Course, run: CourseRun, learner: User, client: Client
) -> None:
    give(course, level="")
    enrolment = complete(learner, run)
    client.force_login(learner)
    page = client.get(page_of(enrolment)).content.decode()
    assert "Todistuksesi odottaa" in page and "on tekeillä" not in page
    assert "<li>taso" in page


def test_the_page_is_for_the_learner_alone(enrolment: Enrolment, client: Client) -> None:
    assert "/tili/login/" in client.get(page_of(enrolment))["Location"]
    client.force_login(make_person("Toinen Ihminen"))
    assert client.get(page_of(enrolment)).status_code == 404
    assert client.post(page_of(enrolment)).status_code == 404
    assert not enrolment.certificates.exists()


def test_on_a_course_that_is_only_passed_nothing_waits(run: CourseRun, learner: User) -> None:
    assert grades_on(complete(learner, run)) == [None]
    assert not Notification.objects.filter(kind=WAITS).exists()
