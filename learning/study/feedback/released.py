"""The feedback on a work by rounds: what its writer has been given to see, and nothing else."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from learning.study.models import InlineComment, Mark, Submission, SubmissionVersion
from texts import Flat

REPLACING = {Mark.Part.FINAL, Mark.Part.CHANGE, Mark.Part.UNDO, Mark.Part.ELSEWHERE}


@dataclass(frozen=True)
class Note:
    """A comment with its number on the page; without a quote it is about all of the work."""

    number: int
    comment: InlineComment

    @property
    def quote(self) -> str:
        """The words in one line."""
        return " ".join(self.comment.quote.split())

    @property
    def who(self) -> str:
        return teacher_name(self.comment.author)


@dataclass(frozen=True)
class Round:
    """A version with what was given for it: `marks` hold now, `former` were replaced."""

    version: SubmissionVersion
    marks: Sequence[Mark]
    former: Sequence[Mark]
    notes: Sequence[Note]

    @property
    def mark(self) -> Mark:
        return self.marks[-1]

    @cached_property
    def flat(self) -> Flat:
        return Flat.of_json(self.version.body) if self.version.body else Flat()

    @property
    def quoted(self) -> list[Note]:
        return [note for note in self.notes if note.quote]

    @property
    def teachers(self) -> str:
        """Who gave it."""
        return ", ".join(dict.fromkeys(teacher_name(mark.by) for mark in self.marks))


@dataclass(frozen=True)
class Feedback:
    submission: Submission
    rounds: Sequence[Round]
    newest: SubmissionVersion

    @property
    def now(self) -> Round | None:
        """The round that holds."""
        return self.rounds[-1] if self.rounds else None

    @property
    def earlier(self) -> Sequence[Round]:
        return self.rounds[-2::-1]

    @property
    def has_newer(self) -> bool:
        """Whether the writer has handed in a version that waits for its feedback."""
        return self.now is not None and self.now.version.pk != self.newest.pk

    @property
    def is_graded(self) -> bool:
        return self.submission.run_assignment.assignment.is_graded


def feedback_of(submission: Submission) -> Feedback:
    """All that has been released of the work; three queries, whatever its size."""
    versions = list(submission.versions.order_by("number"))
    marks = list(submission.marks.filter(released_at__isnull=False).select_related("by").order_by("at", "pk"))
    comments = InlineComment.objects.filter(version__submission=submission, released_at__isnull=False)
    rows = list(comments.select_related("author").order_by("start", "end", "pk"))
    rounds = [
        _round(version, given, [row for row in rows if row.version_id == version.pk])
        for version in versions
        if (given := [mark for mark in marks if mark.version_id == version.pk])
    ]
    return Feedback(submission, rounds, versions[-1])


def teacher_name(person: Any) -> str:
    return (person.get_full_name() if person else "") or _("Teacher")


def _round(version: SubmissionVersion, given: list[Mark], comments: list[InlineComment]) -> Round:
    """What was decided, changed or undone stands alone; before that each marker's own holds."""
    replacing = [mark for mark in given if mark.part in REPLACING]
    holding = replacing[-1:] or given
    former = [mark for mark in given if mark not in holding]
    return Round(version, holding, former, [Note(number, row) for number, row in enumerate(comments, 1)])
