"""A group that reviews each other's works as it may happen: who hands in, opens, writes and leaves when."""

import random

from learning.study.reviewing.allotting import Pair, allot

Flow = dict[tuple[object, object], int]


class Group:
    """What the service keeps in its tables, for one assignment, and what it asks of the allotment."""

    def __init__(self, size: int, each: int = 2, seed: int = 0) -> None:
        self.each, self.chance = each, random.Random(seed)
        self.here, self.expected = set(range(size)), set(range(size))
        self.works: set[int] = set()
        self.written: set[Pair] = set()
        self.opened: set[Pair] = set()
        self.given: set[Pair] = set()
        self.is_closed = False
        self.taken_away = 0
        self.ranks = self.chance.sample(range(size), size)

    @property
    def reviewers(self) -> set[int]:
        return self.works

    @property
    def standing(self) -> set[Pair]:
        """Reviews that stay, whatever comes."""
        return self.written | self.opened

    def room(self) -> dict[int, int]:
        held = [pair.reviewer for pair in self.standing]
        return {person: self.each - held.count(person) for person in self.works}

    def have(self) -> dict[int, int]:
        stay = [pair.work for pair in self.standing]
        return {person: stay.count(person) for person in self.works}

    def arrange(self) -> None:
        is_open = bool(self.expected) and not self.is_closed
        before = self.given
        self.given = allot(
            each=self.each, room=self.room(), have=self.have(), never=self.standing, given=before, is_open=is_open,
            rank=self.ranks.__getitem__,
        )  # fmt: skip
        self.taken_away += len([pair for pair in before - self.given if set(pair) <= self.works])

    def hand_in(self, person: int) -> None:
        self.expected.discard(person)
        self.works.add(person)
        self.arrange()

    def leave(self, person: int) -> None:
        for people in (self.here, self.expected, self.works):
            people.discard(person)
        # What the leaver had opened nobody waits for; what others had opened of the leaver's work neither.
        self.opened = {pair for pair in self.opened if person not in pair}
        self.arrange()

    def open(self, pair: Pair) -> None:
        self.given.discard(pair)
        self.opened.add(pair)

    def write(self, pair: Pair) -> None:
        self.given.discard(pair)
        self.opened.discard(pair)
        self.written.add(pair)

    def close(self) -> None:
        """The due date: nobody more is waited for, though some may still come."""
        self.is_closed = True
        self.arrange()

    def reviews(self) -> set[Pair]:
        """All reviews of the works that are there, when those who are there have written what was given to them."""
        return {pair for pair in self.standing | self.given if pair.work in self.works}

    def live(self, leaving: float, late: float) -> None:
        """Let everything happen in a random order: some leave, some hand in after the due date."""
        acts = [("hand_in", person) for person in self.here] + [("work", 0)] * (3 * len(self.here))
        acts += [("leave", person) for person in self.here if self.chance.random() < leaving]
        self.chance.shuffle(acts)
        closing = int(len(acts) * (1 - late))
        for number, (act, person) in enumerate(acts):
            if number == closing:
                self.close()
            if act == "work":
                self._somebody_works()
            elif person in self.here and not (act == "hand_in" and person in self.works):
                getattr(self, act)(person)
        self.close()

    def _somebody_works(self) -> None:
        waiting = sorted(self.given | self.opened)
        if waiting:
            pair = self.chance.choice(waiting)
            (self.open if pair in self.given and self.chance.random() < 0.5 else self.write)(pair)


def most_possible(group: Group, level: int) -> int:
    """How many reviews the works can have, counted up to `level` of each: by a maximum flow that knows nothing else.

    From a source through each reviewer (as many as they have time for) and each pair that may be (once) to each work
    (as many as it lacks) and on to a drain.
    """
    room, have = group.room(), group.have()
    left: Flow = {}
    for person in group.works:
        left["source", ("by", person)] = room[person]
        left[("of", person), "drain"] = max(level - have[person], 0)
        for work in group.works:
            left[("by", person), ("of", work)] = int(person != work and (person, work) not in group.standing)
    ways: dict[object, set[object]] = {}
    for start, end in left:
        ways.setdefault(start, set()).add(end)
        ways.setdefault(end, set()).add(start)
    flow = 0
    while _augment(left, ways, "source", {"source"}):
        flow += 1
    return flow + sum(min(number, level) for number in have.values())


def _augment(
    left: dict[tuple[object, object], int], ways: dict[object, set[object]], at: object, seen: set[object]
) -> bool:
    if at == "drain":
        return True
    for to in ways.get(at, ()):
        if to not in seen and left.get((at, to), 0) > 0:
            seen.add(to)
            if _augment(left, ways, to, seen):
                left[at, to] -= 1
                left[to, at] = left.get((to, at), 0) + 1
                return True
    return False
