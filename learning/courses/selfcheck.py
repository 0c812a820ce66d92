"""Checking an answer to a question: pure functions from a version and what was sent to an outcome.

Answers come from an address that anybody can edit, so every value is bounded and checked; what cannot be read
gets a sentence and never an error. Options are known by their place in the version, whatever order they are shown in.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.errors import Refused
from learning.courses.models.questions import Kind, QuestionVersion

# What was sent: `a` for choices and typed answers, `a0`, `a1` … for what each pair or step was given.
Answer = Mapping[str, Sequence[str]]
Option = Mapping[str, Any]

MAX_TYPED = 200
MAX_CHOSEN = 100
NUMBER = re.compile(r"[+-]?\d{1,15}(\.\d{1,9})?")
MINUS = "\N{MINUS SIGN}"


class Verdict(StrEnum):
    RIGHT = "right"
    PARTLY = "partly"
    WRONG = "wrong"
    NOT_CHECKED = "not-checked"


@dataclass(frozen=True)
class Part:
    """One option, pair or step of the question and how the answer met it.

    `is_right`: of a choice, whether the option is a right one; of a pair or step, whether it was put right.
    """

    index: int
    text: str
    given: str = ""
    is_chosen: bool = False
    is_right: bool = False
    feedback: str = ""


@dataclass(frozen=True)
class Outcome:
    """What the reader is told. `solution` is kept folded; choices carry theirs in the parts."""

    verdict: Verdict
    message: str = ""
    parts: tuple[Part, ...] = ()
    solution: tuple[str, ...] = ()

    @property
    def right_count(self) -> int:
        return sum(part.is_right for part in self.parts)

    @property
    def explained(self) -> list[Part]:
        """What was chosen and has something said of it, then the right ones that were not chosen."""
        told = [part for part in self.parts if part.feedback and (part.is_chosen or part.is_right)]
        return sorted(told, key=lambda part: not part.is_chosen)

    @property
    def is_checked(self) -> bool:
        return self.verdict != Verdict.NOT_CHECKED


class Unanswered(Refused):
    message = gettext_lazy("Choose an answer first.")


class Unreadable(Refused):
    message = gettext_lazy("The answer could not be read. Answer again.")


def check(version: QuestionVersion, answer: Answer) -> Outcome:
    """Compare the answer with the version that was asked."""
    content = version.content
    try:
        return CHECKS[Kind(content["kind"])](content, answer)
    except Refused as refusal:
        return Outcome(Verdict.NOT_CHECKED, str(refusal.message))


def right_sides(options: Sequence[Option]) -> list[int]:
    """The options whose pair stands for every option with the same pair: the choices when matching."""
    first: dict[str, int] = {}
    for index, option in enumerate(options):
        first.setdefault(option["match"], index)
    return list(first.values())


def _check_single(content: Mapping[str, Any], answer: Answer) -> Outcome:
    chosen = _chosen(answer, len(content["options"]))
    if len(chosen) > 1:
        raise Unreadable(_("Choose only one answer."))
    return _choice_outcome(content, chosen)


def _check_multiple(content: Mapping[str, Any], answer: Answer) -> Outcome:
    return _choice_outcome(content, _chosen(answer, len(content["options"])))


def _choice_outcome(content: Mapping[str, Any], chosen: set[int]) -> Outcome:
    parts = tuple(
        Part(index, option["text"], "", index in chosen, bool(option["correct"]), option["feedback"])
        for index, option in enumerate(content["options"])
    )
    right = {part.index for part in parts if part.is_right}
    verdict = _verdict(len(chosen & right), all_right=chosen == right)
    return Outcome(verdict, _feedback(content, verdict), parts)


def _check_match(content: Mapping[str, Any], answer: Answer) -> Outcome:
    options = content["options"]
    missing = _("Choose a pair for each one.")
    given = [_place(answer, index, len(options), missing) for index in range(len(options))]
    parts = tuple(
        Part(index, option["text"], options[place]["match"], True, options[place]["match"] == option["match"],
             option["feedback"])
        for index, (option, place) in enumerate(zip(options, given, strict=True))
    )  # fmt: skip
    solution = tuple(f"{option['text']} \N{EN DASH} {option['match']}" for option in options)
    return _placed_outcome(content, parts, solution)


def _check_order(content: Mapping[str, Any], answer: Answer) -> Outcome:
    options = content["options"]
    missing = _("Choose a place for each step.")
    given = [_place(answer, index, len(options), missing) for index in range(len(options))]
    if len(set(given)) < len(given):
        raise Unreadable(_("Two steps have the same place. Give each step its own place."))
    parts = tuple(
        # Two steps with the same words may change places.
        Part(index, option["text"], str(place + 1), True, options[place]["text"] == option["text"], option["feedback"])
        for index, (option, place) in enumerate(zip(options, given, strict=True))
    )
    return _placed_outcome(content, parts, tuple(option["text"] for option in options))


def _placed_outcome(content: Mapping[str, Any], parts: tuple[Part, ...], solution: tuple[str, ...]) -> Outcome:
    right = sum(part.is_right for part in parts)
    verdict = _verdict(right, all_right=right == len(parts))
    return Outcome(verdict, _feedback(content, verdict), parts, () if verdict == Verdict.RIGHT else solution)


def _check_fill(content: Mapping[str, Any], answer: Answer) -> Outcome:
    typed = folded(_typed(answer))
    if not typed:
        raise Unanswered(_("Write an answer first."))
    return _typed_outcome(content, lambda option: folded(option["text"]) == typed)


def _check_number(content: Mapping[str, Any], answer: Answer) -> Outcome:
    value = read_number(_typed(answer).removesuffix(content["unit"]))
    if value is None:
        raise Unreadable(_("Write the answer as a number, for example 2.5."))
    tolerance = Decimal(content["tolerance"])

    def matches(option: Option) -> bool:
        expected = read_number(option["text"])
        # Only right answers have a margin: a near miss of a known mistake is not that mistake.
        return expected is not None and abs(expected - value) <= (tolerance if option["correct"] else 0)

    return _typed_outcome(content, matches)


def _typed_outcome(content: Mapping[str, Any], matches: Callable[[Option], bool]) -> Outcome:
    """The first option that the answer matches decides, right ones before known mistakes."""
    options = sorted(content["options"], key=lambda option: not option["correct"])
    met = next((option for option in options if matches(option)), None)
    if met is not None and met["correct"]:
        return Outcome(Verdict.RIGHT, met["feedback"] or content["feedback_right"])
    message = met["feedback"] if met is not None and met["feedback"] else content["feedback_wrong"]
    unit = f" {content['unit']}" if content["unit"] else ""
    solution = tuple(f"{option['text']}{unit}" for option in options if option["correct"])
    return Outcome(Verdict.WRONG, message, solution=solution[:1])


def folded(text: str) -> str:
    """The text without the differences that do not matter: case, spaces, marks around it."""
    words = unicodedata.normalize("NFKC", text).casefold().split()
    return " ".join(words).strip(" .,;:!?\"'\N{RIGHT DOUBLE QUOTATION MARK}")


def read_number(text: str) -> Decimal | None:
    """Read a number with a comma or a point and with spaces between thousands; None when it is not one."""
    bare = "".join(text.split()).replace(MINUS, "-").replace(",", ".")
    if not NUMBER.fullmatch(bare):
        return None
    try:
        return Decimal(bare)
    except InvalidOperation:
        # Digits of scripts that Decimal does not read.
        return None


def _verdict(right: int, *, all_right: bool) -> Verdict:
    if all_right:
        return Verdict.RIGHT
    return Verdict.PARTLY if right else Verdict.WRONG


def _feedback(content: Mapping[str, Any], verdict: Verdict) -> str:
    return str(content["feedback_right"] if verdict == Verdict.RIGHT else content["feedback_wrong"])


def _index(text: str, count: int) -> int:
    if len(text) > 4 or not (text.isascii() and text.isdigit()) or int(text) >= count:
        raise Unreadable
    return int(text)


def _chosen(answer: Answer, count: int) -> set[int]:
    values = answer.get("a", ())
    if not values:
        raise Unanswered
    return {_index(value, count) for value in values[:MAX_CHOSEN]}


def _place(answer: Answer, index: int, count: int, missing: str) -> int:
    values = [value for value in answer.get(f"a{index}", ()) if value]
    if not values:
        raise Unanswered(missing)
    return _index(values[-1], count)


def _typed(answer: Answer) -> str:
    text = next(iter(answer.get("a", ())), "")
    if len(text) > MAX_TYPED:
        raise Unreadable(_("The answer is too long."))
    return "".join(character if character.isprintable() else " " for character in text).strip()


CHECKS: Mapping[Kind, Callable[[Mapping[str, Any], Answer], Outcome]] = {
    Kind.SINGLE: _check_single,
    Kind.TRUE_FALSE: _check_single,
    Kind.MULTIPLE: _check_multiple,
    Kind.MATCH: _check_match,
    Kind.ORDER: _check_order,
    Kind.FILL: _check_fill,
    Kind.NUMBER: _check_number,
}
