"""Every act on an enrolment in every state: where it leads, or that it is refused and changes nothing."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import User
from common.errors import Refused
from learning.study.models import Enrolment
from learning.study.models.enrolments import Status
from learning.study.services import enrolling, teaching
from tests.learning.study.factories import enrolled, make_run, make_teacher

pytestmark = pytest.mark.django_db

Act = Callable[[Enrolment, User], Any]
ACTS: dict[str, Act] = {
    "enrol": lambda row, _teacher: enrolling.enrol(learner=row.learner, run=row.run),
    "withdraw": lambda row, _teacher: enrolling.withdraw(enrolment=row, by=row.learner),
    "accept": lambda row, _teacher: enrolling.answer_offer(enrolment=row, accept=True, by=row.learner),
    "decline": lambda row, _teacher: enrolling.answer_offer(enrolment=row, accept=False, by=row.learner),
    "approve": lambda row, teacher: teaching.approve(enrolment=row, by=teacher),
    "refuse": lambda row, teacher: teaching.refuse(enrolment=row, by=teacher, reason="Ei tällä kertaa."),
}
# Where each act leads; what is not here is refused. The run has free seats and is open to all.
MOVES: dict[str, dict[str, str]] = {
    "applied": {"enrol": "applied", "withdraw": "withdrawn", "approve": "active", "refuse": "refused"},
    "refused": {"approve": "active", "refuse": "refused"},
    "waiting": {"enrol": "waiting", "withdraw": "withdrawn", "approve": "waiting"},
    "offered": {
        "enrol": "offered",
        "withdraw": "withdrawn",
        "accept": "active",
        "decline": "lapsed",
        "approve": "offered",
    },
    "lapsed": {"enrol": "active", "decline": "lapsed"},
    "active": {"enrol": "active", "withdraw": "withdrawn", "accept": "active", "approve": "active"},
    "completed": {"approve": "completed"},
    "withdrawn": {"enrol": "active", "withdraw": "withdrawn"},
}


@pytest.fixture
def in_state() -> Callable[[str], Enrolment]:
    """An enrolment in the state, without the way there: the rule is asked of the state alone."""

    def made(status: str) -> Enrolment:
        enrolment = enrolled(make_run())
        now = timezone.now()
        times = {"queued_at": now, "offer_ends": now + datetime.timedelta(days=1), "completed_at": now}
        Enrolment.objects.filter(pk=enrolment.pk).update(status=status, **times)
        enrolment.events.all().delete()
        enrolment.refresh_from_db()
        return enrolment

    return made


def test_the_table_has_every_state() -> None:
    assert set(MOVES) == set(Status.values)


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("before", MOVES)
def test_each_act_leads_where_the_table_says(before: str, act: str, in_state: Callable[[str], Enrolment]) -> None:
    enrolment = in_state(before)
    teacher, after = make_teacher(enrolment.run), MOVES[before].get(act)
    if after is None:
        with pytest.raises(Refused):
            ACTS[act](enrolment, teacher)
        after = before
    else:
        ACTS[act](enrolment, teacher)
    enrolment.refresh_from_db()
    assert enrolment.status == after
    # What changed is written down, and nothing else is.
    moves = [(event.before, event.after) for event in enrolment.events.all()]
    assert moves == ([(before, after)] if before != after else [])
