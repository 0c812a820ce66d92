"""Who hears of questions and answers: by default, by choice, once a day, and never of what is out of sight."""

import datetime
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.utils import translation

from accounts.models import User
from learning.courses.models import CourseRun
from learning.study.models import RunQuestion
from learning.study.questions import services
from learning.study.questions.notifications import letter_of
from learning.study.services import enrolling
from notifications.kinds import kind_of
from notifications.models import Notification
from tests.learning.study.factories import enrolled, make_run, make_teacher
from tests.learning.study.questions.asking import address, answered, asked, member
from tests.learning.study.visiting import signed_in

pytestmark = pytest.mark.django_db
ASKED, ANSWERED = "study.question_asked", "study.question_answered"


@pytest.fixture
def run() -> CourseRun:
    return make_run()


def told(kind: str) -> set[User]:
    return {row.person for row in Notification.objects.filter(kind=kind)}


def follow(person: User, run: CourseRun, question: RunQuestion | None = None, *, is_on: bool = True) -> None:
    services.subscribe(member=member(person, run), question=question, is_on=is_on)


def test_teachers_hear_of_questions_and_learners_who_follow_them(run: CourseRun) -> None:
    asker, follower, other = (enrolled(run).learner for _number in range(3))
    teacher, quiet = make_teacher(run), make_teacher(run)
    follow(follower, run)
    follow(quiet, run, is_on=False)
    asked(asker, run)
    assert told(ASKED) == {teacher, follower}
    assert other not in told(ASKED)


def test_the_asker_and_teachers_hear_of_answers_but_not_of_their_own(run: CourseRun) -> None:
    asker, teacher = enrolled(run).learner, make_teacher(run)
    question = asked(asker, run)
    answered(teacher, question)
    assert told(ANSWERED) == {asker}
    answered(asker, question)
    assert told(ANSWERED) == {asker, teacher}


def test_what_was_chosen_of_a_question_goes_before_the_rest(run: CourseRun) -> None:
    asker, follower, teacher = enrolled(run).learner, enrolled(run).learner, make_teacher(run)
    question = asked(asker, run)
    follow(asker, run, question, is_on=False)
    follow(teacher, run, question, is_on=False)
    follow(follower, run, question)
    answered(enrolled(run).learner, question)
    assert told(ANSWERED) == {follower}


def test_who_stopped_following_all_still_hears_of_answers_to_their_own(run: CourseRun) -> None:
    asker = enrolled(run).learner
    follow(asker, run, is_on=False)
    answered(enrolled(run).learner, asked(asker, run))
    assert told(ANSWERED) == {asker}


def test_who_has_withdrawn_hears_nothing(run: CourseRun) -> None:
    enrolment = enrolled(run)
    question = asked(enrolment.learner, run)
    enrolling.withdraw(enrolment=enrolment, by=enrolment.learner)
    answered(enrolled(run).learner, question)
    assert enrolment.learner not in told(ANSWERED)


def test_many_answers_are_one_line_of_one_letter(run: CourseRun) -> None:
    asker, other = enrolled(run).learner, enrolled(run).learner
    question = asked(asker, run)
    for number in range(5):
        answered(other, question, f"Vastaus {number}")
    assert Notification.objects.filter(kind=ANSWERED, person=asker).count() == 1
    assert not mail.outbox


def test_what_is_told_after_eight_belongs_to_the_next_letter() -> None:
    helsinki = ZoneInfo("Europe/Helsinki")
    assert letter_of(datetime.datetime(2026, 11, 23, 7, 59, tzinfo=helsinki)) == datetime.date(2026, 11, 23)
    assert letter_of(datetime.datetime(2026, 11, 23, 8, 0, tzinfo=helsinki)) == datetime.date(2026, 11, 24)


def test_what_is_taken_out_of_sight_is_told_in_no_letter(run: CourseRun) -> None:
    asker, teacher = enrolled(run).learner, make_teacher(run)
    question = asked(asker, run)
    given = answered(enrolled(run).learner, question)
    services.hide(member=member(teacher, run), post=given)
    assert not told(ANSWERED)
    services.hide(member=member(teacher, run), post=question)
    assert not told(ASKED)


@pytest.mark.parametrize(
    ("language", "subject"),
    [("fi", "Uusi kysymys"), ("sv", "Ny fråga"), ("en", "New question")],
    ids=["fi", "sv", "en"],
)
def test_the_letter_leads_to_the_question_and_names_nobody(run: CourseRun, language: str, subject: str) -> None:
    make_teacher(run)
    question = asked(enrolled(run, "aino").learner, run)
    told_of, kind = Notification.objects.get(kind=ASKED), kind_of(ASKED)
    assert kind is not None and kind.is_optional
    with translation.override(language):
        notice = kind.compose(told_of.facts)
    assert notice.subject == f"{subject}: {question.title}"
    assert notice.path.endswith(address(question))
    assert "Aino" not in " ".join([notice.subject, *notice.paragraphs])


def test_following_is_chosen_on_the_pages(run: CourseRun) -> None:
    asker, other = enrolled(run).learner, enrolled(run).learner
    client = signed_in(other)
    client.post(f"/opinnot/{run.code}/kysymykset/seuraa/", {"is_on": "1"})
    question = asked(asker, run)
    client.post(address(question, "teko/"), {"act": "unfollow"})
    answered(make_teacher(run), question)
    assert other in told(ASKED) and other not in told(ANSWERED)
