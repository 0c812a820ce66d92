"""Many people asking for few seats at the same moment."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from accounts.models import User
from learning.courses.models import CourseRun
from learning.study.models import Enrolment, EnrolmentEvent
from learning.study.models.enrolments import HOLDING_A_SEAT
from learning.study.services.enrolling import answer_offer, enrol, withdraw
from notifications.models import Notification
from tests.learning.study.factories import make_run

pytestmark = pytest.mark.django_db(transaction=True)


def make_people(number: int, prefix: str) -> list[User]:
    return User.objects.bulk_create(User(email=f"{prefix}-{at}@example.org") for at in range(number))


def ask_at_once(run: CourseRun, people: list[User], threads: int) -> None:
    def ask(person: User) -> None:
        try:
            enrol(learner=person, run=run)
        finally:
            connection.close()

    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(ask, people))


def check_the_seats_and_the_list(run: CourseRun, people: int, seats: int) -> None:
    rows = Enrolment.objects.filter(run=run)
    assert rows.count() == people
    assert rows.filter(status__in=HOLDING_A_SEAT).count() == seats
    assert rows.filter(status="active").count() == seats
    waiting = list(Enrolment.objects.waiting_for(run))
    assert [row.place_in_queue() for row in waiting] == list(range(1, people - seats + 1))
    # The list has the order in which the moves were written.
    moves = EnrolmentEvent.objects.filter(enrolment__run=run, after="waiting").order_by("pk")
    assert [row.pk for row in waiting] == list(moves.values_list("enrolment", flat=True))
    told = Notification.objects.filter(kind="study.queued", facts__run=run.code).order_by("pk")
    assert [row.facts["place"] for row in told] == list(range(1, people - seats + 1))


@pytest.mark.postgres
def test_two_hundred_people_share_twenty_seats_five_times() -> None:
    for number in range(5):
        run = make_run(seats=20)
        ask_at_once(run, make_people(200, f"kierros-{number}"), threads=40)
        check_the_seats_and_the_list(run, 200, 20)


def test_twenty_people_share_five_seats() -> None:
    run = make_run(seats=5)
    ask_at_once(run, make_people(20, "yhta-aikaa"), threads=8)
    check_the_seats_and_the_list(run, 20, 5)


@pytest.mark.postgres
def test_the_same_person_asking_from_many_tabs_has_one_place() -> None:
    run, [person] = make_run(seats=3), make_people(1, "valilehdet")
    ask_at_once(run, [person] * 30, threads=30)
    assert Enrolment.objects.filter(run=run).count() == 1
    assert EnrolmentEvent.objects.filter(enrolment__run=run).count() == 1


@pytest.mark.postgres
def test_seats_that_are_freed_and_answered_at_once_are_never_given_twice() -> None:
    run, people = make_run(seats=10), make_people(40, "vapautuu")
    for person in people:
        enrol(learner=person, run=run)
    seated = list(Enrolment.objects.filter(run=run, status="active").select_related("learner", "run"))

    def leave(enrolment: Enrolment) -> None:
        try:
            withdraw(enrolment=enrolment, by=enrolment.learner)
        finally:
            connection.close()

    def accept(enrolment: Enrolment) -> None:
        try:
            answer_offer(enrolment=enrolment, accept=enrolment.pk % 2 == 0, by=enrolment.learner)
        finally:
            connection.close()

    with ThreadPoolExecutor(10) as pool:
        list(pool.map(leave, seated))
    offered = list(Enrolment.objects.filter(run=run, status="offered").select_related("learner", "run"))
    assert [row.learner_id for row in sorted(offered, key=lambda row: row.pk)] == [p.pk for p in people[10:20]]
    with ThreadPoolExecutor(10) as pool:
        list(pool.map(accept, offered))
    assert Enrolment.objects.filter(run=run, status__in=HOLDING_A_SEAT).count() == 10
