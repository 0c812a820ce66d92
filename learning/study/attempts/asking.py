"""The questions of an attempt with what has been answered, as pages and the marking need them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.forms import Form

from learning.courses.kinds import kind_of
from learning.courses.kinds.base import Answer, Outcome, QuestionKind, Review
from learning.courses.models import QuestionVersion
from learning.courses.sheet import Shown, draw
from learning.study.models import Attempt, AttemptAnswer

Fields = Mapping[str, Sequence[str]]
MOST_VALUES = 100


@dataclass(frozen=True)
class Asked:
    """A question in its place. `committed`: choices of a case that cannot be taken back."""

    number: int
    version: QuestionVersion
    points_possible: int
    answer: Answer
    seed: str
    committed: Answer
    row: AttemptAnswer | None = None
    # The form by which a teacher gives it more points; None where nobody does.
    raising: Form | None = None

    @property
    def prefix(self) -> str:
        return f"k{self.number}-"

    @property
    def anchor(self) -> str:
        return f"k{self.number}"

    @property
    def kind(self) -> QuestionKind:
        return kind_of(self.version.content["kind"])

    @property
    def is_answered(self) -> bool:
        return self.kind.is_answered(self.version.content, self.answer)

    @cached_property
    def complaint(self) -> str:
        """What is wrong with an answer that has been begun; of one that is missing nothing is said."""
        return self.kind.complaint(self.version.content, self.answer) if self.is_answered else ""

    @property
    def is_ready(self) -> bool:
        return self.is_answered and not self.complaint

    @cached_property
    def shown(self) -> Shown:
        # A case that goes on is no mistake, and says itself what to do.
        complaint = "" if self.kind.walks else self.complaint
        return draw(
            self.version,
            self.anchor,
            self.answer,
            seed=self.seed,
            prefix=self.prefix,
            locked=self.committed,
            complaint=complaint,
        )

    @cached_property
    def outcome(self) -> Outcome:
        return self.kind.mark(self.version.content, self.answer)

    @cached_property
    def review(self) -> Review:
        return self.kind.review(self.version.content, self.answer)


def rows_of(attempt: Attempt, fields: Fields | None = None) -> list[Asked]:
    """The questions in their order, with what the fields of the form say; without fields, what was handed in."""
    rows = attempt.answers.select_related("version__question").order_by("position")
    if fields is None:
        rows = rows.prefetch_related("changes")
    return [_asked(attempt, row, fields) for row in rows]


def _asked(attempt: Attempt, row: AttemptAnswer, fields: Fields | None) -> Asked:
    answer: Answer = row.answer
    if fields is not None:
        answer = answer_in(fields, row.version, row.position) | dict(row.answer)
    committed = row.answer if fields is not None else {}
    return Asked(row.position, row.version, row.points_possible, answer, str(attempt.public_id), committed, row)


def answer_in(fields: Fields, version: QuestionVersion, number: int) -> dict[str, list[str]]:
    """What the fields hold for the question of this number; nothing that its form does not have."""
    content = version.content
    names = kind_of(content["kind"]).names(content)
    sent = {name: list(fields.get(f"k{number}-{name}", ()))[:MOST_VALUES] for name in names}
    return {name: values for name, values in sent.items() if any(values)}


def known_fields(attempt: Attempt, fields: Fields) -> dict[str, list[str]]:
    """The fields that the form of the attempt has; whatever else was sent is left out."""
    known = {f"{row.prefix}{name}" for row in rows_of(attempt) for name in row.kind.names(row.version.content)}
    return {name: list(values)[:MOST_VALUES] for name, values in fields.items() if name in known}
