"""One's own page while studying: where to go on, what is due, what was answered, runs and certificates."""

import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from learning.courses.models import CourseInstitution, CourseRun
from learning.credentials.models import Certificate
from learning.credentials.services import issue
from learning.study.models import Enrolment, LessonProgress, RunTeacher
from learning.study.models.enrolments import Status
from learning.study.services.enrolling import enrol
from learning.study.services.progress import mark_done
from learning.study.services.teaching import send_message
from network.organisations.models import Organisation
from tests.learning.factories import make_course
from tests.learning.study.factories import make_person, make_quiz, make_run, make_teacher
from tests.learning.study.studying import Study, begin

pytestmark = pytest.mark.django_db
MINE = "/oma/"


@pytest.fixture
def study() -> Study:
    return begin()


def in_days(days: float) -> datetime.datetime:
    return timezone.now() + datetime.timedelta(days=days)


def test_the_way_on_leads_to_the_very_place(study: Study) -> None:
    LessonProgress.objects.create(
        enrolment=study.enrolment, lesson=study.lessons[1], seen_at=timezone.now(), place="rinnakkain"
    )
    html = study.html(MINE)
    assert f'href="{study.address("lesson", 1)}#rinnakkain"' in html
    assert "Rinnakkain" in html


def test_a_place_that_is_gone_leads_to_the_beginning_of_its_lesson(study: Study) -> None:
    LessonProgress.objects.create(
        enrolment=study.enrolment, lesson=study.lessons[1], seen_at=timezone.now(), place="poistettu"
    )
    assert f'class="button" href="{study.address("lesson", 1)}"' in study.html(MINE)


def test_of_many_runs_the_one_last_studied_comes_first(study: Study) -> None:
    other = make_run(course=make_course(1, 1, code="toinen").course)
    later = enrol(learner=study.learner, run=other)
    Enrolment.objects.filter(pk=study.enrolment.pk).update(seen_at=in_days(-2))
    Enrolment.objects.filter(pk=later.pk).update(seen_at=in_days(-1))
    assert f'class="button" href="/opinnot/{other.code}/oppitunti/' in study.html(MINE)


def test_what_is_due_first_stands_first_and_what_is_passed_not_at_all(study: Study) -> None:
    far = make_quiz(study.run, due=in_days(20))
    near = make_quiz(study.run, due=in_days(3))
    html = study.html(MINE)
    assert html.index(near.quiz.title) < html.index(far.quiz.title)
    assert html.count("badge--now") == 1


def test_an_offered_seat_asks_for_an_answer(study: Study) -> None:
    run = make_run(seats=1)
    Enrolment.objects.create(learner=study.learner, run=run, status=Status.OFFERED, offer_ends=in_days(1))
    assert reverse("study:answer", args=[run.code]) in study.html(MINE)


def test_what_asks_for_an_answer_stands_before_what_is_only_waited_for(study: Study) -> None:
    for status in (Status.WAITING, Status.APPLIED, Status.OFFERED):
        Enrolment.objects.create(
            learner=study.learner, run=make_run(code=status), status=status, offer_ends=in_days(1), queued_at=in_days(0)
        )
    html = study.html(MINE)
    assert html.index("/opinnot/offered/") < html.index("/opinnot/applied/") < html.index("/opinnot/waiting/")


def test_when_all_is_read_the_way_on_leads_to_the_quiz_that_is_left(study: Study) -> None:
    quiz = make_quiz(study.run)
    for lesson in study.lessons:
        mark_done(enrolment=study.enrolment, lesson_id=lesson.pk)
    assert f'class="button" href="{reverse("study:quiz", args=[study.run.code, quiz.quiz.code])}"' in study.html(MINE)


def test_what_a_teacher_wrote_is_read_here_too(study: Study) -> None:
    teacher = make_teacher(study.run)
    send_message(run=study.run, to=[study.enrolment], by=teacher, subject="Huomenna", text="Tavataan klo 9.\n<b>Tulkaa")
    html = study.html(MINE)
    assert "Tavataan klo 9.<br>&lt;b&gt;Tulkaa" in html
    assert html.count("<details") == 1


@pytest.mark.parametrize("status", [Status.APPLIED, Status.WAITING])
def test_who_waits_sees_that_they_wait(study: Study, status: str) -> None:
    run = make_run()
    Enrolment.objects.create(learner=study.learner, run=run, status=status, queued_at=timezone.now())
    assert reverse("study:enrol", args=[run.code]) in study.html(MINE)


@pytest.mark.parametrize("status", [Status.WITHDRAWN, Status.REFUSED, Status.LAPSED])
def test_what_came_to_nothing_is_not_shown(study: Study, status: str) -> None:
    run = make_run()
    Enrolment.objects.create(learner=study.learner, run=run, status=status)
    assert run.code not in study.html(MINE)


def test_what_one_was_told_lately_is_told_here_too(study: Study) -> None:
    html = study.html(MINE)
    assert html.count(reverse("study:run", args=[study.run.code])) >= 2
    study.learner.notifications.update(created_at=in_days(-15))
    assert "Olet ilmoittautunut" not in study.html(MINE)


def test_what_is_completed_stands_in_a_table_and_says_what_its_certificate_waits_for(study: Study) -> None:
    for lesson in study.lessons:
        mark_done(enrolment=study.enrolment, lesson_id=lesson.pk)
    assert "Tulee, kun kurssin tiedot ovat valmiit" in study.html(MINE)
    User.objects.update(first_name="", last_name="")
    waits = f'<a href="{reverse("home:name")}">Odottaa nimeäsi</a>'
    assert waits in study.html(MINE)
    certificate = _certificate_of(study)
    html = study.html(MINE)
    assert certificate.owner_url in html
    assert waits not in html


def _certificate_of(study: Study) -> Certificate:
    """The certificate, once the course and the learner have told all that it needs."""
    course = study.run.course
    course.level, course.quality = "EQF 6", "institution"
    course.institutions = [
        CourseInstitution(organisation=Organisation.objects.create(code="amk", type="uas"), role="awarding")
    ]
    course.save()
    study.page.outcomes = [("line", "Valitsee sopivan mittarin.")]
    study.page.save()
    User.objects.filter(pk=study.learner.pk).update(first_name="Aino", last_name="Oppija")
    certificate = issue(enrolment=study.enrolment)
    assert certificate is not None
    return certificate


def test_a_past_run_stays_among_the_earlier_ones(study: Study) -> None:
    CourseRun.objects.update(ends=timezone.localdate() - datetime.timedelta(days=1))
    html = study.html(MINE)
    assert study.home in html
    assert 'class="next-up area-knowledge"' in html
    assert f'class="button" href="{study.address("lesson")}' not in html


def test_nobody_sees_anothers_studies(study: Study, client: Client) -> None:
    client.force_login(make_person("toinen"))
    assert study.run.code not in client.get(MINE).content.decode()


def test_a_teacher_who_studies_has_both_the_lesson_and_the_administration(client: Client) -> None:
    study = begin()
    boss = User.objects.create_superuser("yllapito@example.org", "x")
    enrol(learner=boss, run=study.run)
    client.force_login(boss)
    html = client.get(MINE).content.decode()
    assert f'href="{study.address("lesson")}"' in html
    assert 'href="/hallinta/"' in html


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("number", [1, 10])
def test_however_many_runs_the_page_asks_as_little(number: int, django_assert_max_num_queries: Any) -> None:
    study = begin(2, 2)
    for at in range(1, number):
        run = make_run(course=make_course(2, 2, code=f"kurssi{at}").course)
        make_quiz(run, due=in_days(at))
        enrol(learner=study.learner, run=run)
    make_quiz(study.run, due=in_days(2))
    teacher = make_person("opettaja")
    RunTeacher.objects.create(run=study.run, user=teacher)
    LessonProgress.objects.create(
        enrolment=study.enrolment, lesson=study.lessons[1], seen_at=timezone.now(), place="rinnakkain"
    )
    study.client.get(MINE)
    with django_assert_max_num_queries(20):
        study.client.get(MINE)
