"""Where a learner stands on a run: each lesson and quiz with its state, where to go on, what is still required."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar, Protocol

from django.utils import timezone

from learning.courses.models import CourseRun
from learning.study import pace
from learning.study.due import due_of
from learning.study.models import Enrolment, RunQuiz
from learning.study.models.enrolments import Status
from learning.study.outline import Contents, Lesson, Module
from learning.study.tasks import AssignmentRow, ReviewsRow

DONE, NOW, STARTED, NOT_STARTED = "done", "now", "started", "no"


class Progress(Protocol):
    """What is told of a lesson that was opened."""

    @property
    def opened_at(self) -> datetime.datetime: ...
    @property
    def seen_at(self) -> datetime.datetime: ...
    @property
    def done_at(self) -> datetime.datetime | None: ...
    @property
    def place(self) -> str: ...


@dataclass(frozen=True)
class LessonRow:
    lesson: Lesson
    state: str

    @property
    def is_done(self) -> bool:
        return self.state == DONE


@dataclass(frozen=True)
class QuizRow:
    """A quiz of the run; passed, or tried without passing, or not tried."""

    run_quiz: RunQuiz
    due: datetime.datetime | None
    is_passed: bool
    is_tried: bool
    is_under_way: bool
    # Every attempt is handed in and none of them passed.
    is_used_up: bool = False

    kind: ClassVar[str] = "quiz"

    @property
    def pk(self) -> int:
        return self.run_quiz.pk

    @property
    def title(self) -> str:
        return self.run_quiz.quiz.title

    @property
    def language(self) -> str:
        return self.run_quiz.quiz.language

    @property
    def code(self) -> str:
        return self.run_quiz.quiz.code

    @property
    def is_required(self) -> bool:
        return self.run_quiz.is_required

    @property
    def is_done(self) -> bool:
        return self.is_passed

    @property
    def is_awaited(self) -> bool:
        """Whether its due date concerns the learner: one that is not required has to have a date of its own."""
        if self.due is None or self.is_passed or self.is_used_up:
            return False
        return self.run_quiz.is_required or bool(self.run_quiz.due)

    def is_open_at(self, moment: datetime.datetime) -> bool:
        """Whether it may be taken: it has opened, is not over, and an attempt is left."""
        opens = self.run_quiz.opens
        return not self.is_used_up and (opens is None or opens <= moment) and (self.due is None or moment < self.due)

    @property
    def state(self) -> str:
        return DONE if self.is_passed else STARTED if self.is_tried else NOT_STARTED


# What is handed in, taken or written on a run, as its learner meets it.
TaskRow = QuizRow | AssignmentRow | ReviewsRow
FAR = datetime.datetime.max.replace(tzinfo=datetime.UTC)


@dataclass(frozen=True)
class ModuleRow:
    """The same for all who stand the same, and drawn once for them."""

    module: Module
    lessons: tuple[LessonRow, ...]
    quizzes: tuple[QuizRow, ...]
    assignments: tuple[AssignmentRow, ...] = ()

    @property
    def tasks(self) -> tuple[QuizRow | AssignmentRow, ...]:
        return (*self.quizzes, *self.assignments)

    @property
    def done(self) -> int:
        return sum(row.is_done for row in self.lessons)

    @property
    def tasks_left(self) -> int:
        """The required tasks that are not done, where all else is; 0 while there are lessons to read."""
        is_read = self.done == len(self.lessons)
        return sum(row.is_required and not row.is_done for row in self.tasks) if is_read else 0

    @property
    def state(self) -> str:
        """Done when every lesson and required task in it is; a plan is never done."""
        if self.lessons and self.done == len(self.lessons) and not self.tasks_left:
            return DONE
        if any(row.state == NOW for row in self.lessons):
            return NOW
        begun = any(row.state != NOT_STARTED for row in (*self.lessons, *self.tasks))
        return STARTED if begun else NOT_STARTED


@dataclass
class Standing:
    """Made of what was read already; it asks the database nothing."""

    run: CourseRun
    contents: Contents
    enrolment: Enrolment | None
    progress: Mapping[int, Progress]
    quizzes: tuple[QuizRow, ...] = ()
    assignments: tuple[AssignmentRow, ...] = ()
    reviews: tuple[ReviewsRow, ...] = ()

    @cached_property
    def now(self) -> Lesson | None:
        """The lesson to go on with: the one last read, or the first not done after the last done; None when all are."""
        lessons = self.contents.lessons
        left = [lesson for lesson in lessons if not self._is_done(lesson)]
        begun = [lesson for lesson in left if lesson.pk in self.progress]
        if begun:
            return max(begun, key=lambda lesson: self.progress[lesson.pk].seen_at)
        last = max((at for at, lesson in enumerate(lessons) if self._is_done(lesson)), default=-1)
        return next(iter(lessons[last + 1 :] or left), None)

    @property
    def next_task(self) -> TaskRow | None:
        """What to go on with when all is read: the first required task to come that may be done now."""
        if self.now is not None:
            return None
        now = timezone.now()
        return next((row for row in self.tasks_left if row.is_open_at(now)), None)

    @cached_property
    def tasks(self) -> tuple[TaskRow, ...]:
        """The first to be due first, what has no due date last. Reviews are among them once the own work is there."""
        given = (row for row in self.reviews if row.is_given)
        rows: tuple[TaskRow, ...] = (*self.quizzes, *self.assignments, *given)
        return tuple(sorted(rows, key=lambda row: row.due or FAR))

    @property
    def place(self) -> str:
        """The heading in it that the reader came to."""
        row = self.progress.get(self.now.pk) if self.now else None
        return row.place if row else ""

    @cached_property
    def modules(self) -> tuple[ModuleRow, ...]:
        return tuple(
            ModuleRow(
                module,
                tuple(self._row(lesson) for lesson in module.lessons),
                tuple(row for row in self.quizzes if row.run_quiz.module_id == module.pk),
                tuple(row for row in self.assignments if row.run_assignment.module_id == module.pk),
            )
            for module in self.contents.modules
        )

    @property
    def bricks(self) -> tuple[str, ...]:
        """The states of the modules that have lessons."""
        return tuple(row.state for row in self.modules if row.lessons)

    @property
    def tasks_of_course(self) -> list[QuizRow | AssignmentRow]:
        """Those that belong to no module of the course."""
        modules = {module.pk for module in self.contents.modules}
        quizzes = [row for row in self.quizzes if row.run_quiz.module_id not in modules]
        return [*quizzes, *(row for row in self.assignments if row.run_assignment.module_id not in modules)]

    @cached_property
    def lessons_done(self) -> int:
        return sum(self._is_done(lesson) for lesson in self.contents.lessons)

    @property
    def title(self) -> str:
        """The course in the reader's language; its name where it has no public page."""
        return self.contents.title or self.run.course.name

    @property
    def done_of_all(self) -> str:
        return f"{self.lessons_done}/{len(self.contents.lessons)}"

    @property
    def lessons_left(self) -> int:
        return len(self.contents.lessons) - self.lessons_done

    @property
    def completed_at(self) -> datetime.datetime | None:
        is_completed = self.enrolment is not None and self.enrolment.status == Status.COMPLETED
        return self.enrolment.completed_at if self.enrolment and is_completed else None

    @property
    def required_lessons_left(self) -> int | None:
        """How many lessons are still to be marked as read; None where the run does not ask for it."""
        return self.lessons_left if self.run.requires_lessons and self.contents.lessons else None

    @property
    def known_pace(self) -> str:
        """By whose pace the time left is counted: the learner's own or the one told; "" where none is left."""
        return "" if not self.minutes_left else "own" if self.pace else "told"

    @property
    def tasks_left(self) -> list[TaskRow]:
        return [row for row in self.tasks if row.is_required and not row.is_done]

    @cached_property
    def pace(self) -> float | None:
        rows = ((lesson, self.progress.get(lesson.pk)) for lesson in self.contents.lessons)
        read = [
            (lesson.minutes, (row.done_at - row.opened_at).total_seconds() / 60)
            for lesson, row in rows
            if row and row.done_at
        ]
        return pace.pace_of(read)

    @property
    def minutes_left(self) -> int:
        """Minutes of the lessons that are left, at the learner's own pace where it is known."""
        left = sum(lesson.minutes for lesson in self.contents.lessons if not self._is_done(lesson))
        return pace.minutes_left(left, self.pace)

    def _is_done(self, lesson: Lesson) -> bool:
        row = self.progress.get(lesson.pk)
        return bool(row and row.done_at)

    def _row(self, lesson: Lesson) -> LessonRow:
        row = self.progress.get(lesson.pk)
        state = NOW if lesson == self.now else DONE if row and row.done_at else STARTED if row else NOT_STARTED
        return LessonRow(lesson, state)


def quiz_row(run_quiz: RunQuiz, enrolment: Enrolment | None, results: Sequence[bool | None]) -> QuizRow:
    """`results`: for each attempt that counts, whether it passed; None while it is under way."""
    most, is_passed, is_under_way = run_quiz.quiz.attempts, True in results, None in results
    is_used_up = most is not None and len(results) >= most and not is_passed and not is_under_way
    return QuizRow(run_quiz, due_of(run_quiz, enrolment), is_passed, bool(results), is_under_way, is_used_up)
