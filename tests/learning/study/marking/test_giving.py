"""Giving an assessment: who may, what it takes, what follows."""

import datetime

import pytest
from django.utils import timezone

from learning.study.marking import errors
from learning.study.marking.commenting import comment
from learning.study.marking.services import claim, claimed_by_another, give
from learning.study.models import RunTeacher, SubmissionVersion
from notifications.models import Notification
from tests.learning.study.conftest import SetClock
from tests.learning.study.factories import make_person
from tests.learning.study.marking.conftest import Desk, make_desk

pytestmark = pytest.mark.django_db


def test_the_learner_sees_what_was_given_with_the_comments_and_is_told(desk: Desk) -> None:
    said = comment(version=desk.work.versions.get(), by=desk.teacher, quote="Rakenne", text="Hyvä alku.")
    mark = desk.give(desk.teacher)
    work = desk.again()
    assert (work.status, work.mark, work.again_due) == ("accepted", mark, None)
    said.refresh_from_db()
    assert said.released_at is not None
    told = Notification.objects.get(kind="study.feedback")
    assert told.person_id == desk.work.enrolment.learner_id
    assert "Selkeä" not in str(told.facts)


def test_what_was_kept_of_the_criteria_does_not_change_with_the_assignment(desk: Desk) -> None:
    rows = [{"id": 1, "title": "Rakenne", "fulfils": "On.", "lacks": "", "value": 1, "words": "Näkyy."}]
    mark = desk.give(desk.teacher, criteria=rows)
    desk.task.assignment.criteria.all().delete()
    mark.refresh_from_db()
    assert mark.criteria == rows


def test_to_be_completed_has_a_day_that_can_be_changed_within_reason(desk: Desk) -> None:
    until = timezone.now() + datetime.timedelta(days=30)
    with pytest.raises(errors.DayNotPossible):
        desk.give(desk.teacher, "again", again_until=timezone.now() - datetime.timedelta(days=2))
    with pytest.raises(errors.DayNotPossible):
        desk.give(desk.teacher, "again", again_until=timezone.now() + datetime.timedelta(days=300))
    desk.give(desk.teacher, "again", again_until=until)
    assert desk.again().again_due == until


def test_without_a_day_it_is_the_last_second_of_the_day_that_the_assignment_says() -> None:
    desk = make_desk(resubmission_days=3)
    desk.give(desk.teacher, "again")
    due = desk.again().again_due
    assert due is not None
    here = timezone.localtime(due)
    assert (here.date(), here.hour) == (timezone.localdate() + datetime.timedelta(days=3), 23)


def test_what_is_missing_has_to_be_told_somewhere(desk: Desk) -> None:
    with pytest.raises(errors.WordsMissing):
        desk.give(desk.teacher, "again", words=" ")
    comment(version=desk.work.versions.get(), by=desk.teacher, text="Lisää lähteet.")
    assert desk.give(desk.teacher, "again", words="").outcome == "again"


def test_a_work_is_not_asked_for_again_more_often_than_the_assignment_allows() -> None:
    desk = make_desk(resubmissions=1)
    desk.give(desk.teacher, "again")
    next_version(desk)
    with pytest.raises(errors.NoRoundsLeft):
        desk.give(desk.teacher, "again")
    assert desk.give(desk.teacher, "rejected").outcome == "rejected"


def next_version(desk: Desk) -> None:
    """As handing in does it."""
    now = timezone.now()
    SubmissionVersion.objects.create(submission=desk.work, number=2, body={}, handed_in_at=now)
    work = desk.again()
    work.status, work.again_due = "handed_in", None
    work.save()


@pytest.mark.parametrize(
    ("outcome", "grade", "kept"), [("accepted", 4, 4), ("rejected", None, 0), ("rejected", 3, 0), ("again", 5, None)]
)
def test_a_grade_goes_with_its_outcome(outcome: str, grade: int | None, kept: int | None) -> None:
    desk = make_desk(scale="grade")
    assert desk.give(desk.teacher, outcome, grade=grade).grade == kept


def test_accepted_work_needs_a_grade_from_one_to_five_where_grades_are_given() -> None:
    desk = make_desk(scale="grade")
    with pytest.raises(errors.GradeMissing):
        desk.give(desk.teacher)
    with pytest.raises(errors.GradeAndOutcomeDiffer):
        desk.give(desk.teacher, grade=0)


def test_no_grade_is_kept_where_none_is_given(desk: Desk) -> None:
    assert desk.give(desk.teacher, grade=5).grade is None


def test_assistants_and_strangers_give_nothing(desk: Desk) -> None:
    for person in (desk.assistant, make_person("vieras")):
        with pytest.raises(errors.NotAMarker):
            desk.give(person)


def test_nobody_assesses_their_own_work(desk: Desk) -> None:
    RunTeacher.objects.create(run=desk.run, user=desk.work.enrolment.learner)
    with pytest.raises(errors.OwnWork):
        desk.give(desk.work.enrolment.learner)


def test_the_second_of_two_teachers_is_told_of_the_first_and_changes_nothing(desk: Desk) -> None:
    given = desk.give(desk.leader)
    with pytest.raises(errors.StaleMark) as told:
        give(submission=desk.work, by=desk.teacher, version=1, seen=0, outcome="rejected", words="Ei riitä.")
    assert told.value.newest == given
    assert desk.again().mark == given


def test_a_version_that_came_meanwhile_is_looked_at_first(desk: Desk) -> None:
    SubmissionVersion.objects.create(submission=desk.work, number=2, body={}, handed_in_at=timezone.now())
    with pytest.raises(errors.StaleVersion):
        give(submission=desk.work, by=desk.teacher, version=1, seen=0, outcome="accepted")


def test_what_does_not_wait_is_not_assessed_again(desk: Desk) -> None:
    desk.give(desk.leader)
    with pytest.raises(errors.NotWaiting):
        desk.give(desk.teacher)


def test_another_teacher_is_told_who_has_the_work_open_for_an_hour(desk: Desk, set_clock: SetClock) -> None:
    now = timezone.now()
    assert claim(submission=desk.work, by=desk.leader)
    assert not claim(submission=desk.again(), by=desk.teacher)
    assert claimed_by_another(desk.again(), desk.teacher)
    assert not claimed_by_another(desk.again(), desk.leader)
    set_clock(now + datetime.timedelta(hours=1, minutes=1))
    assert claim(submission=desk.again(), by=desk.teacher)
    assert desk.again().marker == desk.teacher


def test_a_claim_stops_nobody_from_giving_and_ends_with_it(desk: Desk) -> None:
    claim(submission=desk.work, by=desk.leader)
    desk.give(desk.teacher)
    assert desk.again().marker is None
