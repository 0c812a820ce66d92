"""Questions as they are shown, with the outcome where one of them has been answered."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any

from django.http import HttpRequest

from learning.courses.kinds import kind_of
from learning.courses.kinds.base import Answer, Outcome, Part, QuestionKind
from learning.courses.models.questions import Question, QuestionVersion
from learning.courses.selfcheck import check
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
    # By which name the answer is sent, and under which text of a case it stands.
    name: str = "a"
    heading: str = ""
    is_locked: bool = False


@dataclass(frozen=True)
class Shown:
    """A question as the template draws it. `choices` are (value, label) for the selects of pairs and steps.

    `prefix` stands before each name, where one form holds many questions.
    """

    code: str
    number: int
    anchor: str
    content: dict[str, Any]
    rows: list[Row]
    choices: list[tuple[str, str]]
    typed: str = ""
    outcome: Outcome | None = None
    is_outdated: bool = False
    prefix: str = ""
    complaint: str = ""

    @property
    def kind(self) -> str:
        return str(self.content["kind"])

    @property
    def knows(self) -> QuestionKind:
        return kind_of(self.kind)

    @property
    def longest(self) -> int:
        return self.knows.longest(self.content)

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
    """The question of a lesson, checked where there is an answer."""
    outcome = None if answer is None else check(version, answer)
    return draw(version, anchor, answer or {}, outcome=outcome, is_outdated=is_outdated)


def draw(
    version: QuestionVersion,
    anchor: str,
    answer: Answer,
    *,
    seed: str = "",
    prefix: str = "",
    locked: Collection[str] = (),
    **more: Any,
) -> Shown:
    """The question with what has been answered so far; `seed` gives the options an order of their own."""
    content, kind = version.content, kind_of(version.content["kind"])

    def shuffle(indexes: Sequence[int], purpose: str) -> list[int]:
        return shuffled(version, indexes, purpose, seed)

    outcome: Outcome | None = more.get("outcome")
    parts = {part.index: part for part in outcome.parts} if outcome else {}
    rows = [
        Row(
            index=place.index,
            id=f"{anchor}-{place.index}",
            text=content["options"][place.index]["text"],
            is_checked=str(place.index) in answer.get(place.name, ()),
            selected=_first(answer, place.name),
            part=parts.get(place.index),
            name=f"{prefix}{place.name}",
            heading=place.heading,
            is_locked=place.name in locked,
        )
        for place in kind.places(content, answer, shuffle)
    ]
    return Shown(
        code=version.question.code,
        number=version.number,
        anchor=anchor,
        content=content,
        rows=rows,
        choices=kind.choices(content, shuffle),
        typed=_first(answer, "a")[: kind.longest(content)] if not seed else _first(answer, "a"),
        prefix=prefix,
        **more,
    )


def shuffled(version: QuestionVersion, indexes: Sequence[int], purpose: str = "", seed: str = "") -> list[int]:
    """The indexes in an order that is the same for as long as the version lives, and for everybody unless seeded.

    So the page may be cached, nothing moves between asking and answering, and a check needs no memory of the order.
    Never the order of the version, which tells the right answer of pairs and steps.
    """

    def throw(index: int) -> bytes:
        told = f"{version.question_id}:{version.number}:{purpose}:{index}" + (f":{seed}" if seed else "")
        return blake2b(told.encode(), digest_size=8).digest()

    order = sorted(indexes, key=throw)
    return order if order != list(indexes) or len(order) < 2 else [*order[1:], order[0]]


def _first(answer: Answer | None, name: str) -> str:
    return next(iter((answer or {}).get(name, ())), "")
