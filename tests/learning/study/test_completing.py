"""When a run is completed, what reminds of its due dates, and what the database refuses whoever asks."""

import datetime
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from learning.courses.models import CourseRun, LessonPage
from learning.study import notifications
from learning.study.models import Attempt, Enrolment, FinalGrade, LessonProgress, RunQuiz, RunTeacher
from learning.study.services.completing import complete_if_done
from learning.study.services.reminding import remind_of_due_dates
from learning.study.services.teaching import extend
from learning.study.signals import completed
from notifications.models import Notification
from tests.learning.factories import make_course
from tests.learning.study.conftest import SetClock
from tests.learning.study.factories import enrolled, make_person, make_quiz, make_run, make_teacher

pytestmark = pytest.mark.django_db


def read(enrolment: Enrolment, lesson: LessonPage) -> None:
    now = timezone.now()
    LessonProgress.objects.create(enrolment=enrolment, lesson=lesson, seen_at=now, done_at=now)


def take(enrolment: Enrolment, run_quiz: RunQuiz, *, is_passed: bool, is_practice: bool = False) -> Attempt:
    made: Attempt = Attempt.objects.create(
        enrolment=enrolment,
        run_quiz=run_quiz,
        number=Attempt.objects.count() + 1,
        status="handed_in",
        rules={},
        handed_in_at=timezone.now(),
        points=1,
        points_possible=1,
        is_passed=is_passed,
        is_practice=is_practice,
    )
    return made


@pytest.fixture
def heard() -> Any:
    """The enrolments of which it was told that they were completed."""
    told: list[Enrolment] = []

    def listen(enrolment: Enrolment, **_kwargs: Any) -> None:
        told.append(enrolment)

    completed.connect(listen)
    yield told
    completed.disconnect(listen)


def test_a_run_is_completed_once_by_the_last_thing_that_it_requires(heard: list[Enrolment]) -> None:
    page = make_course(lessons=2)
    run = make_run(course=page.course)
    quiz, _voluntary = make_quiz(run), make_quiz(run, is_required=False)
    enrolment = enrolled(run)
    first, second = LessonPage.objects.order_by("path")
    read(enrolment, first)
    take(enrolment, quiz, is_passed=False)
    assert not complete_if_done(enrolment=enrolment)
    read(enrolment, second)
    assert not complete_if_done(enrolment=enrolment)
    take(enrolment, quiz, is_passed=True)
    for _twice in range(2):
        assert complete_if_done(enrolment=enrolment)
    enrolment.refresh_from_db()
    assert enrolment.status == "completed" and enrolment.completed_at is not None
    assert heard == [enrolment]
    assert enrolment.events.filter(after="completed", by=None).count() == 1


def test_practice_does_not_pass_a_quiz() -> None:
    run = make_run(requires_lessons=False)
    enrolment, quiz = enrolled(run), make_quiz(run)
    take(enrolment, quiz, is_passed=True, is_practice=True)
    assert not complete_if_done(enrolment=enrolment)


def test_lessons_are_not_asked_for_where_the_run_does_not_require_them() -> None:
    page = make_course(lessons=2)
    run = make_run(course=page.course, requires_lessons=False)
    enrolment, quiz = enrolled(run), make_quiz(run)
    take(enrolment, quiz, is_passed=True)
    assert complete_if_done(enrolment=enrolment)


def test_a_run_that_requires_nothing_is_never_completed_by_itself(heard: list[Enrolment]) -> None:
    enrolment = enrolled(make_run(requires_lessons=False))
    assert not complete_if_done(enrolment=enrolment)
    assert heard == []


@pytest.mark.parametrize("status", ["applied", "waiting", "offered", "withdrawn", "refused", "lapsed"])
def test_only_those_who_study_complete_anything(status: str, heard: list[Enrolment]) -> None:
    run = make_run(requires_lessons=False)
    enrolment, quiz = enrolled(run), make_quiz(run)
    take(enrolment, quiz, is_passed=True)
    now = timezone.now()
    Enrolment.objects.update(status=status, queued_at=now, offer_ends=now)
    assert not complete_if_done(enrolment=enrolment)
    assert heard == []


def test_what_listens_and_fails_undoes_the_completion() -> None:
    run = make_run(requires_lessons=False)
    enrolment, quiz = enrolled(run), make_quiz(run)
    take(enrolment, quiz, is_passed=True)

    def fail(**_kwargs: Any) -> None:
        raise ZeroDivisionError

    completed.connect(fail)
    try:
        with pytest.raises(ZeroDivisionError):
            complete_if_done(enrolment=enrolment)
    finally:
        completed.disconnect(fail)
    enrolment.refresh_from_db()
    assert enrolment.status == "active"


def test_completing_asks_as_little_for_many_quizzes_as_for_one() -> None:
    run = make_run(requires_lessons=False)
    enrolment = enrolled(run)
    make_quiz(run)

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            complete_if_done(enrolment=enrolment)
        return len(queries)

    asked()
    few = asked()
    for _each in range(11):
        make_quiz(run)
    assert asked() == few


def reminded(enrolment: Enrolment) -> list[str]:
    rows = Notification.objects.filter(person=enrolment.learner, kind="study.due_soon").order_by("pk")
    return list(rows.values_list("key", flat=True))


def test_a_due_date_is_told_three_days_and_one_day_before_by_the_finnish_calendar(set_clock: SetClock) -> None:
    run = make_run(starts=datetime.date(2027, 3, 1), ends=datetime.date(2027, 5, 31))
    # Wednesday 31 March 23.59 in Finland; the clocks go forward on the Sunday before.
    quiz = make_quiz(run, due=datetime.datetime(2027, 3, 31, 20, 59, tzinfo=datetime.UTC))
    set_clock(datetime.datetime(2027, 3, 20, 12, tzinfo=datetime.UTC))
    enrolment = enrolled(run)
    expected = [
        ((27, 21, 59), []),
        ((27, 22, 0), ["3"]),
        ((28, 20, 59), ["3"]),
        ((29, 20, 59), ["3"]),
        ((29, 21, 0), ["3", "1"]),
        ((31, 21, 0), ["3", "1"]),
    ]
    for (day, hour, minute), keys in expected:
        set_clock(datetime.datetime(2027, 3, day, hour, minute, tzinfo=datetime.UTC))
        for _twice in range(2):
            remind_of_due_dates()
        assert reminded(enrolment) == [f"{quiz.pk}:{days}" for days in keys], (day, hour, minute)


def test_reminders_follow_the_persons_extra_time_and_stop_when_the_quiz_is_passed(set_clock: SetClock) -> None:
    run = make_run(starts=datetime.date(2027, 3, 1), ends=datetime.date(2027, 5, 31))
    quiz = make_quiz(run, due=datetime.datetime(2027, 3, 31, 20, 59, tzinfo=datetime.UTC))
    set_clock(datetime.datetime(2027, 3, 20, 12, tzinfo=datetime.UTC))
    longer, passed, withdrawn, elsewhere = (enrolled(run) for _ in range(4))
    extend(enrolment=longer, by=make_teacher(run), days=7, percent=0)
    take(passed, quiz, is_passed=True)
    Enrolment.objects.filter(pk=withdrawn.pk).update(status="withdrawn")
    FinalGrade.objects.create(enrolment=elsewhere, is_passed=True, day=timezone.localdate(), is_imported=True)
    set_clock(datetime.datetime(2027, 3, 30, 12, tzinfo=datetime.UTC))
    remind_of_due_dates()
    assert not Notification.objects.filter(kind="study.due_soon").exists()
    set_clock(datetime.datetime(2027, 4, 6, 12, tzinfo=datetime.UTC))
    remind_of_due_dates()
    assert reminded(longer) == [f"{quiz.pk}:1"]
    assert not reminded(passed) and not reminded(withdrawn)


def test_one_who_cannot_be_reminded_keeps_nobody_else_waiting(
    set_clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = make_run(starts=datetime.date(2027, 3, 1), ends=datetime.date(2027, 5, 31))
    quiz = make_quiz(run, due=datetime.datetime(2027, 3, 31, 20, 59, tzinfo=datetime.UTC))
    set_clock(datetime.datetime(2027, 3, 30, 12, tzinfo=datetime.UTC))
    first, second = enrolled(run), enrolled(run)
    remind = notifications.remind

    def fail(enrolment: Enrolment, *more: Any) -> None:
        if enrolment == first:
            raise OSError
        remind(enrolment, *more)

    monkeypatch.setattr(notifications, "remind", fail)
    remind_of_due_dates()
    assert not reminded(first)
    assert reminded(second) == [f"{quiz.pk}:1"]


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("enrolment_is_in_a_known_state", {"status": "keksitty"}),
        ("waiting_has_a_place", {"status": "waiting"}),
        ("offered_has_an_end", {"status": "offered"}),
        ("completed_has_its_moment", {"status": "completed"}),
    ],
)
def test_the_database_refuses_states_that_cannot_be(constraint: str, fields: dict[str, str]) -> None:
    enrolled(make_run())
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Enrolment.objects.update(**fields)


def test_the_database_refuses_twins_and_backward_times() -> None:
    run, person, now = make_run(), make_person(), timezone.now()
    Enrolment.objects.create(learner=person, run=run, status="active")
    with pytest.raises(IntegrityError), transaction.atomic():
        Enrolment.objects.create(learner=person, run=run, status="withdrawn")
    RunTeacher.objects.create(run=run, user=person)
    with pytest.raises(IntegrityError), transaction.atomic():
        RunTeacher.objects.create(run=run, user=person, role="assistant")
    quiz = make_quiz(run)
    with pytest.raises(IntegrityError), transaction.atomic():
        RunQuiz.objects.create(run=run, quiz=quiz.quiz)
    with pytest.raises(IntegrityError), transaction.atomic():
        RunQuiz.objects.filter(pk=quiz.pk).update(opens=now, due=now)
    for fields in (
        {"ends": run.starts - datetime.timedelta(days=1)},
        {"enrolment_opens": "2027-02-02", "enrolment_closes": "2027-02-01"},
        {"admission": "code", "enrolment_code": ""},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            CourseRun.objects.filter(pk=run.pk).update(**fields)
