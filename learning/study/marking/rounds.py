"""Where the marking of a work stands: what was given for its newest version, and what a teacher may give now."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from learning.study.models import InlineComment, Mark, RunTeacher, Submission, SubmissionVersion
from learning.study.models.assignments import SubmissionStatus
from learning.study.models.runs import MARKERS

Part = Mark.Part


@dataclass
class Round:
    """`marks` are all of the submission's, oldest first; `roles` the parts of the run's teachers by their ids."""

    submission: Submission
    version: SubmissionVersion
    marks: list[Mark]
    roles: dict[int, str] = field(default_factory=dict)

    @property
    def seen(self) -> int:
        return len(self.marks)

    @cached_property
    def newest(self) -> list[Mark]:
        """What was given for the newest version."""
        return [mark for mark in self.marks if mark.version_id == self.version.pk]

    @property
    def first(self) -> Mark | None:
        return next((mark for mark in self.newest if mark.part == Part.FIRST), None)

    @property
    def second(self) -> Mark | None:
        return next((mark for mark in self.newest if mark.part == Part.SECOND), None)

    @property
    def is_secret(self) -> bool:
        """Whether the markers may not know yet what the others think."""
        if not self.submission.run_assignment.needs_second_marker:
            return False
        return self.submission.status in {SubmissionStatus.HANDED_IN, SubmissionStatus.SECOND}

    def visible(self, viewer: Any) -> list[Mark]:
        """The assessments that the viewer may see."""
        hidden = {mark.pk for mark in self.newest} if self.is_secret else set()
        return [mark for mark in self.marks if mark.pk not in hidden or mark.by_id == viewer.pk]

    def sees(self, viewer: Any, comment: InlineComment) -> bool:
        """Comments of another marker would tell what they think."""
        if comment.released_at is not None or comment.author_id == viewer.pk or not self.is_secret:
            return True
        return self.roles.get(comment.author_id or 0) not in MARKERS

    @property
    def rounds_used(self) -> int:
        """How many times the learner has been asked to complete earlier versions."""
        asked = {
            mark.version_id
            for mark in self.marks
            if mark.outcome == Mark.Outcome.AGAIN and mark.released_at is not None
        }
        return len(asked - {self.version.pk})

    @property
    def may_ask_again(self) -> bool:
        return self.rounds_used < self.submission.run_assignment.assignment.resubmissions


def round_of(submission: Submission) -> Round:
    """Three queries."""
    version = submission.versions.order_by("-number").first()
    assert version is not None, "a submission has a version from its beginning"
    marks = list(submission.marks.select_related("by", "version").order_by("at", "pk"))
    teachers = RunTeacher.objects.filter(run_id=submission.run_assignment.run_id).values_list("user_id", "role")
    return Round(submission, version, marks, dict(teachers))
