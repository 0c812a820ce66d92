"""Handing in, writing, leaving and letting off at the same moment."""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

import pytest
from django.db import connection

from common.errors import Refused
from learning.study.assignments.services import hand_in
from learning.study.models import Enrolment, LetOff, PeerReview
from learning.study.reviewing import services, stepping_in
from learning.study.reviewing.exchange import exchange_of
from learning.study.reviewing.rescuing import rescue
from notifications.models import Notification
from tests.learning.study.reviewing.peers import Peers, peers
from texts import Flat

pytestmark = pytest.mark.django_db(transaction=True)
Status = PeerReview.Status


def at_once(acts: Iterable[Callable[[], Any]], threads: int = 8) -> list[Any]:
    """Do all at the same moment; a refusal is an answer, anything else is raised."""

    def done(act: Callable[[], Any]) -> Any:
        try:
            return act()
        except Refused as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(done, acts))


def refuse_what_may_never_be(group: Peers) -> None:
    rows = PeerReview.objects.exclude(status=Status.RELEASED).select_related("submission")
    pairs = [(row.reviewer_id, row.submission.enrolment_id) for row in rows]
    assert all(reviewer != work for reviewer, work in pairs)
    assert len(pairs) == len(set(pairs))
    for person in group.people:
        assert sum(reviewer == person.pk for reviewer, _work in pairs) <= 2


def works_at_once(group: Peers, people: list[Enrolment]) -> None:
    at_once(handing_in(group, people))


def handing_in(group: Peers, people: list[Enrolment]) -> list[Callable[[], Any]]:
    text = Flat.of_notation("Rakenne näkyy arjessa.")
    return [partial(hand_in, enrolment=each, run_assignment=group.run_assignment, text=text) for each in people]


def test_works_that_come_at_the_same_moment_are_all_given_to_two() -> None:
    group = peers(10)
    works_at_once(group, group.people)
    refuse_what_may_never_be(group)
    assert not exchange_of(group.run_assignment).lacking()
    assert PeerReview.objects.filter(status=Status.GIVEN).count() == 20


def test_leaving_writing_and_handing_in_at_the_same_moment_leave_nobody_blocked() -> None:
    group = peers(10)
    works_at_once(group, group.people[:8])
    reviews = PeerReview.objects.filter(status=Status.GIVEN).select_related("submission", "reviewer")
    acts: list[Callable[[], Any]] = [partial(group.write, row) for row in list(reviews)[::2]]
    acts += [partial(group.leave, person) for person in group.people[:3]]
    acts += handing_in(group, group.people[8:])
    acts.append(
        lambda: stepping_in.let_off(
            enrolment=group.people[4], run_assignment=group.run_assignment, by=group.teacher, reason="Sairaana."
        )
    )
    at_once(acts)
    refuse_what_may_never_be(group)
    rescue(run_assignment=group.run_assignment)
    there = group.people[3:]
    for person in there:
        assert group.left(person) == len(group.given(person))
    assert not PeerReview.objects.filter(status=Status.GIVEN, reviewer__in=group.people[:3]).exists()
    # Whoever had written everything before had nothing to be let off.
    let_off = LetOff.objects.filter(enrolment=group.people[4], by=group.teacher).exists()
    written = PeerReview.objects.filter(reviewer=group.people[4], status=Status.DONE).count()
    assert let_off or written == group.run_assignment.reviews_each


def test_a_review_sent_twice_at_the_same_moment_is_one_and_told_once() -> None:
    group = peers(3)
    group.hand_in()
    review = group.given(group.people[0])[0]
    at_once((lambda: group.write(review)) for _press in range(4))
    assert PeerReview.objects.filter(status=Status.DONE).count() == 1
    assert Notification.objects.filter(kind="study.review_received").count() == 1


def test_a_review_that_is_being_opened_is_either_changed_before_or_not_at_all() -> None:
    group = peers(3)
    group.hand_in()
    review = group.write(group.given(group.people[0])[0])
    answers = at_once([lambda: services.read(reviews=[review]), lambda: group.write(review, "Toisin.")])
    review.refresh_from_db()
    assert review.read_at is not None
    assert (review.words == "Toisin.") != isinstance(answers[1], Refused)
