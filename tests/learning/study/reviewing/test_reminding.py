"""Learners hear of reviews that are due: by the dates that hold, once for each, and not of what they were just told."""

import datetime

import pytest
from django.core.mail import EmailMessage

from common.dates import HELSINKI
from learning.study.models import Enrolment, FinalGrade, RunAssignment
from learning.study.reviewing.rescuing import look_after_reviews
from learning.study.services import teaching
from notifications.services import send_morning_letters
from tests.learning.study.conftest import SetClock
from tests.learning.study.reviewing.peers import Peers, peers

pytestmark = pytest.mark.django_db
# Works are due on 8 March, so reviews on 15 March at noon.
HANDED_IN = datetime.datetime(2027, 3, 1, 12, tzinfo=HELSINKI)
DUE = HANDED_IN + datetime.timedelta(days=14)


@pytest.fixture
def group(set_clock: SetClock) -> Peers:
    set_clock(HANDED_IN)
    group = peers(3)
    RunAssignment.objects.update(due=HANDED_IN + datetime.timedelta(days=7))
    group.run_assignment.refresh_from_db()
    group.hand_in()
    return group


def day(number: int, hour: int = 9) -> datetime.datetime:
    return datetime.datetime(2027, 3, number, hour, tzinfo=HELSINKI)


def told(person: Enrolment, kind: str = "study.review_due_soon") -> list[str]:
    rows = person.learner.notifications.filter(kind=kind).order_by("pk")
    return [facts["due"][:10] for facts in rows.values_list("facts", flat=True)]


def test_each_learner_is_reminded_three_days_before_and_the_day_before(group: Peers, set_clock: SetClock) -> None:
    person = group.people[0]
    for number, times in ((11, 0), (12, 1), (13, 1), (14, 2), (15, 2)):
        set_clock(day(number))
        look_after_reviews()
        look_after_reviews()
        assert len(told(person)) == times, number
    set_clock(day(16))
    look_after_reviews()
    assert told(person) == ["2027-03-15"] * 2


def test_whoever_has_written_is_not_reminded(group: Peers, set_clock: SetClock) -> None:
    group.write_all(group.people[0])
    set_clock(day(14))
    look_after_reviews()
    assert not told(group.people[0]) and told(group.people[1])


def test_nothing_is_waited_for_from_who_did_the_course_elsewhere(group: Peers, set_clock: SetClock) -> None:
    elsewhere, *others = group.people
    final = FinalGrade.objects.create(
        enrolment=elsewhere, is_passed=True, day=datetime.date(2027, 3, 2), is_imported=True
    )
    set_clock(day(9))
    look_after_reviews()
    # The two who are left have each other's work, and need not read a third.
    assert not group.given(elsewhere)
    assert [len(group.given(person)) for person in others] == [1, 1]
    group.write_all(*others)
    set_clock(day(14))
    look_after_reviews()
    assert not told(elsewhere)
    set_clock(day(25))
    look_after_reviews()
    assert not group.teacher.notifications.filter(kind="study.reviews_stalled", facts__late__gt=0).exists()
    # Where the grade is taken back, the learner is one of the group again.
    FinalGrade.objects.create(enrolment=elsewhere, is_passed=True, day=final.day, is_taken_back=True)
    look_after_reviews()
    assert group.given(elsewhere)


def test_a_group_does_not_wait_for_the_work_of_who_did_the_course_elsewhere(set_clock: SetClock) -> None:
    set_clock(HANDED_IN)
    group = peers(3)
    elsewhere, *others = group.people
    FinalGrade.objects.create(enrolment=elsewhere, is_passed=True, day=datetime.date(2027, 3, 1), is_imported=True)
    group.hand_in(*others)
    # Both works are there that will come: they go to each other before the due date.
    assert [len(group.given(person)) for person in others] == [1, 1]


def test_the_work_of_who_has_completed_the_run_is_read_though_its_writer_has_a_grade(group: Peers) -> None:
    first, *others = group.people
    Enrolment.objects.filter(pk=first.pk).update(status="completed", completed_at=HANDED_IN)
    FinalGrade.objects.create(enrolment=first, is_passed=True, day=datetime.date(2027, 3, 2))
    look_after_reviews()
    works = [review.submission.enrolment_id for person in others for review in group.given(person)]
    assert works.count(first.pk) == 2


def test_more_time_reaches_reviews_that_were_given_before_it(group: Peers, set_clock: SetClock) -> None:
    longer, other = group.people[:2]
    teaching.extend(enrolment=longer, by=group.teacher, days=5, percent=0)
    set_clock(day(14))
    look_after_reviews()
    assert not told(longer) and told(other)
    assert {review.due for review in group.given(longer)} == {DUE + datetime.timedelta(days=5)}
    set_clock(day(19))
    look_after_reviews()
    assert told(longer) == ["2027-03-20"]


def test_with_more_time_a_work_is_not_taken_to_be_late(group: Peers, set_clock: SetClock) -> None:
    longer = group.people[0]
    group.write_all(*group.people[1:])
    teaching.extend(enrolment=longer, by=group.teacher, days=20, percent=0)
    set_clock(day(25))
    look_after_reviews()
    assert not group.teacher.notifications.filter(kind="study.reviews_stalled").exists()


def test_dates_of_the_run_that_move_reach_them_too(group: Peers, set_clock: SetClock) -> None:
    RunAssignment.objects.update(reviews_due=day(10, hour=12))
    set_clock(day(9))
    look_after_reviews()
    assert told(group.people[0]) == ["2027-03-10"]


def test_who_gets_a_work_late_is_told_its_day_once_and_reminded_the_day_before(set_clock: SetClock) -> None:
    set_clock(HANDED_IN)
    group = peers(3)
    RunAssignment.objects.update(due=day(2), reviews_due=day(4))
    for person in group.people:
        person.refresh_from_db()
    group.run_assignment.refresh_from_db()
    set_clock(day(1))
    group.hand_in()
    person = group.people[0]
    look_after_reviews()
    assert set(told(person, "study.review_to_write")) == {"2027-03-04"}
    assert not told(person)
    set_clock(day(3))
    look_after_reviews()
    assert told(person) == ["2027-03-04"]


def test_a_reminder_is_not_mailed_after_the_review_was_due(
    group: Peers, set_clock: SetClock, mailoutbox: list[EmailMessage]
) -> None:
    set_clock(day(2))
    send_morning_letters()
    before = len(mailoutbox)
    assert before
    # A worker that was down reminds as soon as it is up, here on the last morning; the next letter is of the day after.
    set_clock(day(15, hour=10))
    look_after_reviews()
    assert told(group.people[0])
    set_clock(day(16))
    send_morning_letters()
    assert len(mailoutbox) == before


def test_a_group_that_cannot_be_looked_after_keeps_no_other_from_being_reminded(
    set_clock: SetClock, caplog: pytest.LogCaptureFixture
) -> None:
    set_clock(HANDED_IN)
    broken, fine = peers(3), peers(3)
    RunAssignment.objects.update(due=HANDED_IN + datetime.timedelta(days=7))
    for group in (broken, fine):
        group.run_assignment.refresh_from_db()
        group.hand_in()
    # Nothing is a week after the last day of the calendar.
    RunAssignment.objects.filter(pk=broken.run_assignment.pk).update(
        due=datetime.datetime.max.replace(tzinfo=datetime.UTC)
    )
    set_clock(day(14))
    look_after_reviews()
    assert told(fine.people[0])
    assert f"assignment {broken.run_assignment.pk} of a run" in caplog.text
