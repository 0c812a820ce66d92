"""The allotment of a peer review, whatever order people hand in, open, write and leave in."""

import random
from collections.abc import Iterator

import pytest

from learning.study.reviewing.allotting import Pair, allot
from tests.learning.study.reviewing.a_group import Group, most_possible

# Ten thousand in all, in parts that processes share.
PARTS, RUNS = 5, 2_000


def groups(runs: int, seed: int) -> Iterator[tuple[Group, random.Random]]:
    chance = random.Random(seed)
    for run in range(runs):
        yield Group(chance.randint(3, 30), seed=seed * runs + run), chance


def counts(group: Group) -> dict[int, int]:
    got = [pair.work for pair in group.reviews()]
    return {work: got.count(work) for work in group.works}


def refuse_what_may_never_be(group: Group) -> None:
    everything = [*group.written, *group.opened, *group.given]
    assert all(pair.reviewer != pair.work for pair in everything), "somebody reviews themselves"
    assert len(everything) == len(set(everything)), "somebody reviews the same person's work twice"
    assert all(number >= 0 for number in group.room().values()), "somebody reviews more than is asked"


@pytest.mark.parametrize("part", range(PARTS))
def test_nobody_is_left_with_fewer_reviews_than_possible_whoever_comes_and_leaves_when(part: int) -> None:
    for group, chance in groups(RUNS, seed=part):
        group.live(leaving=chance.choice([0, 0.1, 0.3, 0.6]), late=chance.choice([0, 0, 0.2, 0.5]))
        refuse_what_may_never_be(group)
        got = counts(group)
        for level in range(1, group.each + 1):
            reached = sum(min(number, level) for number in got.values())
            if reached < level * len(got):
                assert reached == most_possible(group, level)


def test_everybody_gets_two_reviews_and_gives_two_where_nobody_leaves_or_is_late() -> None:
    for group, _chance in groups(1_000, seed=15):
        group.live(leaving=0, late=0)
        assert set(counts(group).values()) == {2}
        assert set(group.room().values()) <= {0, 1, 2}
        assert all(
            group.room()[person] == sum(pair.reviewer == person for pair in group.given) for person in group.works
        )


def test_when_there_is_something_to_review_at_most_one_person_waits_for_the_next_to_come() -> None:
    for group, _chance in groups(300, seed=16):
        for person in group.ranks:
            group.hand_in(person)
            waiting = [each for each in group.works if not any(pair.reviewer == each for pair in group.given)]
            assert len(waiting) <= 1


def test_five_people_never_review_each_other_whatever_the_order() -> None:
    for seed in range(300):
        group = Group(5, seed=seed)
        group.live(leaving=0, late=0)
        assert not [pair for pair in group.reviews() if Pair(pair.work, pair.reviewer) in group.reviews()]


def test_what_somebody_has_opened_is_never_taken_away() -> None:
    group = Group(6, seed=3)
    for person in (0, 1, 2, 3):
        group.hand_in(person)
    group.close()
    opened = set(group.given)
    for pair in opened:
        group.open(pair)
    group.hand_in(4)
    group.hand_in(5)
    assert group.opened == opened
    assert Pair(4, 5) in group.given and Pair(5, 4) in group.given


def test_what_a_leaver_had_not_written_goes_to_who_has_time() -> None:
    group = Group(6, seed=4)
    for person in range(6):
        group.hand_in(person)
    group.close()
    lost = {pair.work for pair in group.given if pair.reviewer == 0}
    group.leave(0)
    assert lost and all(number == 2 for work, number in counts(group).items() if work in lost)


def test_the_same_group_is_allotted_in_the_same_way_again() -> None:
    first, second = Group(12, seed=5), Group(12, seed=5)
    for group in (first, second):
        group.live(leaving=0.3, late=0.2)
    assert (first.written, first.opened, first.given) == (second.written, second.opened, second.given)


def test_another_rank_makes_another_allotment_of_the_same_events() -> None:
    people = range(8)
    answers = [
        allot(each=2, room=dict.fromkeys(people, 2), have=dict.fromkeys(people, 0), never=[], given=[], is_open=False,
              rank=rank)
        for rank in (lambda person: person, lambda person: -person)
    ]  # fmt: skip
    assert answers[0] != answers[1]
    assert all(len(answer) == 16 for answer in answers)
