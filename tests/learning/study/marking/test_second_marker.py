"""Two teachers assess the same work without knowing what the other thinks."""

import datetime

import pytest
from django.utils import timezone

from learning.study.marking import errors
from learning.study.marking.commenting import comment
from learning.study.marking.rounds import round_of
from notifications.models import Notification
from tests.learning.study.marking.conftest import Desk, make_desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def moderated() -> Desk:
    return make_desk(needs_second_marker=True, scale="grade")


def test_the_first_assessment_is_seen_by_neither_the_learner_nor_the_second_marker(moderated: Desk) -> None:
    first = moderated.give(moderated.teacher, grade=4)
    work = moderated.again()
    assert (work.status, work.mark, first.released_at) == ("second", None, None)
    assert not Notification.objects.filter(kind="study.feedback").exists()
    standing = round_of(work)
    assert standing.visible(moderated.leader) == []
    assert standing.visible(moderated.teacher) == [first]


def test_comments_of_a_marker_are_unseen_by_the_other_and_those_of_an_assistant_seen(moderated: Desk) -> None:
    version = moderated.work.versions.get()
    of_marker = comment(version=version, by=moderated.teacher, text="Hyvä.")
    of_assistant = comment(version=version, by=moderated.assistant, text="Lähde puuttuu.")
    standing = round_of(moderated.again())
    assert not standing.sees(moderated.leader, of_marker)
    assert standing.sees(moderated.teacher, of_marker)
    assert standing.sees(moderated.leader, of_assistant)


def test_nobody_gives_both(moderated: Desk) -> None:
    moderated.give(moderated.teacher, grade=4)
    with pytest.raises(errors.SameMarker):
        moderated.give(moderated.teacher, grade=4)


def test_where_the_two_agree_the_learner_sees_both(moderated: Desk) -> None:
    first = moderated.give(moderated.teacher, grade=4)
    second = moderated.give(moderated.leader, grade=4)
    work = moderated.again()
    first.refresh_from_db()
    assert (work.status, work.mark) == ("accepted", first)
    assert first.released_at == second.released_at is not None


def test_where_they_differ_the_responsible_teacher_is_told_and_decides(moderated: Desk) -> None:
    moderated.give(moderated.teacher, grade=4)
    moderated.give(moderated.leader, grade=2)
    work = moderated.again()
    assert (work.status, work.mark) == ("differing", None)
    assert [row.person for row in Notification.objects.filter(kind="study.differing")] == [moderated.leader]
    assert len(round_of(work).visible(moderated.teacher)) == 2
    with pytest.raises(errors.NotTheLeader):
        moderated.give(moderated.teacher, grade=3)
    final = moderated.give(moderated.leader, grade=3)
    work = moderated.again()
    assert (work.status, work.mark, final.part) == ("accepted", final, "final")
    assert work.marks.filter(released_at=None).count() == 2


def test_of_two_days_to_complete_by_the_learner_gets_the_later(moderated: Desk) -> None:
    later = timezone.now() + datetime.timedelta(days=40)
    moderated.give(moderated.teacher, "again", again_until=later)
    moderated.give(moderated.leader, "again")
    assert moderated.again().again_due == later
