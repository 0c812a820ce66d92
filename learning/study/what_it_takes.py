"""What a run takes of a learner, told before enrolling."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from learning.courses.models import CourseRun
from learning.study.due import due_of, due_of_assignment, reviews_due_of
from learning.study.models import Enrolment, RunAssignment, RunQuiz
from learning.study.models.enrolments import Status
from learning.study.outline import Contents, contents_of
from learning.study.services.seats import free_seats
from learning.study.tasks import assignments_of


@dataclass(frozen=True)
class QuizToTake:
    """A quiz to take, and when at the latest."""

    run_quiz: RunQuiz
    due: datetime.datetime | None


@dataclass(frozen=True)
class WorkToHandIn:
    """An assignment to hand in, and the reviews that come with it."""

    run_assignment: RunAssignment
    due: datetime.datetime | None
    reviews_due: datetime.datetime | None


@dataclass(frozen=True)
class WhatItTakes:
    """`free`: seats that the next one to enrol may take; None where there is no limit."""

    contents: Contents
    tasks: Sequence[QuizToTake]
    works: Sequence[WorkToHandIn]
    free: int | None
    queued: int
    place: int | None

    @classmethod
    def of(cls, run: CourseRun, enrolment: Enrolment | None) -> "WhatItTakes":
        """Everything for the page: two or three queries beyond the run with its quizzes."""
        queued = Enrolment.objects.filter(run=run, status=Status.WAITING).count() if run.seats is not None else 0
        tasks = []
        for run_quiz in run.run_quizzes.all():
            run_quiz.run = run
            tasks.append(QuizToTake(run_quiz, due_of(run_quiz, enrolment)))
        return cls(
            contents_of(run.course_id),
            tasks,
            [
                WorkToHandIn(
                    row, due_of_assignment(row, enrolment), reviews_due_of(row, enrolment) if row.has_peers else None
                )
                for row in assignments_of(run.pk)
            ],
            # What is free while others wait is theirs.
            0 if queued else free_seats(run),
            queued,
            enrolment.place_in_queue() if enrolment else None,
        )

    @property
    def peers(self) -> str:
        """Whether other learners read works: "named" where some are read with names, "" where none are read."""
        kinds = {work.run_assignment.peers for work in self.works} - {RunAssignment.Peers.NONE}
        return str(max(kinds, default=""))

    @property
    def is_full(self) -> bool:
        return self.free == 0
