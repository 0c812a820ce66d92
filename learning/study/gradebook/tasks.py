"""What the learners of a run do and get marks for: its quizzes, its assignments and the peer reviews that these ask."""

import datetime
from dataclasses import dataclass, field
from enum import StrEnum

from common.kept import kept
from learning.courses.models import CourseRun
from learning.study.due import due_of, due_of_assignment, reviews_due_of
from learning.study.models import RunAssignment, RunQuiz
from learning.study.outline import contents_of
from learning.study.querysets import quizzes_of
from learning.study.tasks import assignments_of


class Kind(StrEnum):
    QUIZ = "quiz"
    ASSIGNMENT = "assignment"
    REVIEWS = "reviews"


@dataclass(frozen=True, slots=True)
class Task:
    """A column of the gradebook. `pk` is of its row on the run; `due` is everybody's, without anyone's extra days."""

    kind: Kind
    pk: int
    code: str
    title: str
    language: str
    is_required: bool
    due: datetime.datetime | None
    module: int = 0
    is_graded: bool = False
    weight: int = 1
    # The reviews that each writes; 0 for what is no review.
    reviews: int = 0
    # Whether its due date concerns everybody: what is not required has to have a date of its own.
    is_awaited: bool = True
    # Nobody may come from the learner's name to the work before it is marked.
    is_anonymous: bool = False
    # Kept, because a page of the gradebook asks for it thousands of times.
    key: str = field(init=False, default="")

    def __post_init__(self) -> None:
        object.__setattr__(self, "key", f"{self.kind}-{self.pk}")


def tasks_of(run: CourseRun) -> tuple[Task, ...]:
    """The tasks of the run in the order of the course: by module, then by when they are due."""
    return _tasks(run.pk, run.course_id)


@kept
def _tasks(run_id: int, course_id: int) -> tuple[Task, ...]:
    modules = {module.pk: module.number for module in contents_of(course_id).modules}
    tasks: list[Task] = []
    for row in quizzes_of(run_id):
        quiz, module = row.quiz, modules.get(row.module_id or 0, 0)
        about = (row.pk, quiz.code, quiz.title, quiz.language, row.is_required)
        tasks.append(Task(Kind.QUIZ, *about, due_of(row), module, is_awaited=_is_awaited(row)))
    for assigned in assignments_of(run_id):
        tasks += _of_assignment(assigned, modules.get(assigned.module_id or 0, 0))
    # What belongs to no module stands last. Sorting keeps the order of rows that are alike.
    return tuple(sorted(tasks, key=lambda task: (task.module or 1_000, task.due is None, task.due or 0)))


def _of_assignment(row: RunAssignment, module: int) -> list[Task]:
    assignment = row.assignment
    about = (row.pk, assignment.code, assignment.title, assignment.language, row.is_required)
    work = Task(
        Kind.ASSIGNMENT,
        *about,
        due_of_assignment(row),
        module,
        is_graded=assignment.is_graded,
        weight=row.weight,
        is_awaited=_is_awaited(row),
        is_anonymous=row.is_marked_anonymously,
    )
    if not row.has_peers:
        return [work]
    reviews = Task(
        Kind.REVIEWS, *about, reviews_due_of(row), module, reviews=row.reviews_each, is_awaited=_is_awaited(row)
    )
    return [work, reviews]


def _is_awaited(row: RunQuiz | RunAssignment) -> bool:
    return row.is_required or row.due is not None
