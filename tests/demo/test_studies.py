"""The studies of the demonstration: a run under way, one to enrol for, one full, and a short course for anybody."""

import datetime
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from accounts.models import User
from learning.courses.models import CourseRun, Quiz, QuizQuestion
from learning.study.due import due_of
from learning.study.models import Attempt, Enrolment, Note
from learning.study.models.enrolments import Status
from learning.study.querysets import enrolments_of, standings_of

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def _loaded(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The demonstration, loaded once for the tests of this file and taken back afterwards."""
    from django.db import transaction

    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_demo", verbosity=0)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def run(_loaded: None) -> CourseRun:
    return CourseRun.objects.get(code="rsos5-2026s")


def states(code: str) -> Counter[str]:
    return Counter(Enrolment.objects.filter(run__code=code).values_list("status", flat=True))


def test_the_run_under_way_has_learners_at_different_points(run: CourseRun) -> None:
    assert run.state == "going"
    assert states(run.code) == {Status.ACTIVE: 21, Status.COMPLETED: 2, Status.WITHDRAWN: 1}
    enrolments = Enrolment.objects.filter(run=run)
    assert enrolments.values("learner__organisation").distinct().count() == 5
    done = {each.learner_id: sum(1 for row in each.progress.all() if row.done_at) for each in enrolments}
    assert len(set(done.values())) >= 12
    month_ago = timezone.now() - datetime.timedelta(days=30)
    assert enrolments.filter(status=Status.ACTIVE, seen_at__lt=month_ago).count() == 1
    assert enrolments.filter(extra_days__gt=0).count() == 1


def test_nothing_of_it_happened_in_the_future_or_before_the_run(run: CourseRun) -> None:
    now = timezone.now()
    for enrolment in Enrolment.objects.filter(run=run).prefetch_related("progress", "events", "attempts"):
        for row in enrolment.progress.all():
            assert row.opened_at <= (row.done_at or now) <= now
        assert all(event.at <= now for event in enrolment.events.all())
        assert all(
            each.handed_in_at and each.started_at < each.handed_in_at <= now for each in enrolment.attempts.all()
        )


def test_two_have_completed_it_and_have_their_certificates(run: CourseRun) -> None:
    done = Enrolment.objects.filter(run=run, status=Status.COMPLETED)
    assert [each.certificates.count() for each in done] == [1, 1]


def test_one_who_was_given_time_has_later_due_dates(run: CourseRun) -> None:
    extended = Enrolment.objects.get(run=run, extra_days__gt=0)
    for run_quiz in run.run_quizzes.all():
        everybody, own = due_of(run_quiz), due_of(run_quiz, extended)
        assert everybody is not None
        assert own == everybody + datetime.timedelta(days=extended.extra_days)


def test_a_quiz_is_due_within_two_weeks(run: CourseRun) -> None:
    left = [due - timezone.now() for due in map(due_of, run.run_quizzes.all()) if due]
    assert any(datetime.timedelta(0) < each < datetime.timedelta(days=14) for each in left)


def test_one_run_can_be_enrolled_for_and_a_small_one_is_full(run: CourseRun) -> None:
    today = timezone.localdate()
    assert CourseRun.objects.get(code="rsos5-2027k").is_enrolling(today)
    small = CourseRun.objects.get(code="rsos5-2027pien")
    assert small.is_enrolling(today)
    assert states(small.code) == {Status.ACTIVE: small.seats, Status.WAITING: 3}


def test_the_short_course_is_open_to_anyone_and_asks_six_of_eight(run: CourseRun) -> None:
    short = CourseRun.objects.get(code="vt-aina")
    assert (short.admission, short.ends, short.state) == ("open", None, "going")
    quiz = Quiz.objects.get(in_runs__run=short)
    assert quiz.questions.count() == 8
    assert quiz.pass_percent * 8 == 600


def test_what_has_many_parts_gives_more_points_than_a_choice(run: CourseRun) -> None:
    by_kind: dict[str, set[int]] = {}
    for row in QuizQuestion.objects.filter(quiz__in_runs__run=run).select_related("question"):
        by_kind.setdefault(row.question.kind, set()).add(row.points)
    assert by_kind["single"] == by_kind["truefalse"] == {1}
    assert all(min(points) > 1 for kind, points in by_kind.items() if kind in {"case", "match", "order", "multiple"})


def test_every_right_answer_of_the_loader_is_right(run: CourseRun) -> None:
    attempts = Attempt.objects.all()
    assert attempts.count() > 30
    assert all(attempt.points == attempt.points_possible and attempt.is_passed for attempt in attempts)


def test_the_account_to_try_is_in_the_middle_with_notes(run: CourseRun, client: Client) -> None:
    person = User.objects.get(email="opiskelija@demo.example")
    [here] = [each for each in standings_of(enrolments_of(person)) if each.run == run]
    assert 0 < here.lessons_done < len(here.contents.lessons)
    assert here.now is not None
    assert here.place
    assert Note.objects.filter(learner=person).count() == 5
    client.force_login(person)
    assert client.get(f"/opinnot/{run.code}/").status_code == 200


def test_nobody_invented_can_sign_in_or_is_written_to(run: CourseRun) -> None:
    invented = User.objects.filter(email__startswith="opiskelija-")
    assert invented.count() == 33
    assert not any(person.has_usable_password() for person in invented)
    assert not any(person.notifications.exists() for person in invented)


def test_loading_it_again_changes_nothing(run: CourseRun) -> None:
    before = [Enrolment.objects.count(), Attempt.objects.count(), Note.objects.count(), User.objects.count()]
    call_command("load_demo", verbosity=0)
    assert before == [Enrolment.objects.count(), Attempt.objects.count(), Note.objects.count(), User.objects.count()]
