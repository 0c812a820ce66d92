"""What the page of a work shows: the version with its comments, what was given, files, others in the queue."""

import uuid
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Q

from learning.study.assignments.versions import flat_of
from learning.study.marking import names
from learning.study.marking.rounds import Round
from learning.study.models import InlineComment, Likeness, Submission, SubmissionFile, SubmissionVersion
from texts import Body, Flat
from texts.comparing import Block, inline
from texts.fields import READ, BodyField

LONGEST_QUOTE = 120


@dataclass(frozen=True)
class Card:
    """A comment beside the text; comments on words have numbers, in the order of the words."""

    row: InlineComment
    number: int
    may_remove: bool

    @property
    def quote(self) -> str:
        line = self.row.quote.strip().replace("\n", " ¶ ").replace("\u2028", " ")
        return line if len(line) <= LONGEST_QUOTE else line[: LONGEST_QUOTE - 1].rstrip() + "…"


@dataclass(frozen=True)
class NamedFile:
    public_id: uuid.UUID
    name: str
    size: int


@dataclass(frozen=True)
class Alike:
    """Passages that another work has, too."""

    row: Likeness
    other: Submission
    name: str


@dataclass
class Shown:
    """One version for one teacher; `compared` is the number of the version that it is compared with, or 0."""

    standing: Round
    viewer: Any
    number: int
    compared: int = 0

    @property
    def submission(self) -> Submission:
        return self.standing.submission

    @property
    def name(self) -> str:
        return names.name_for(self.viewer, self.submission)

    @property
    def is_hidden(self) -> bool:
        return names.is_hidden(self.submission)

    @cached_property
    def versions(self) -> list[SubmissionVersion]:
        """The newest first."""
        return list(self.submission.versions.order_by("-number").prefetch_related("files"))

    @cached_property
    def version(self) -> SubmissionVersion:
        return self._of_number(self.number) or self.versions[0]

    @property
    def is_newest(self) -> bool:
        return self.version == self.versions[0]

    @property
    def earlier(self) -> SubmissionVersion | None:
        """The version with which the one that is shown is compared."""
        found = self._of_number(self.compared)
        return found if found and found.number < self.version.number else None

    @cached_property
    def flat(self) -> Flat:
        return flat_of(self.version)

    @property
    def blocks(self) -> list[Block]:
        """What came and what went since the earlier version."""
        return inline(flat_of(self.earlier), self.flat) if self.earlier else []

    @cached_property
    def cards(self) -> list[Card]:
        rows = self.version.comments.select_related("author").order_by("start", "end", "pk")
        seen = [row for row in rows if self.standing.sees(self.viewer, row)]
        numbers = {row.pk: number for number, row in enumerate([row for row in seen if row.quote], start=1)}
        return [Card(row, numbers.get(row.pk, 0), self._may_remove(row)) for row in seen]

    def _may_remove(self, row: InlineComment) -> bool:
        return row.author_id == self.viewer.pk and row.released_at is None

    @property
    def body(self) -> BodyField:
        """The text for the browser's editor, with the places of the comments in it."""
        threads = [
            {
                "id": str(card.row.pk),
                "start": card.row.start,
                "end": card.row.end,
                "certain": True,
                "number": card.number,
            }
            for card in self.cards
            if card.number
        ]
        return BodyField.of(Body(self.flat), threads=threads, mode=READ)

    @property
    def files(self) -> list[NamedFile]:
        rows: list[SubmissionFile] = list(self.version.files.all())
        return [
            NamedFile(row.public_id, names.file_name(row, number, self.submission), row.size)
            for number, row in enumerate(rows, start=1)
        ]

    @cached_property
    def alike(self) -> list[Alike]:
        """Other works with the same passages, those that nobody has dismissed."""
        if not self.is_newest or not self.submission.run_assignment.hints_at_likeness:
            return []
        related = "submission__enrolment__learner"
        rows = (
            Likeness.objects.filter(Q(first=self.version) | Q(second=self.version), dismissed_at=None)
            .select_related(f"first__{related}", f"second__{related}")
            .order_by("-percent", "pk")
        )
        return [self._alike(row) for row in rows]

    def _alike(self, row: Likeness) -> Alike:
        version = row.second if row.first_id == self.version.pk else row.first
        other = version.submission
        other.run_assignment = self.submission.run_assignment
        return Alike(row, other, names.name_for(self.viewer, other))

    def _of_number(self, number: int) -> SubmissionVersion | None:
        return next((each for each in self.versions if each.number == number), None)
