"""What the dashboard of a run says of its learners, as plain values: small to keep and quick to read back."""

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import MISSING, fields
from operator import attrgetter
from typing import Any, NamedTuple, overload

from learning.courses.models import CourseRun
from learning.study.models.enrolments import Status
from learning.study.overview.asked import ASSIGNMENT, QUIZ, Asked, Task, asked_of
from learning.study.overview.groups import members_of
from learning.study.overview.stalling import stalls_of
from learning.study.overview.standings import Learner, learners_who_study
from learning.study.overview.weekly import States, Week, states_of, weeks_of

# Where the key of the enrolment stands in the row of a learner (_row).
PK = 0


class Stalled(NamedTuple):
    """Why a learner has stalled: overview.stalling.Stall with the place of its task."""

    days: int
    task: int
    due: datetime.datetime | None
    is_late: bool


class Figures(NamedTuple):
    """All that is told of a run at a moment. Learners are plain tuples, by name as the language has them.

    `stalls` and `groups` name learners by their places among `rows`. `asked` tells of what the run asked then: where
    it asks something else now, the figures are of no use.
    """

    made_at: datetime.datetime
    asked: str
    rows: list[tuple[Any, ...]]
    # Of the learners: their institutions, and how many have completed the run.
    institutions: frozenset[int]
    completed: int
    stalls: dict[int, Stalled]
    groups: dict[str, list[int]]
    weeks: list[Week]
    states: list[States]


class Learners(Sequence[Learner]):
    """Learners who are made of their rows when they are looked at: a page shows a few of hundreds."""

    def __init__(self, figures: Figures, asked: Asked, places: Sequence[int]) -> None:
        self._figures, self._asked, self.places = figures, asked, places

    def __len__(self) -> int:
        return len(self.places)

    def __iter__(self) -> Iterator[Learner]:
        return (learner_of(self._figures.rows[place], self._asked.tasks) for place in self.places)

    @overload
    def __getitem__(self, at: int) -> Learner: ...

    @overload
    def __getitem__(self, at: slice) -> "Learners": ...

    def __getitem__(self, at: int | slice) -> "Learner | Learners":
        if isinstance(at, slice):
            return self.at(self.places[at])
        return learner_of(self._figures.rows[self.places[at]], self._asked.tasks)

    def counts(self) -> list[int]:
        """How much each has done (Learner.count), told by the rows alone: of all at once, to put them in order."""
        rows = self._figures.rows
        return [_count_of(rows[place]) for place in self.places]

    def at(self, places: Sequence[int]) -> "Learners":
        """Others of the same run."""
        return Learners(self._figures, self._asked, places)


def figures_of(run: CourseRun, learners: Sequence[Learner], now: datetime.datetime) -> Figures:
    """The figures of the run whose learners have been read, in the order in which they are given."""
    asked = asked_of(run.pk)
    place_of = {task: place for place, task in enumerate(asked.tasks)}
    of_learner = {each.pk: place for place, each in enumerate(learners)}
    stalls = stalls_of(learners, asked, now)
    return Figures(
        made_at=now,
        asked=asked.digest,
        rows=[_row(each, place_of) for each in learners],
        institutions=frozenset(each.institution for each in learners if each.institution),
        completed=sum(each.status == Status.COMPLETED for each in learners),
        stalls={
            of_learner[pk]: Stalled(stall.days, place_of[stall.task], stall.due, stall.is_late)
            for pk, stall in stalls.items()
        },
        groups={
            code: [of_learner[each.pk] for each in members]
            for code, members in members_of(asked, learners, stalls).items()
        },
        weeks=weeks_of(run, asked, len(learners)),
        states=states_of(run, asked, len(learners)),
    )


def in_order(figures: Figures, places: Sequence[int]) -> Figures:
    """The same figures with the learners in another order: their places now, in the order to be."""
    place_of = {old: new for new, old in enumerate(places)}
    return figures._replace(
        rows=[figures.rows[old] for old in places],
        stalls={place_of[old]: stalled for old, stalled in figures.stalls.items()},
        groups={code: sorted(place_of[old] for old in members) for code, members in figures.groups.items()},
    )


def look(run: CourseRun, now: datetime.datetime) -> Figures:
    """The figures as they are now, the learners in the order of the language in use; ten queries."""
    return figures_of(run, learners_who_study(run, now), now)


# With what a Learner is made: the fields that it has nothing to put in place of.
_about = attrgetter(*(each.name for each in fields(Learner) if each.default is each.default_factory is MISSING))


def _row(each: Learner, place_of: Mapping[Task, int]) -> tuple[Any, ...]:
    """What learner_of reads back: the fields with which a Learner is made, in their order, and what was found out."""
    late = tuple(place_of[task] for task in each.late)
    return *_about(each), each.lessons, each.done[QUIZ], each.done[ASSIGNMENT], each.active_at, late


def _count_of(row: tuple[Any, ...]) -> int:
    *_about, lessons, quizzes, assignments, _active_at, _late = row
    count: int = lessons + quizzes.bit_count() + assignments.bit_count()
    return count


def learner_of(row: tuple[Any, ...], tasks: Sequence[Task]) -> Learner:
    """The learner of a row, without what decided who is late and in which groups."""
    *about, lessons, quizzes, assignments, active_at, late = row
    learner = Learner(*about)
    learner.lessons, learner.active_at = lessons, active_at
    learner.done = {QUIZ: quizzes, ASSIGNMENT: assignments}
    learner.late = tuple(tasks[place] for place in late)
    return learner
