"""What a run asks of its learners: lessons, quizzes and assignments in their modules, with when they are due."""

import datetime
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import BigIntegerField, Case, Q, Sum, Value, When

from common.dates import HELSINKI
from common.kept import kept
from learning.courses.models import CourseRun
from learning.study.due import run_ends
from learning.study.outline import Contents, contents_of
from learning.study.querysets import quizzes_of, run_with
from learning.study.tasks import assignments_of

QUIZ, ASSIGNMENT = "quiz", "assignment"
# How many bits a whole number of the databases holds with some to spare.
BITS = 60


@dataclass(frozen=True)
class Task:
    """A quiz or an assignment of the run. `due` is in Finnish time, nobody's extra time counted in."""

    kind: str
    pk: int
    title: str
    language: str
    # Pages of modules; None: the whole course.
    module: int | None
    opens: datetime.datetime | None
    due: datetime.datetime | None
    is_required: bool
    # Whether its due date concerns everybody: what is not required has to have a date of its own.
    is_awaited: bool
    has_peers: bool = False
    # None: no limit.
    most_attempts: int | None = None

    @property
    def key(self) -> str:
        """As addresses name it."""
        return f"{self.kind[0]}{self.pk}"

    def due_with(self, days: int) -> datetime.datetime | None:
        """When it is due for somebody with so many days of extra time: the clock on the wall stays."""
        return self.due + datetime.timedelta(days=days) if self.due else None


@dataclass(frozen=True)
class Part:
    """A column of the heat table: a module, or what belongs to the whole course (number 0)."""

    number: int
    title: str
    language: str
    lessons: tuple[int, ...]
    tasks: tuple[Task, ...]

    @property
    def size(self) -> int:
        return len(self.lessons) + len(self.tasks)


@dataclass(frozen=True)
class Asked:
    """All that a run asks."""

    contents: Contents
    tasks: tuple[Task, ...]
    starts: datetime.datetime
    ends: datetime.datetime | None

    @cached_property
    def lessons(self) -> frozenset[int]:
        return frozenset(lesson.pk for lesson in self.contents.lessons)

    @cached_property
    def size(self) -> int:
        return len(self.lessons) + len(self.tasks)

    @cached_property
    def digest(self) -> str:
        """Changes with everything by which it is told where learners stand; the same in every process."""
        facts = (self.tasks, sorted(self.lessons), self.starts, self.ends)
        return hashlib.sha256(repr(facts).encode()).hexdigest()[:16]

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        modules = [
            Part(
                module.number,
                module.title,
                module.language,
                tuple(lesson.pk for lesson in module.lessons),
                tuple(task for task in self.tasks if task.module == module.pk),
            )
            for module in self.contents.modules
        ]
        known = {module.pk for module in self.contents.modules}
        rest = tuple(task for task in self.tasks if task.module not in known)
        if rest:
            modules.append(Part(0, "", "", (), rest))
        return tuple(part for part in modules if part.size)

    def of_kind(self, kind: str) -> list[Task]:
        return [task for task in self.tasks if task.kind == kind]

    def task(self, key: str) -> Task | None:
        return next((task for task in self.tasks if task.key == key), None)


@kept
def asked_of(run_id: int) -> Asked:
    """The same for all teachers of the run, so kept."""
    run = run_with(run_id)
    tasks = (
        *(_task(QUIZ, row, row.quiz, run, most_attempts=row.quiz.attempts) for row in quizzes_of(run_id)),
        *(_task(ASSIGNMENT, row, row.assignment, run, has_peers=row.has_peers) for row in assignments_of(run_id)),
    )
    starts = datetime.datetime.combine(run.starts, datetime.time(), HELSINKI)
    return Asked(contents_of(run.course_id), tasks, starts, run_ends(run))


def _task(kind: str, row: Any, what: Any, run: CourseRun, **more: Any) -> Task:
    return Task(
        kind=kind,
        pk=row.pk,
        title=what.title,
        language=what.language,
        module=row.module_id,
        opens=row.opens,
        due=row.due.astimezone(HELSINKI) if row.due else run_ends(run),
        is_required=row.is_required,
        is_awaited=row.is_required or row.due is not None,
        **more,
    )


def mask(field: str, tasks: Sequence[Task], where: Q, *, distinct: bool = False) -> dict[str, Sum]:
    """Columns that tell in one number, bit by bit, which of the tasks rows of a group have, of those `where` is true.

    The database adds up powers of two, each once: for hundreds of learners this is a row each in place of one for
    each learner and task. Sixty tasks fit in a column.
    """
    return {
        f"mask_{start // BITS}": Sum(
            Case(
                *(
                    When(**{field: task.pk}, then=Value(1 << bit))
                    for bit, task in enumerate(tasks[start : start + BITS])
                ),
                default=Value(0),
                output_field=BigIntegerField(),
            ),
            filter=where,
            distinct=distinct,
        )
        for start in range(0, len(tasks), BITS)
    }


def unmasked(columns: Iterable[int | None]) -> int:
    """One mask of the columns, however many there are."""
    return sum(int(column or 0) << (BITS * place) for place, column in enumerate(columns))
