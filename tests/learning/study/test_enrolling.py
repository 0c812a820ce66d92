"""Who gets a seat, who waits and who is refused; and everything that a learner may do about it."""

import datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone, translation

from learning.courses.models import CourseRun
from learning.study import errors, permissions
from learning.study.models import Enrolment, EnrolmentEvent
from learning.study.models.enrolments import Status
from learning.study.services.enrolling import answer_offer, enrol, withdraw
from learning.study.services.seats import lapse_offers, offer_freed_seats
from notifications.models import Notification
from tests.factories import pages
from tests.learning.study.conftest import SetClock
from tests.learning.study.factories import enrolled, make_person, make_run

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


def states(run: CourseRun) -> list[str]:
    return list(Enrolment.objects.filter(run=run).order_by("pk").values_list("status", flat=True))


def told(enrolment: Enrolment) -> list[str]:
    rows = Notification.objects.filter(person=enrolment.learner).order_by("pk")
    return list(rows.values_list("kind", flat=True))


def test_a_seat_is_given_and_told_with_its_event() -> None:
    enrolment = enrolled(make_run())
    assert enrolment.status == Status.ACTIVE
    event = EnrolmentEvent.objects.get()
    assert (event.before, event.after, event.by) == ("", "active", enrolment.learner)
    assert told(enrolment) == ["study.enrolled"]


def test_enrolling_twice_gives_the_same_seat() -> None:
    run, learner = make_run(seats=1), make_person()
    first, second = enrol(learner=learner, run=run), enrol(learner=learner, run=run)
    assert first == second
    assert EnrolmentEvent.objects.count() == Notification.objects.count() == 1


def test_who_comes_to_a_full_run_waits_in_order() -> None:
    run = make_run(seats=1)
    enrolled(run)
    second, third = enrolled(run), enrolled(run)
    assert states(run) == ["active", "waiting", "waiting"]
    assert (second.place_in_queue(), third.place_in_queue()) == (1, 2)
    assert told(third) == ["study.queued"]


def test_a_freed_seat_is_offered_to_the_one_who_has_waited_longest() -> None:
    run = make_run(seats=1, offer_hours=24)
    first, second, third = enrolled(run), enrolled(run), enrolled(run)
    withdraw(enrolment=first, by=first.learner)
    assert states(run) == ["withdrawn", "offered", "waiting"]
    second.refresh_from_db()
    assert second.offer_ends is not None
    assert abs(second.offer_ends - timezone.now() - DAY) < datetime.timedelta(minutes=1)
    assert Notification.objects.get(kind="study.offered").must_act
    assert third.place_in_queue() == 1


def test_an_offered_seat_is_taken_or_left_to_the_next() -> None:
    run = make_run(seats=1)
    first, second, third = enrolled(run), enrolled(run), enrolled(run)
    withdraw(enrolment=first, by=first.learner)
    answer_offer(enrolment=second, accept=False, by=second.learner)
    assert states(run) == ["withdrawn", "lapsed", "offered"]
    answer_offer(enrolment=third, accept=True, by=third.learner)
    assert states(run) == ["withdrawn", "lapsed", "active"]


def test_the_same_answer_again_changes_nothing_and_the_other_is_refused() -> None:
    run = make_run(seats=1)
    first, second = enrolled(run), enrolled(run)
    withdraw(enrolment=first, by=first.learner)
    for _again in range(2):
        answer_offer(enrolment=second, accept=True, by=second.learner)
    assert EnrolmentEvent.objects.filter(enrolment=second, after="active").count() == 1
    with pytest.raises(errors.NoOffer):
        answer_offer(enrolment=second, accept=False, by=second.learner)


def test_an_offer_that_is_not_answered_lapses_and_goes_on(set_clock: SetClock) -> None:
    run = make_run(seats=1, offer_hours=24)
    first, second, third = enrolled(run), enrolled(run), enrolled(run)
    withdraw(enrolment=first, by=first.learner)
    assert lapse_offers() is False
    set_clock(timezone.now() + DAY + datetime.timedelta(minutes=1))
    # The worker has not come by yet: the seat is not given any more all the same.
    with pytest.raises(errors.OfferEnded):
        answer_offer(enrolment=second, accept=True, by=second.learner)
    assert lapse_offers() is True
    assert states(run) == ["withdrawn", "lapsed", "offered"]
    assert told(second)[-1] == "study.lapsed"
    with pytest.raises(errors.OfferEnded):
        answer_offer(enrolment=second, accept=True, by=second.learner)
    assert told(third)[-1] == "study.offered"


def test_seats_that_are_added_go_to_those_who_wait_before_anyone_new() -> None:
    run = make_run(seats=1)
    for _person in range(3):
        enrolled(run)
    run.seats = 2
    run.save()
    enrolled(run)
    assert states(run) == ["active", "offered", "waiting", "waiting"]
    run.seats = None
    run.save()
    offer_freed_seats(run=run)
    assert states(run) == ["active", "offered", "offered", "offered"]


def test_the_worker_finds_seats_that_were_added() -> None:
    run = make_run(seats=1)
    enrolled(run), enrolled(run)
    CourseRun.objects.filter(pk=run.pk).update(seats=2)
    assert lapse_offers() is True
    assert states(run) == ["active", "offered"]
    assert lapse_offers() is False


def test_fewer_seats_than_learners_take_no_seat_away() -> None:
    run = make_run(seats=2)
    enrolled(run), enrolled(run)
    run.seats = 1
    run.save()
    enrolled(run)
    assert states(run) == ["active", "active", "waiting"]
    assert offer_freed_seats(run=run) == []


def test_who_withdraws_comes_back_to_the_same_row_even_after_the_enrolment_period() -> None:
    run = make_run(admission=CourseRun.Admission.CODE, enrolment_code="kevät")
    enrolment = enrolled(run)
    withdraw(enrolment=enrolment, by=enrolment.learner)
    withdraw(enrolment=enrolment, by=enrolment.learner)
    run.enrolment_closes = timezone.localdate() - DAY
    run.save()
    back = enrol(learner=enrolment.learner, run=run)
    assert (back.pk, back.status) == (enrolment.pk, Status.ACTIVE)
    assert [event.after for event in back.events.all()] == ["active", "withdrawn", "active"]


def test_who_comes_back_to_a_full_run_joins_the_end_of_the_list() -> None:
    run = make_run(seats=1)
    first, second, third = enrolled(run), enrolled(run), enrolled(run)
    withdraw(enrolment=second, by=second.learner)
    back = enrol(learner=second.learner, run=run)
    assert (third.place_in_queue(), back.place_in_queue()) == (1, 2)
    assert first.status == Status.ACTIVE


def test_who_waits_and_withdraws_frees_no_seat() -> None:
    run = make_run(seats=1)
    enrolled(run)
    second, _third = enrolled(run), enrolled(run)
    withdraw(enrolment=second, by=second.learner)
    assert states(run) == ["active", "withdrawn", "waiting"]


def test_a_completed_course_is_not_withdrawn_nor_enrolled_on_again() -> None:
    enrolment = enrolled(make_run())
    Enrolment.objects.update(status=Status.COMPLETED, completed_at=timezone.now())
    with pytest.raises(errors.AlreadyCompleted):
        withdraw(enrolment=enrolment, by=enrolment.learner)
    with pytest.raises(errors.AlreadyCompleted):
        enrol(learner=enrolment.learner, run=enrolment.run)


def test_nothing_is_withdrawn_of_an_application_that_was_refused() -> None:
    enrolment = enrolled(make_run(admission=CourseRun.Admission.APPROVAL))
    Enrolment.objects.update(status=Status.REFUSED)
    with pytest.raises(errors.NothingToWithdraw):
        withdraw(enrolment=enrolment, by=enrolment.learner)
    with pytest.raises(errors.NotApproved):
        enrol(learner=enrolment.learner, run=enrolment.run)
    with pytest.raises(errors.NoOffer):
        answer_offer(enrolment=enrolment, accept=True, by=enrolment.learner)


TODAY = timezone.localdate()


@pytest.mark.parametrize(
    ("fields", "refusal", "sentence"),
    [
        ({"admission": "outside"}, errors.EnrolmentElsewhere, "taken by the institution"),
        ({"ends": TODAY - DAY}, errors.RunEnded, "has ended"),
        ({"enrolment_closes": TODAY - DAY}, errors.EnrolmentEnded, "Enrolment for this run has ended"),
        ({"enrolment_opens": TODAY + DAY}, errors.NotOpenYet, "Enrolment opens on"),
        ({"admission": "members"}, errors.NotAdmitted, "names no organisation"),
        ({"admission": "institutions"}, errors.NotAdmitted, "of these organisations"),
        ({"admission": "code", "enrolment_code": "kevät"}, errors.WrongCode, "not the enrolment code"),
    ],
)
def test_each_refusal_says_why(fields: dict[str, object], refusal: type[Exception], sentence: str) -> None:
    run = make_run(**fields)
    with translation.override("en"), pytest.raises(refusal, match=sentence):
        enrol(learner=make_person(), run=run, code="syksy")
    assert not Enrolment.objects.exists()


def test_the_last_day_of_enrolment_is_whole_in_finland(set_clock: SetClock) -> None:
    run = make_run(starts=datetime.date(2027, 3, 1), ends=None, enrolment_closes=datetime.date(2027, 3, 28))
    # The clocks go forward on that day: it ends at 21 in UTC, not at 22 as the day before.
    set_clock(datetime.datetime(2027, 3, 28, 20, 59, tzinfo=datetime.UTC))
    assert permissions.why_not_enrol(make_person(), run, None) is None
    set_clock(datetime.datetime(2027, 3, 28, 21, 0, tzinfo=datetime.UTC))
    assert isinstance(permissions.why_not_enrol(make_person(), run, None), errors.EnrolmentEnded)


def test_the_first_day_of_enrolment_begins_at_midnight_in_finland(set_clock: SetClock) -> None:
    run = make_run(starts=datetime.date(2027, 11, 1), ends=None, enrolment_opens=datetime.date(2027, 11, 1))
    # The clocks went back the day before.
    set_clock(datetime.datetime(2027, 10, 31, 21, 59, tzinfo=datetime.UTC))
    assert isinstance(permissions.why_not_enrol(make_person(), run, None), errors.NotOpenYet)
    set_clock(datetime.datetime(2027, 10, 31, 22, 0, tzinfo=datetime.UTC))
    assert permissions.why_not_enrol(make_person(), run, None) is None


def test_people_of_organisations_are_admitted_by_their_account() -> None:
    ours, other, ended = pages.organisation(), pages.organisation(), pages.organisation(ends=TODAY - DAY)
    members = make_run(admission=CourseRun.Admission.MEMBERS)
    named = make_run(admission=CourseRun.Admission.INSTITUTIONS, admitted=[ours])
    person, stranger, late = (make_person(organisation=each) for each in (ours, other, ended))
    assert [permissions.is_admitted(each, members) for each in (person, stranger, late)] == [True, True, False]
    assert [permissions.is_admitted(each, named) for each in (person, stranger, late)] == [True, False, False]


@pytest.mark.parametrize("typed", ["Kevät 27", "  kevät   27 ", "KEVÄT 27"])
def test_a_code_is_right_however_it_is_spaced_and_written(typed: str) -> None:
    run = make_run(admission=CourseRun.Admission.CODE, enrolment_code="kevät 27")
    assert enrol(learner=make_person(), run=run, code=typed).status == Status.ACTIVE


def test_a_stranger_is_asked_to_sign_in_after_what_holds_for_everybody() -> None:
    stranger = AnonymousUser()
    assert isinstance(permissions.why_not_enrol(stranger, make_run(), None), errors.SignInFirst)
    assert isinstance(permissions.why_not_enrol(stranger, make_run(ends=TODAY - DAY), None), errors.RunEnded)


def test_the_page_and_the_service_refuse_by_the_same_rule() -> None:
    run, person = make_run(admission=CourseRun.Admission.MEMBERS), make_person()
    why = permissions.why_not_enrol(person, run, None)
    with pytest.raises(errors.NotAdmitted) as refused:
        enrol(learner=person, run=run)
    assert str(refused.value) == str(why)
