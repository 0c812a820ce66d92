"""Attempts as services: beginning within the limits, frozen questions, handing in once, time, points."""

import datetime
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from accounts.models import User
from common.errors import Refused
from learning.courses.models import Question
from learning.study.attempts import answers, errors, timing
from learning.study.attempts.asking import rows_of
from learning.study.attempts.closing import close_ended_attempts, follow_the_dates
from learning.study.attempts.services import begin, hand_in, raise_points
from learning.study.errors import NotTheTeacher
from learning.study.models import Attempt, AttemptAnswer, PointChange, RunQuiz, RunTeacher
from learning.study.models.enrolments import Status
from learning.study.services.enrolling import withdraw
from learning.study.services.teaching import extend
from tests.learning.factories import RIGHT
from tests.learning.study.conftest import SetClock
from tests.learning.study.factories import enrolled, make_person, make_teacher
from tests.learning.study.quizzes import KINDS, begun, make_quiz, right_answers

pytestmark = pytest.mark.django_db
HOUR = datetime.timedelta(hours=1)


def save(attempt: Attempt, fields: dict[str, list[str]]) -> None:
    assert answers.save(attempt=attempt, fields=fields, base=None)


def passed(run_quiz: RunQuiz) -> Attempt:
    attempt = begun(run_quiz)
    save(attempt, right_answers(attempt))
    return hand_in(attempt=attempt)


def test_beginning_again_goes_on_with_the_attempt_under_way() -> None:
    run_quiz = make_quiz()
    attempt = begun(run_quiz)
    assert begun(run_quiz, attempt.enrolment) == attempt
    assert Attempt.objects.count() == 1


def test_attempts_are_limited() -> None:
    run_quiz = make_quiz(attempts=2)
    attempt = begun(run_quiz)
    for _number in range(2):
        hand_in(attempt=begin(enrolment=attempt.enrolment, run_quiz=run_quiz))
    with pytest.raises(errors.NoAttemptsLeft):
        begin(enrolment=attempt.enrolment, run_quiz=run_quiz)
    assert begun(run_quiz, enrolled(run_quiz.run, "toinen")).number == 1


def test_the_database_refuses_a_second_open_attempt() -> None:
    attempt = begun(make_quiz())
    with pytest.raises(IntegrityError), transaction.atomic():
        Attempt.objects.create(
            enrolment=attempt.enrolment, run_quiz=attempt.run_quiz, number=2, rules={}, points_possible=1
        )


def test_after_passing_attempts_are_practice_that_neither_counts_nor_spends() -> None:
    run_quiz = make_quiz(attempts=1)
    first = passed(run_quiz)
    assert first.is_passed
    practice = begin(enrolment=first.enrolment, run_quiz=run_quiz)
    assert practice.is_practice
    hand_in(attempt=practice)
    assert begin(enrolment=first.enrolment, run_quiz=run_quiz).number == 3
    first.enrolment.refresh_from_db()
    assert first.enrolment.status == Status.COMPLETED


@pytest.mark.parametrize(
    ("fields", "refusal"),
    [
        ({"opens": HOUR}, errors.NotOpenYet),
        ({"due": -HOUR}, errors.QuizClosed),
        ({"kinds": ()}, errors.NoQuestions),
    ],
)
def test_a_quiz_that_is_not_open_cannot_be_begun(fields: dict[str, object], refusal: type[Refused]) -> None:
    when = {
        name: timezone.now() + value if isinstance(value, datetime.timedelta) else value
        for name, value in fields.items()
    }
    with pytest.raises(refusal):
        begun(make_quiz(**when))  # type: ignore[arg-type]


def test_extra_days_keep_the_quiz_open() -> None:
    run_quiz = make_quiz(due=timezone.now() - HOUR)
    enrolment = enrolled(run_quiz.run)
    enrolment.extra_days = 1
    enrolment.save()
    assert begun(run_quiz, enrolment).is_open


def test_who_has_withdrawn_cannot_begin_nor_answer() -> None:
    run_quiz = make_quiz()
    attempt = begun(run_quiz)
    withdraw(enrolment=attempt.enrolment, by=attempt.enrolment.learner)
    with pytest.raises(errors.NotStudying):
        begin(enrolment=attempt.enrolment, run_quiz=make_quiz())
    with pytest.raises(errors.NotStudying):
        answers.may_write(attempt.enrolment.learner, str(attempt.public_id))


def test_a_question_stays_as_it_was_when_the_attempt_began() -> None:
    attempt = begun(make_quiz(("single",)))
    question = Question.objects.get(code="single")
    question.prompt = "Aivan toinen kysymys?"
    question.options.all()
    question.save()
    attempt.run_quiz.quiz.questions.all().delete()
    save(attempt, {"k1-a": ["1"]})
    ended = hand_in(attempt=attempt)
    assert (ended.points, ended.is_passed) == (Decimal(2), True)
    assert rows_of(ended)[0].version.content["prompt"] == "Kysymys: single?"


def test_rules_stay_as_they_were_when_the_attempt_began() -> None:
    attempt = begun(make_quiz(pass_percent=50))
    quiz = attempt.run_quiz.quiz
    quiz.pass_percent, quiz.title, quiz.minutes = 100, "Toinen nimi", 1
    quiz.save()
    fields = right_answers(attempt)
    save(attempt, {name: values for name, values in fields.items() if name.startswith(("k1-", "k2-"))})
    ended = hand_in(attempt=attempt)
    assert (ended.title, ended.deadline is None or ended.deadline > timezone.now()) == ("Moduulin visa", True)
    assert (ended.points, ended.is_passed) == (Decimal(4), True)


def test_every_kind_of_question_is_marked() -> None:
    attempt = passed(make_quiz(tuple(RIGHT)))
    assert attempt.points == attempt.points_possible == 2 * len(RIGHT)
    assert set(attempt.answers.values_list("verdict", flat=True)) == {"right"}


def test_shares_of_points_are_rounded_to_hundredths_and_added() -> None:
    attempt = begun(make_quiz(("match", "multiple")))
    save(attempt, {"k1-a0": ["0"], "k1-a1": ["2"], "k2-a": ["0"]})
    assert hand_in(attempt=attempt).points == Decimal("1.67")


def test_handing_in_twice_is_handing_in_once() -> None:
    attempt = passed(make_quiz())
    before = Attempt.objects.values().get()
    again = hand_in(attempt=attempt)
    assert again.points == attempt.points
    assert Attempt.objects.values().get() == before
    with pytest.raises(Refused):
        answers.may_write(attempt.enrolment.learner, str(attempt.public_id))


def test_nothing_saved_is_handed_in_as_nothing() -> None:
    ended = hand_in(attempt=begun(make_quiz()))
    assert (ended.points, ended.is_passed) == (Decimal(0), False)
    assert set(ended.answers.values_list("verdict", flat=True)) == {"not-checked"}


def test_forged_fields_give_no_points_and_break_nothing() -> None:
    attempt = begun(make_quiz(tuple(RIGHT)))
    save(attempt, {f"k{number}-{name}": ["77", "x", ""] for number in range(12) for name in ("a", "a0", "a1", "zzz")})
    assert hand_in(attempt=attempt).points == 0


def test_questions_may_come_in_an_order_of_chance_that_stays() -> None:
    run_quiz = make_quiz(tuple(RIGHT), shuffles_questions=True)
    orders = []
    for number in range(6):
        attempt = begun(run_quiz, enrolled(run_quiz.run, f"oppija{number}"))
        orders.append([row.version.question.code for row in rows_of(attempt)])
        assert orders[-1] == [row.version.question.code for row in rows_of(attempt)]
    assert len({tuple(order) for order in orders}) > 1
    assert all(sorted(order) == sorted(RIGHT) for order in orders)


# Time


@pytest.fixture
def timed() -> Attempt:
    return begun(make_quiz(minutes=30))


def test_extra_time_lengthens_the_timer_of_an_attempt_under_way(timed: Attempt) -> None:
    assert timed.deadline is not None
    assert timing.deadline_of(timed) == pytest.approx(timed.deadline, abs=datetime.timedelta(seconds=1))
    timed.enrolment.extra_percent = 50
    assert timing.deadline_of(timed) == timed.started_at + datetime.timedelta(minutes=45)


def test_the_due_date_ends_an_attempt_before_its_timer() -> None:
    due = timezone.now() + datetime.timedelta(minutes=10)
    assert timing.deadline_of(begun(make_quiz(minutes=30, due=due))) == due


def test_when_the_time_ends_what_was_saved_is_handed_in(timed: Attempt, set_clock: SetClock) -> None:
    save(timed, right_answers(timed))
    set_clock(timed.started_at + datetime.timedelta(minutes=30, seconds=5))
    close_ended_attempts()
    assert Attempt.objects.get().is_open, "a save may still be on its way"
    set_clock(timed.started_at + datetime.timedelta(minutes=31))
    close_ended_attempts()
    ended = Attempt.objects.get()
    assert (ended.status, ended.is_passed, ended.handed_in_at) == (Attempt.Status.TIMED_OUT, True, ended.deadline)


def test_a_save_in_flight_comes_in_within_the_grace_and_not_after(timed: Attempt, set_clock: SetClock) -> None:
    learner, key = timed.enrolment.learner, str(timed.public_id)
    set_clock(timed.started_at + datetime.timedelta(minutes=30, seconds=9))
    assert answers.may_write(learner, key)
    set_clock(timed.started_at + datetime.timedelta(minutes=30, seconds=12))
    with pytest.raises(errors.TimeEnded):
        answers.may_write(learner, key)


def test_more_time_given_at_the_last_moment_keeps_the_attempt_open(timed: Attempt, set_clock: SetClock) -> None:
    timed.enrolment.extra_percent = 100
    timed.enrolment.save()
    set_clock(timed.started_at + datetime.timedelta(minutes=31))
    close_ended_attempts()
    attempt = Attempt.objects.get()
    assert attempt.is_open
    assert attempt.deadline == timed.started_at + datetime.timedelta(minutes=60)


def test_an_attempt_without_a_timer_is_handed_in_when_the_quiz_closes(set_clock: SetClock) -> None:
    due = timezone.now() + datetime.timedelta(days=2)
    attempt = begun(make_quiz(due=due))
    save(attempt, right_answers(attempt))
    set_clock(due + datetime.timedelta(minutes=1))
    close_ended_attempts()
    assert Attempt.objects.get().status == Attempt.Status.TIMED_OUT


def test_a_due_date_given_afterwards_ends_an_attempt_without_an_end(set_clock: SetClock) -> None:
    run_quiz = make_quiz(run_fields={"ends": None})
    attempt = begun(run_quiz)
    assert attempt.deadline is None
    run_quiz.due = timezone.now() + HOUR
    run_quiz.save()
    follow_the_dates(Attempt.objects.all())
    set_clock(timezone.now() + 2 * HOUR)
    close_ended_attempts()
    assert not Attempt.objects.get().is_open


def test_a_due_date_moved_earlier_ends_an_attempt_then(set_clock: SetClock) -> None:
    run_quiz = make_quiz(due=timezone.now() + 5 * HOUR)
    attempt = begun(run_quiz)
    save(attempt, right_answers(attempt))
    run_quiz.due = timezone.now() + HOUR
    run_quiz.save()
    follow_the_dates(Attempt.objects.filter(run_quiz__run=run_quiz.run))
    set_clock(timezone.now() + HOUR + datetime.timedelta(minutes=1))
    close_ended_attempts()
    ended = Attempt.objects.get()
    assert (ended.status, ended.handed_in_at) == (Attempt.Status.TIMED_OUT, run_quiz.due)


def test_extra_days_that_are_taken_back_end_an_attempt_at_its_due_date(set_clock: SetClock) -> None:
    due = timezone.now() + HOUR
    run_quiz = make_quiz(due=due)
    attempt, teacher = begun(run_quiz), make_teacher(run_quiz.run)
    for days, deadline in ((2, due + datetime.timedelta(days=2)), (0, due)):
        extend(enrolment=attempt.enrolment, by=teacher, days=days, percent=0)
        attempt.refresh_from_db()
        assert attempt.deadline == deadline


@pytest.mark.parametrize(
    ("started", "due", "ends"),
    [
        # The clocks go forward at three in the morning on 28.3.2027, and back at four on 31.10.2027.
        ("2027-03-27T22:00+00:00", "2027-03-27T23:59+02:00", "2027-03-28T23:59+03:00"),
        ("2027-10-30T12:00+00:00", "2027-10-30T23:59+03:00", "2027-10-31T23:59+02:00"),
    ],
)
def test_a_day_of_extra_time_keeps_the_time_of_the_clock(started: str, due: str, ends: str) -> None:
    attempt = begun(make_quiz(run_fields={"ends": None}))
    attempt.run_quiz.due = datetime.datetime.fromisoformat(due)
    attempt.enrolment.extra_days = 1
    attempt.started_at = datetime.datetime.fromisoformat(started)
    assert timing.deadline_of(attempt) == datetime.datetime.fromisoformat(ends)


# Points that a teacher raises


@pytest.fixture
def unrecognised() -> AttemptAnswer:
    attempt = begun(make_quiz(("text",)))
    save(attempt, {"k1-a": ["Aivan omin sanoin"]})
    return hand_in(attempt=attempt).answers.get()


def teacher_of(answer: AttemptAnswer) -> User:
    return make_teacher(answer.attempt.run_quiz.run)


def test_assistants_and_strangers_raise_no_points(unrecognised: AttemptAnswer) -> None:
    assistant = teacher_of(unrecognised)
    RunTeacher.objects.filter(user=assistant).update(role=RunTeacher.Role.ASSISTANT)
    for person in (assistant, make_person()):
        with pytest.raises(NotTheTeacher):
            raise_points(answer=unrecognised, points=Decimal(2), by=person, reason="Oikein sanottu.")


def test_raising_points_passes_and_completes_and_is_kept(unrecognised: AttemptAnswer) -> None:
    assert (unrecognised.verdict, unrecognised.points) == ("compare", Decimal(0))
    run = unrecognised.attempt.run_quiz.run
    attempt = raise_points(answer=unrecognised, points=Decimal(2), by=make_teacher(run), reason="Oikein sanottu.")
    assert (attempt.points, attempt.is_passed) == (Decimal(2), True)
    attempt.enrolment.refresh_from_db()
    assert attempt.enrolment.status == Status.COMPLETED
    change = PointChange.objects.get()
    assert (change.before, change.after, change.reason) == (Decimal(0), Decimal(2), "Oikein sanottu.")


@pytest.mark.parametrize("points", ["0", "2.01", "-1"])
def test_points_are_only_raised_and_at_most_to_all(unrecognised: AttemptAnswer, points: str) -> None:
    with pytest.raises(errors.PointsRefused):
        raise_points(answer=unrecognised, points=Decimal(points), by=teacher_of(unrecognised), reason="Syy")
    assert not PointChange.objects.exists()


def test_points_are_raised_for_a_reason(unrecognised: AttemptAnswer) -> None:
    with pytest.raises(errors.ReasonMissing):
        raise_points(answer=unrecognised, points=Decimal(1), by=teacher_of(unrecognised), reason=" ")


# Races


def in_threads(count: int, act: object) -> list[object]:
    def one(number: int) -> object:
        try:
            return act(number)  # type: ignore[operator]
        except Refused as refusal:
            return type(refusal)
        finally:
            connection.close()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(one, range(count)))


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_many_beginning_the_last_attempt_at_once_all_get_the_same_one() -> None:
    first = begun(make_quiz(attempts=2))
    hand_in(attempt=first)
    for _round in range(5):
        made = in_threads(12, lambda _number: begin(enrolment=first.enrolment, run_quiz=first.run_quiz).number)
        assert set(made) == {2}
    assert Attempt.objects.count() == 2


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_many_handing_in_at_once_one_marks() -> None:
    attempt = begun(make_quiz(KINDS))
    save(attempt, right_answers(attempt))
    ended = in_threads(12, lambda _number: hand_in(attempt=attempt).points)
    assert set(ended) == {attempt.points_possible}
    attempt.enrolment.refresh_from_db()
    assert attempt.enrolment.events.filter(after=Status.COMPLETED).count() == 1


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_attempts_are_not_exceeded_by_beginning_and_handing_in_at_once() -> None:
    first = begun(make_quiz(attempts=3))

    def once(_number: int) -> object:
        return hand_in(attempt=begin(enrolment=first.enrolment, run_quiz=first.run_quiz)).number

    made = in_threads(12, once)
    made += in_threads(6, once)
    assert set(made) <= {1, 2, 3, errors.NoAttemptsLeft}
    assert Attempt.objects.count() == 3
