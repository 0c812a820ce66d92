"""Changing what was given, and undoing that."""

import pytest
from django.utils import timezone

from learning.study.marking import errors
from learning.study.marking.rounds import round_of
from learning.study.marking.services import change, undo
from learning.study.models import Enrolment, Mark, SubmissionVersion
from learning.study.models.enrolments import Status
from notifications.models import Notification
from tests.learning.study.marking.conftest import Desk

pytestmark = pytest.mark.django_db


def changed(desk: Desk, outcome: str = "rejected", reason: str = "Katsoin väärää työtä.") -> Mark:
    seen = round_of(desk.again()).seen
    return change(submission=desk.work, by=desk.leader, seen=seen, outcome=outcome, words="Ei riitä.", reason=reason)


def test_a_change_leaves_what_was_given_on_record_and_is_told(desk: Desk) -> None:
    first = desk.give(desk.teacher)
    second = changed(desk)
    work = desk.again()
    assert (work.status, work.mark, second.replaces, second.part) == ("rejected", second, first, "change")
    first.refresh_from_db()
    assert (first.outcome, first.words) == ("accepted", "Selkeä.")
    told = Notification.objects.filter(kind="study.feedback").order_by("pk")
    assert [row.facts["is_change"] for row in told] == [False, True]


def test_a_change_needs_a_reason(desk: Desk) -> None:
    desk.give(desk.teacher)
    with pytest.raises(errors.ReasonMissing):
        changed(desk, reason="  ")


def test_undoing_gives_again_what_was_given_before_and_is_on_record_too(desk: Desk) -> None:
    desk.give(desk.teacher, "again")
    changed(desk)
    mark = undo(submission=desk.work, by=desk.teacher, seen=2)
    work = desk.again()
    assert (work.status, work.mark, mark.words, mark.part) == ("again", mark, "Selkeä.", "undo")
    assert work.again_due is not None
    assert work.again_due > timezone.now()
    assert work.marks.count() == 3


def test_what_is_no_change_is_not_undone(desk: Desk) -> None:
    desk.give(desk.teacher)
    with pytest.raises(errors.NothingToUndo):
        undo(submission=desk.work, by=desk.teacher, seen=1)
    changed(desk)
    undo(submission=desk.work, by=desk.teacher, seen=2)
    with pytest.raises(errors.NothingToUndo):
        undo(submission=desk.work, by=desk.teacher, seen=3)


def test_of_two_changes_at_once_the_second_is_told(desk: Desk) -> None:
    desk.give(desk.teacher)
    changed(desk)
    with pytest.raises(errors.StaleMark):
        change(submission=desk.work, by=desk.teacher, seen=1, outcome="again", words="x", reason="y")
    with pytest.raises(errors.StaleMark):
        undo(submission=desk.work, by=desk.teacher, seen=1)


def test_nothing_is_changed_before_something_is_given_or_when_a_newer_version_waits(desk: Desk) -> None:
    with pytest.raises(errors.NothingReleased):
        changed(desk)
    desk.give(desk.teacher, "again")
    SubmissionVersion.objects.create(submission=desk.work, number=2, body={}, handed_in_at=timezone.now())
    work = desk.again()
    work.status, work.again_due = "handed_in", None
    work.save()
    with pytest.raises(errors.StaleVersion):
        changed(desk)


def test_who_has_completed_the_run_stays_so_whatever_is_changed(desk: Desk) -> None:
    desk.give(desk.teacher)
    enrolment = Enrolment.objects.get(pk=desk.work.enrolment_id)
    enrolment.status = Status.COMPLETED
    enrolment.completed_at = timezone.now()
    enrolment.save()
    changed(desk)
    enrolment.refresh_from_db()
    assert enrolment.status == Status.COMPLETED
