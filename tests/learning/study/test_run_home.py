"""The learner's home of a run: what is done, what is due, what is still required, and who may see it."""

import datetime
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from learning.courses.models import CourseRun
from learning.study.attempts.answers import save
from learning.study.attempts.services import hand_in
from learning.study.due import due_of, run_ends
from learning.study.models import Enrolment, LessonProgress, RunQuiz
from learning.study.models.enrolments import Status
from learning.study.pace import minutes_left, pace_of
from learning.study.services.progress import mark_done
from tests.learning.study.factories import enrolled, make_person, make_quiz, make_teacher
from tests.learning.study.quizzes import begun, client_of, right_answers
from tests.learning.study.quizzes import make_quiz as make_quiz_of_questions
from tests.learning.study.studying import Study, begin

pytestmark = pytest.mark.django_db
HELSINKI = ZoneInfo("Europe/Helsinki")


@pytest.fixture
def study() -> Study:
    return begin()


def test_a_newcomer_is_led_to_the_first_lesson(study: Study) -> None:
    html = study.html(study.home)
    assert "0/4 oppituntia luettu" in html or "0 of 4 lessons read" in html
    assert f'<a class="button" href="{study.address("lesson")}">' in html


def test_what_is_done_is_said_in_words_too(study: Study) -> None:
    mark_done(enrolment=study.enrolment, lesson_id=study.lessons[0].pk)
    html = study.html(study.home)
    assert html.count("mark--done") == 1
    assert html.count("mark--now") == 1
    assert f'<a class="button" href="{study.address("lesson", 1)}">' in html


def test_the_way_on_leads_to_the_lesson_last_read_and_its_place(study: Study) -> None:
    mark_done(enrolment=study.enrolment, lesson_id=study.lessons[0].pk)
    now = timezone.now()
    LessonProgress.objects.create(enrolment=study.enrolment, lesson=study.lessons[2], seen_at=now, place="rinnakkain")
    html = study.html(study.home)
    assert f'<a class="button" href="{study.address("lesson", 2)}#rinnakkain">' in html


def test_skipped_lessons_come_after_the_later_ones(study: Study) -> None:
    mark_done(enrolment=study.enrolment, lesson_id=study.lessons[2].pk)
    assert f'<a class="button" href="{study.address("lesson", 3)}">' in study.html(study.home)
    mark_done(enrolment=study.enrolment, lesson_id=study.lessons[3].pk)
    assert f'<a class="button" href="{study.address("lesson", 0)}">' in study.html(study.home)


def test_when_all_is_read_nothing_is_offered_to_go_on_with() -> None:
    study = begin(1, 1)
    mark_done(enrolment=study.enrolment, lesson_id=study.lessons[0].pk)
    html = study.html(study.home)
    study.enrolment.refresh_from_db()
    assert study.enrolment.status == Status.COMPLETED
    assert 'class="next-up' not in html


def test_when_all_is_read_the_way_on_leads_to_the_first_quiz_that_may_be_taken() -> None:
    study, now, day = begin(1, 1), timezone.now(), datetime.timedelta(days=1)
    over = make_quiz(study.run, due=now - day)
    coming = make_quiz(study.run, opens=now + day)
    left = make_quiz(study.run)
    way = f'<a class="button" href="{reverse("study:quiz", args=[study.run.code, left.quiz.code])}">'
    assert way not in study.html(study.home)
    mark_done(enrolment=study.enrolment, lesson_id=study.lessons[0].pk)
    assert way in study.html(study.home)
    left.delete()
    html = study.html(study.home)
    assert 'class="next-up' not in html
    assert over.quiz.title in html and coming.quiz.title in html


def test_a_quiz_whose_attempts_are_used_up_says_so_and_is_not_waited_for() -> None:
    attempt = begun(make_quiz_of_questions(("single",), attempts=1, due=timezone.now() + datetime.timedelta(days=3)))
    client, run = client_of(attempt), reverse("study:run", args=[attempt.run_quiz.run.code])
    told = "Olet käyttänyt kaikki tämän visan suorituskerrat."
    assert told not in client.get(run).content.decode()
    assert 'class="next-up' in client.get(run).content.decode()
    hand_in(attempt=attempt)
    html = client.get(run).content.decode()
    assert told in html
    assert 'class="next-up' not in html
    assert attempt.title not in client.get("/oma/").content.decode().partition("<main")[2]


def test_what_is_over_is_not_asked_for_and_the_learner_is_told_whom_to_ask(study: Study) -> None:
    late = make_quiz(study.run, due=timezone.now() - datetime.timedelta(hours=1))
    for path in (study.home, "/oma/", reverse("study:quiz", args=[study.run.code, late.quiz.code])):
        html = study.html(path)
        assert "Jos tarvitset lisäaikaa, kysy opettajalta." in html
        assert "Palauta viimeistään" not in html.partition("<main")[2].partition('class="rail"')[0]
    assert "Vastausaika päättyi" in study.html(study.home)
    RunQuiz.objects.filter(pk=late.pk).update(is_required=False)
    assert "kysy opettajalta" not in study.html(study.home)


def test_a_run_that_has_ended_says_so_unless_the_learner_has_longer(study: Study) -> None:
    told = "Kaikki pysyy luettavissa, mutta visoja ei voi enää tehdä."
    assert told not in study.html(study.home)
    CourseRun.objects.update(ends=timezone.localdate() - datetime.timedelta(days=1))
    assert told in study.html(study.home)
    Enrolment.objects.update(extra_days=3)
    assert told not in study.html(study.home)


def test_a_quiz_that_is_passed_is_not_said_to_be_read() -> None:
    attempt = begun(make_quiz_of_questions(("single",)))
    save(attempt=attempt, fields=right_answers(attempt), base=None)
    hand_in(attempt=attempt)
    client = client_of(attempt)
    html = client.get(reverse("study:run", args=[attempt.run_quiz.run.code])).content.decode()
    assert "Luettu: " not in html and "Done: " not in html
    assert "Läpäisty" in html


def test_tasks_have_their_due_dates_moved_by_the_extra_days(study: Study) -> None:
    due = datetime.datetime.combine(
        timezone.localdate() + datetime.timedelta(days=20), datetime.time(23, 59), tzinfo=HELSINKI
    )
    quiz = make_quiz(study.run, due=due)
    Enrolment.objects.filter(pk=study.enrolment.pk).update(extra_days=3)
    html = study.html(study.home)
    assert quiz.quiz.title in html
    moved = due + datetime.timedelta(days=3)
    assert f'datetime="{moved.isoformat()}"' in html


@pytest.mark.parametrize(
    ("due", "days", "moved"),
    [
        # The clocks go back on 25 October 2026 and forward on 28 March 2027.
        ("2026-10-23T23:59:00+03:00", 3, "2026-10-26T23:59:00+02:00"),
        ("2027-03-27T23:59:00+02:00", 2, "2027-03-29T23:59:00+03:00"),
        ("2026-10-23T23:59:00+03:00", 0, "2026-10-23T23:59:00+03:00"),
    ],
)
def test_extra_days_keep_the_time_of_the_clock(due: str, days: int, moved: str) -> None:
    run = CourseRun(starts=datetime.date(2026, 9, 1), ends=datetime.date(2027, 5, 1))
    moment = due_of(
        RunQuiz(run=run, due=datetime.datetime.fromisoformat(due).astimezone(datetime.UTC)), Enrolment(extra_days=days)
    )
    assert moment is not None
    assert moment.isoformat() == moved


def test_what_has_no_due_date_is_due_when_the_run_ends() -> None:
    run = CourseRun(starts=datetime.date(2026, 9, 1), ends=datetime.date(2026, 10, 25))
    assert run_ends(run).isoformat() == "2026-10-25T23:59:59+02:00"  # type: ignore[union-attr]
    assert due_of(RunQuiz(run=run), Enrolment(extra_days=1)).isoformat() == "2026-10-26T23:59:59+02:00"  # type: ignore[union-attr]
    assert due_of(RunQuiz(run=CourseRun(starts=datetime.date(2026, 9, 1)))) is None


@pytest.mark.parametrize(
    ("read", "pace"),
    [
        ([], None),
        ([(10, 10), (10, 20)], None),
        ([(10, 15), (10, 15), (20, 30)], 1.5),
        # One left open over the night and one only clicked through tell nothing.
        ([(10, 15), (10, 900), (10, 0.1), (10, 15), (10, 15)], 1.5),
        ([(10, 29), (10, 28), (10, 27)], 2.0),
    ],
)
def test_the_pace_is_that_of_what_was_read_at_one_sitting(read: list[tuple[int, float]], pace: float | None) -> None:
    assert pace_of(read) == pace


def test_the_time_left_is_told_in_fives() -> None:
    assert minutes_left(0, 1.5) == 0
    assert minutes_left(2, None) == 5
    assert minutes_left(44, 1.5) == 65


def test_others_are_led_to_enrolling_and_strangers_to_signing_in(study: Study, client: Client) -> None:
    assert client.get(study.home)["Location"] == f"/tili/login/?next={study.home}"
    client.force_login(make_person("toinen"))
    assert client.get(study.home)["Location"] == reverse("study:enrol", args=[study.run.code])


@pytest.mark.parametrize("status", [Status.WITHDRAWN, Status.REFUSED, Status.LAPSED, Status.APPLIED])
def test_who_does_not_study_there_is_not_let_in(study: Study, status: str) -> None:
    Enrolment.objects.filter(pk=study.enrolment.pk).update(status=status)
    assert study.client.get(study.home).status_code == 302


def test_its_teacher_sees_a_preview_and_a_teacher_of_another_run_nothing(study: Study, client: Client) -> None:
    mark_done(enrolment=study.enrolment, lesson_id=study.lessons[0].pk)
    client.force_login(make_teacher(study.run))
    html = client.get(study.home).content.decode()
    assert "mark--done" not in html
    client.force_login(make_person("vieras", Role.TEACHER))
    assert client.get(study.home).status_code == 302


def test_a_run_that_is_not_is_not_found(study: Study) -> None:
    assert study.client.get("/opinnot/ei-ole/").status_code == 404


def test_nothing_of_it_is_kept_by_caches_or_search_engines(study: Study) -> None:
    response = study.client.get(study.home)
    assert response["Cache-Control"] == "private, no-store"
    assert response["X-Robots-Tag"] == "noindex"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("modules", [1, 6])
def test_however_long_the_course_the_home_asks_as_little(modules: int, django_assert_max_num_queries: object) -> None:
    study = begin(modules, 3)
    for _ in range(modules):
        make_quiz(study.run)
    for lesson in study.lessons[::2]:
        mark_done(enrolment=study.enrolment, lesson_id=lesson.pk)
    study.client.get(study.home)
    with django_assert_max_num_queries(20):  # type: ignore[operator]
        study.client.get(study.home)


def test_two_learners_see_their_own_progress(study: Study) -> None:
    other = enrolled(study.run, "toinen")
    mark_done(enrolment=other, lesson_id=study.lessons[0].pk)
    assert "mark--done" not in study.html(study.home)


def test_a_module_that_is_read_tells_how_many_tasks_are_left() -> None:
    study = begin(2, 1)
    module = study.lessons[0].get_parent().specific
    make_quiz(study.run, module=module)
    assert "tehtävä kesken" not in study.html(study.home)
    study.client.post(study.address("done"))
    study.client.post(study.address("done", 1))
    assert "Luettu, 1 tehtävä kesken" in study.html(study.home)


def test_a_quiz_that_is_not_required_keeps_no_module_open_and_stands_in_nobodys_way() -> None:
    study = begin(2, 1)
    module = study.lessons[0].get_parent().specific
    quiz = make_quiz(study.run, module=module, is_required=False)
    response = study.client.post(study.address("done"))
    assert response["Location"] == study.address("lesson", 1)
    html = study.html(study.home)
    assert "badge--ok" in html
    assert quiz.quiz.title in html
    assert quiz.quiz.title not in study.html("/oma/")
