"""Teachers are told of applications that wait: in a morning letter, not more often than there is something new."""

import datetime

import pytest
from django.core import mail
from django.utils import timezone

from accounts.models import User
from learning.courses.models import CourseRun
from learning.study.errors import OwnStudies
from learning.study.services.enrolling import enrol
from learning.study.services.reminding import remind_of_applications
from learning.study.services.teaching import approve, extend, refuse
from notifications.models import Notification
from notifications.services import send_morning_letters
from tests.learning.study.conftest import SetClock
from tests.learning.study.factories import enrolled, make_run, make_teacher

pytestmark = pytest.mark.django_db
FIRST_DAY = datetime.datetime.fromisoformat("2026-10-12T15:00+03:00")
DAY = datetime.timedelta(days=1)


@pytest.fixture
def run(set_clock: SetClock) -> CourseRun:
    set_clock(FIRST_DAY)
    return make_run(admission=CourseRun.Admission.APPROVAL)


def told(teacher: User) -> list[int]:
    """The numbers that the teacher has been told, in order."""
    remind_of_applications()
    rows = Notification.objects.filter(person=teacher, kind="study.applications").order_by("pk")
    return [row.facts["number"] for row in rows]


def test_applications_are_told_the_next_morning_and_only_once(run: CourseRun, set_clock: SetClock) -> None:
    teacher = make_teacher(run)
    other = make_teacher(make_run(admission=CourseRun.Admission.APPROVAL))
    enrolled(run)
    enrolled(run)
    assert told(teacher) == []
    set_clock(FIRST_DAY + DAY)
    assert [told(teacher) for _again in range(2)] == [[2], [2]]
    assert told(other) == []


def test_the_letter_leads_to_the_learners_of_the_run(run: CourseRun, set_clock: SetClock) -> None:
    make_teacher(run)
    enrolled(run)
    set_clock(FIRST_DAY.replace(hour=7) + DAY)
    remind_of_applications()
    set_clock(FIRST_DAY.replace(hour=9) + DAY)
    send_morning_letters()
    [letter] = [each for each in mail.outbox if "1 hakemus odottaa" in each.body]
    assert f"/hallinta/toteutukset/{run.code}/" in letter.body


def test_they_are_told_again_when_another_comes_or_after_a_week(run: CourseRun, set_clock: SetClock) -> None:
    teacher = make_teacher(run)
    first = enrolled(run)
    for days, numbers in ((1, [1]), (2, [1]), (6, [1]), (7, [1, 1])):
        set_clock(FIRST_DAY + days * DAY)
        assert told(teacher) == numbers
    enrolled(run)
    set_clock(FIRST_DAY + 8 * DAY)
    assert told(teacher) == [1, 1, 2]
    refuse(enrolment=first, by=teacher, reason="Täynnä.")
    set_clock(FIRST_DAY + 15 * DAY)
    assert told(teacher) == [1, 1, 2, 1]


def test_what_a_run_that_has_ended_left_is_not_told(run: CourseRun, set_clock: SetClock) -> None:
    teacher = make_teacher(run)
    enrolled(run)
    CourseRun.objects.filter(pk=run.pk).update(ends=timezone.localdate())
    set_clock(FIRST_DAY + 2 * DAY)
    assert told(teacher) == []


def test_nobody_decides_about_their_own_studies(run: CourseRun) -> None:
    teacher = make_teacher(run)
    own = enrol(learner=teacher, run=run)
    with pytest.raises(OwnStudies):
        approve(enrolment=own, by=teacher)
    with pytest.raises(OwnStudies):
        extend(enrolment=own, by=teacher, days=1, percent=0)
    other = make_teacher(run, "toinen")
    assert approve(enrolment=own, by=other).status == "active"
