"""Teachers who give for the same work at the same moment."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from accounts.models import User
from learning.study.marking import errors
from learning.study.marking.services import give
from learning.study.models import Mark
from notifications.models import Notification
from tests.learning.study.marking.conftest import Desk, make_desk

pytestmark = pytest.mark.django_db(transaction=True)


def give_at_once(desk: Desk, people: list[User], outcome: str = "accepted") -> list[str]:
    """What became of each: "given", or the name of the refusal."""

    def one(person: User) -> str:
        try:
            give(submission=desk.work, by=person, version=1, seen=0, outcome=outcome, words=f"Sanoo {person.pk}.")
        except errors.StaleMark:
            return "stale"
        finally:
            connection.close()
        return "given"

    with ThreadPoolExecutor(len(people)) as pool:
        return sorted(pool.map(one, people))


@pytest.mark.postgres
def test_of_two_who_give_at_once_one_gives_and_the_other_is_told_ten_times() -> None:
    for _ in range(10):
        desk = make_desk()
        assert give_at_once(desk, [desk.teacher, desk.leader]) == ["given", "stale"]
        assert Mark.objects.filter(submission=desk.work).count() == 1
        assert desk.again().mark == Mark.objects.get(submission=desk.work)


@pytest.mark.postgres
def test_of_two_who_would_both_be_first_markers_one_is_told_that_the_other_was_quicker() -> None:
    desk = make_desk(needs_second_marker=True)
    assert give_at_once(desk, [desk.teacher, desk.leader]) == ["given", "stale"]
    assert desk.again().status == "second"


@pytest.mark.postgres
def test_a_button_pressed_twice_gives_once() -> None:
    desk = make_desk()
    assert give_at_once(desk, [desk.teacher] * 4) == ["given", "stale", "stale", "stale"]
    assert Notification.objects.filter(kind="study.feedback").count() == 1
