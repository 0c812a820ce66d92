"""The runs that one teaches, on one's own page: with the works that this teacher could mark."""

import pytest

from accounts.models import User
from home.teaching import taught_by
from tests.learning.study.marking.conftest import make_desk

pytestmark = pytest.mark.django_db


def waiting(person: User) -> int:
    [row] = taught_by(person)
    return row.waiting


def test_what_waits_for_a_second_marker_does_not_wait_for_the_first() -> None:
    desk = make_desk(needs_second_marker=True, scale="grade")
    assert (waiting(desk.leader), waiting(desk.teacher), waiting(desk.assistant)) == (1, 1, 0)
    desk.give(desk.teacher, grade=4)
    assert (waiting(desk.leader), waiting(desk.teacher), waiting(desk.assistant)) == (1, 0, 0)


def test_where_markers_differ_the_work_waits_for_who_decides() -> None:
    desk = make_desk(needs_second_marker=True, scale="grade")
    desk.give(desk.teacher, grade=4)
    desk.give(desk.leader, grade=2)
    assert (waiting(desk.leader), waiting(desk.teacher)) == (1, 0)
