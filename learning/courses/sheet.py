"""The questions of a page as they are shown, with the outcome where one of them has been answered."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any

from django.http import HttpRequest

from learning.courses.models.questions import Kind, Question, QuestionVersion
from learning.courses.selfcheck import Answer, Outcome, Part, check, right_sides
from learning.courses.services import current_version

# The parameters of an address that holds an answer.
QUESTION, VERSION = "kysymys", "v"
BLANK = "___"


@dataclass(frozen=True)
class Row:
    """An option, a pair or a step as the form shows it; `part` once it has been answered."""

    index: int
    id: str
    text: str
    is_checked: bool = False
    selected: str = ""
    part: Part | None = None


@dataclass(frozen=True)
class Shown:
    """A question as the template draws it. `choices` are (value, label) for the selects of pairs and steps."""

    code: str
    number: int
    anchor: str
    content: dict[str, Any]
    rows: list[Row]
    choices: list[tuple[str, str]]
    typed: str = ""
    outcome: Outcome | None = None
    is_outdated: bool = False

    @property
    def kind(self) -> str:
        return str(self.content["kind"])

    @property
    def prompt_parts(self) -> list[str]:
        """The prompt in pieces, with a blank between each two."""
        return str(self.content["prompt"]).split(BLANK)


@dataclass
class Sheet:
    """Shows the questions of one page; at most one of them is answered in an address."""

    asked: str = ""
    number: str = ""
    answer: Answer = field(default_factory=dict)
    seen: dict[str, int] = field(default_factory=dict)
    made: dict[int, Shown | None] = field(default_factory=dict)

    @classmethod
    def of(cls, request: HttpRequest | None) -> "Sheet":
        if request is None:
            return cls()
        return cls(request.GET.get(QUESTION, ""), request.GET.get(VERSION, ""), dict(request.GET.lists()))

    def show(self, question: Question) -> Shown | None:
        """Return how the question is shown; None where it has no version. The same object is shown once."""
        if id(question) not in self.made:
            self.made[id(question)] = self._make(question)
        return self.made[id(question)]

    def _make(self, question: Question) -> Shown | None:
        version = current_version(question)
        if version is None:
            return None
        anchor = self._anchor(question.code)
        # Where the page shows a question twice, the first one takes the answer.
        if question.code != self.asked or anchor != question.code:
            return show(version, anchor)
        asked = self._version_asked(question, version)
        return show(asked, anchor, self.answer, is_outdated=asked.number != version.number)

    def _anchor(self, code: str) -> str:
        self.seen[code] = self.seen.get(code, 0) + 1
        return code if self.seen[code] == 1 else f"{code}-{self.seen[code]}"

    def _version_asked(self, question: Question, current: QuestionVersion) -> QuestionVersion:
        """The version that the reader saw; the current one where the address names none that exists."""
        text = self.number
        number = int(text) if len(text) < 9 and text.isascii() and text.isdigit() else 0
        if number in (0, current.number):
            return current
        return QuestionVersion.objects.filter(question=question, number=number).first() or current

    @property
    def outcome(self) -> Outcome | None:
        return next((shown.outcome for shown in self.made.values() if shown and shown.outcome), None)


def show(version: QuestionVersion, anchor: str, answer: Answer | None = None, *, is_outdated: bool = False) -> Shown:
    outcome = None if answer is None else check(version, answer)
    return Shown(
        code=version.question.code,
        number=version.number,
        anchor=anchor,
        content=version.content,
        rows=_rows(version, anchor, answer or {}, outcome),
        choices=_choices(version),
        typed=_first(answer, "a")[:200],
        outcome=outcome,
        is_outdated=is_outdated,
    )


def shuffled(version: QuestionVersion, indexes: Sequence[int], purpose: str = "") -> list[int]:
    """The indexes in an order that is the same for everybody, for as long as the version lives.

    So the page may be cached, nothing moves between asking and answering, and a check needs no memory of the order.
    Never the order of the version, which tells the right answer of pairs and steps.
    """

    def throw(index: int) -> bytes:
        seed = f"{version.question_id}:{version.number}:{purpose}:{index}"
        return blake2b(seed.encode(), digest_size=8).digest()

    order = sorted(indexes, key=throw)
    return order if order != list(indexes) or len(order) < 2 else [*order[1:], order[0]]


def _rows(version: QuestionVersion, anchor: str, answer: Answer, outcome: Outcome | None) -> list[Row]:
    kind, options = version.content["kind"], version.content["options"]
    if kind in (Kind.FILL, Kind.NUMBER):
        return []
    parts = {part.index: part for part in outcome.parts} if outcome else {}
    checked = set(answer.get("a", ()))
    return [
        Row(
            index,
            f"{anchor}-{index}",
            options[index]["text"],
            str(index) in checked,
            _first(answer, f"a{index}"),
            parts.get(index),
        )
        for index in _order_of_rows(version)
    ]


def _order_of_rows(version: QuestionVersion) -> list[int]:
    """Yes comes before no, and the left sides of pairs stay; the rest are shuffled."""
    indexes = range(len(version.content["options"]))
    if version.content["kind"] in (Kind.TRUE_FALSE, Kind.MATCH):
        return list(indexes)
    return shuffled(version, indexes)


def _choices(version: QuestionVersion) -> list[tuple[str, str]]:
    options = version.content["options"]
    if version.content["kind"] == Kind.MATCH:
        sides = shuffled(version, right_sides(options), "right sides")
        return [(str(index), options[index]["match"]) for index in sides]
    if version.content["kind"] == Kind.ORDER:
        return [(str(index), str(index + 1)) for index in range(len(options))]
    return []


def _first(answer: Answer | None, name: str) -> str:
    return next(iter((answer or {}).get(name, ())), "")
