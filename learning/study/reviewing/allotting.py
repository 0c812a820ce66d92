"""Who reviews whose work: the allotment of a peer review, one step at a time.

Works come in any order and people leave at any time, so the whole is never known. After each such event `allot` is
given what holds now, and answers which reviews are to be written from now on. It knows people only as numbers, a work
by the number of its author, and neither clock nor database. Made for groups of 5–15, tested with 3–30.

What is promised, the first first:

1. Nobody reviews themselves, and nobody the same person's work twice.
2. As many works as possible have a review; then as many as possible have two, and so on up to `each`. "Possible" is
   counted from what stands: reviews that are written or that somebody has opened to write are never taken away.
   Those that nobody has opened may go to another, but only where a work gets more by it or two people part by it.
3. While more works are expected, so much is held back that the next one to come can still give and get all its
   reviews. Otherwise those who came first would be done with each other, and the last would be left with nobody.
4. Two people do not review each other while there is another choice: never while more works are expected.
5. Those with the least to do come first; what is still equal is settled by `rank`, which tells nothing of people.

How: a plan is filled by alternating paths, as in the matching of bipartite graphs. A work that lacks reviews takes a
reviewer who has time, or one who has more use here than where they are, and so on from work to work. Degrees of such
plans form a polymatroid, so a plan that no path betters is the best there is, for each level at once.
"""

from collections import deque
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple


class Pair(NamedTuple):
    """A review to be written: by whom, and of whose work."""

    reviewer: int
    work: int


# The one who may come next. Nobody's number.
NEXT = -1
Rank = Callable[[int], object]


def allot(
    *,
    each: int,
    room: Mapping[int, int],
    have: Mapping[int, int],
    never: Iterable[Pair],
    given: Iterable[Pair],
    is_open: bool,
    rank: Rank,
) -> set[Pair]:
    """The reviews that are to be written and that nobody has opened: those `given` that stay, and new ones.

    `room` says for each who can review how many such reviews they may have; `have` for each work how many reviews it
    has that stay. `never`: pairs that were written, opened or refused, which are not made again. `is_open`: more works
    are expected. `rank` orders people where all else is equal; it must not follow names or times.
    """
    plan = _Plan(each, room, have, set(never), rank)
    # A pair whose reviewer has no more room, or whose work has left, is not kept.
    kept = plan.those_possible(given)
    if is_open:
        return set(kept) | _safe_to_give(plan, kept)
    for pair in kept:
        plan.add(pair)
    plan.fill()
    plan.part_pairs()
    return plan.pairs


def _safe_to_give(plan: "_Plan", kept: list[Pair]) -> set[Pair]:
    """New pairs after which the next to come can still give and get all reviews: a plan counts them in."""
    wider = plan.with_next(kept)
    wider.reserve()
    wider.fill()
    safe: set[Pair] = set()
    for pair in sorted(wider.pairs, key=wider.order):
        if NEXT not in pair and Pair(pair.work, pair.reviewer) not in safe:
            safe.add(pair)
    return safe


class _Plan:
    """Pairs that can still be changed, and what each reviewer and each work has by them."""

    def __init__(
        self, each: int, room: Mapping[int, int], have: Mapping[int, int], never: set[Pair], rank: Rank
    ) -> None:
        self.each, self.never, self.rank = each, never, rank
        self.room, self.have = dict(room), dict(have)
        self.by: dict[int, set[int]] = {reviewer: set() for reviewer in room}
        # By rank once: the ways of choosing below keep this order where all else is equal.
        self.reviewers = sorted(room, key=rank)  # type: ignore[arg-type]
        self.works = sorted(have, key=rank)  # type: ignore[arg-type]
        self.places = {person: place for place, person in enumerate(dict.fromkeys([*self.reviewers, *self.works]))}

    @property
    def pairs(self) -> set[Pair]:
        return {Pair(reviewer, work) for reviewer, works in self.by.items() for work in works}

    def order(self, pair: Pair) -> tuple[int, int]:
        return self.places.get(pair.reviewer, -1), self.places.get(pair.work, -1)

    def those_possible(self, given: Iterable[Pair]) -> list[Pair]:
        """Of the pairs those whose both people are there, in order, as many for each reviewer as there is room."""
        room, possible = dict(self.room), []
        for pair in sorted(given, key=self.order):
            reviewer, work = pair
            if room.get(reviewer, 0) > 0 and work in self.have and reviewer != work and pair not in self.never:
                room[reviewer] -= 1
                possible.append(pair)
        return possible

    def is_mutual(self, pair: Pair) -> bool:
        """Whether the other reviews the reviewer's own work, or has done so."""
        return pair.reviewer in self.by.get(pair.work, ()) or Pair(pair.work, pair.reviewer) in self.never

    def add(self, pair: Pair) -> None:
        self.by[pair.reviewer].add(pair.work)
        self.room[pair.reviewer] -= 1
        self.have[pair.work] += 1

    def remove(self, pair: Pair) -> None:
        self.by[pair.reviewer].remove(pair.work)
        self.room[pair.reviewer] += 1
        self.have[pair.work] -= 1

    def with_next(self, kept: list[Pair]) -> "_Plan":
        """The same with one more person and work, in which what was given stays and nobody reviews each other."""
        room, have = dict(self.room), dict(self.have)
        for reviewer, work in kept:
            room[reviewer] -= 1
            have[work] += 1
        back = {Pair(work, reviewer) for reviewer, work in self.never.union(kept)}
        never = self.never.union(kept, back)
        return _Plan(self.each, room | {NEXT: self.each}, have | {NEXT: 0}, never, lambda person: _last(person, self))

    def reserve(self) -> None:
        """Keep for the next to come those who have the least room: they have something to do meanwhile."""
        waiting = [reviewer for reviewer in self.reviewers if reviewer != NEXT and self.room[reviewer] > 0]
        for reviewer in sorted(waiting, key=lambda each: self.room[each])[: self.each]:
            self.add(Pair(reviewer, NEXT))
        lacking = [work for work in self.works if work != NEXT and self.have[work] < self.each]
        for work in sorted(lacking, key=lambda each: -self.have[each])[: self.each]:
            self.add(Pair(NEXT, work))

    def fill(self) -> None:
        """Give each work as many reviews as can be, those with the fewest first."""
        for level in range(self.each):
            for work in self.works:
                while self.have[work] <= level and self._lift(work):
                    pass

    def _lift(self, work: int) -> bool:
        """Give the work one more review, by the shortest path of moves; False where none leads to it."""
        came: dict[int, tuple[int, int]] = {}
        seen, queue = {work}, deque([work])
        while queue:
            at = queue.popleft()
            able = [each for each in self.reviewers if self._may_take(each, at)]
            free = [each for each in able if self.room[each] > 0]
            if free:
                self._walk(came, at, self._best(free, at))
                return True
            for reviewer in able:
                for other in sorted(self.by[reviewer], key=self.places.__getitem__):
                    if self.have[other] >= self.have[work] + 2:
                        self.remove(Pair(reviewer, other))
                        self._walk(came, at, reviewer)
                        return True
                    if other not in seen:
                        seen.add(other)
                        came[other] = (reviewer, at)
                        queue.append(other)
        return False

    def _may_take(self, reviewer: int, work: int) -> bool:
        return (
            reviewer != work
            and (self.room[reviewer] > 0 or bool(self.by[reviewer]))
            and work not in self.by[reviewer]
            and (reviewer, work) not in self.never
        )

    def _best(self, reviewers: list[int], work: int) -> int:
        """Who is not reviewed by the work's author before who is, and the one with the most room first."""
        return min(reviewers, key=lambda each: (self.is_mutual(Pair(each, work)), -self.room[each]))

    def _walk(self, came: dict[int, tuple[int, int]], work: int, reviewer: int) -> None:
        """Give the work to the reviewer; who is thereby spared for it goes on to the next work of the path."""
        self.add(Pair(reviewer, work))
        while work in came:
            spared, onward = came[work]
            self.remove(Pair(spared, work))
            self.add(Pair(spared, onward))
            work = onward

    def part_pairs(self) -> None:
        """Let two reviewers change works where fewer people then review each other; how much each has stays."""
        for first in sorted(self.pairs, key=self.order):
            if first.work in self.by[first.reviewer] and self.is_mutual(first):
                self._part(first)

    def _part(self, first: Pair) -> None:
        for second in sorted(self.pairs, key=self.order):
            crossed = Pair(first.reviewer, second.work), Pair(second.reviewer, first.work)
            if not all(self._may_take(*pair) for pair in crossed):
                continue
            before = self.is_mutual(first) + self.is_mutual(second)
            self._exchange((first, second), crossed)
            if sum(self.is_mutual(pair) for pair in crossed) < before:
                return
            self._exchange(crossed, (first, second))

    def _exchange(self, these: tuple[Pair, Pair], for_those: tuple[Pair, Pair]) -> None:
        for pair in these:
            self.remove(pair)
        for pair in for_those:
            self.add(pair)


def _last(person: int, plan: _Plan) -> tuple[bool, int]:
    return person == NEXT, plan.places.get(person, -1)
