"""A run with two teachers and a work that waits for them."""

from dataclasses import dataclass
from typing import Any

import pytest

from accounts.models import User
from accounts.roles import Role
from learning.courses.models import CourseRun
from learning.study.marking.rounds import round_of
from learning.study.marking.services import give
from learning.study.models import Mark, RunAssignment, RunTeacher, Submission
from tests.learning.study.factories import enrolled, make_person, make_run
from tests.learning.study.handing_in import assigned, handed_in


@dataclass
class Desk:
    """Who marks what. `give` gives as a teacher who has the newest page open."""

    run: CourseRun
    task: RunAssignment
    leader: User
    teacher: User
    assistant: User
    work: Submission

    def again(self) -> Submission:
        """The work as it is now."""
        return Submission.objects.select_related("enrolment", "run_assignment", "mark").get(pk=self.work.pk)

    def give(self, by: User, outcome: str = "accepted", **given: Any) -> Mark:
        standing = round_of(self.again())
        values = {"version": standing.version.number, "seen": standing.seen, "words": "Selkeä.", **given}
        return give(submission=self.work, by=by, outcome=outcome, **values)


def make_desk(text: str = "Rakenne näkyy arjessa.", **fields: Any) -> Desk:
    run = make_run()
    leader, teacher, assistant = (make_person(name, Role.TEACHER) for name in ("vastaava", "opettaja", "avustaja"))
    for person, role in ((leader, "responsible"), (teacher, "teacher"), (assistant, "assistant")):
        RunTeacher.objects.create(run=run, user=person, role=role)
    task = assigned(run, **fields)
    return Desk(run, task, leader, teacher, assistant, handed_in(enrolled(run), task, text))


@pytest.fixture
def desk(db: None) -> Desk:
    return make_desk()
