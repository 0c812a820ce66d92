"""What the kinds share that are answered by typing: the first option that the answer meets decides."""

import unicodedata
from collections.abc import Callable, Sequence
from fractions import Fraction

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from learning.courses.kinds.base import Answer, Content, Option, Outcome, QuestionKind, Review, Row, Verdict

MAX_TYPED = 200


class Typing(QuestionKind):
    template = "learning/courses/kinds/_typed.html"
    is_typed = True

    def refuse(self, options: Sequence[Row], question: Row) -> None:
        if not any(row.get("correct") for row in options):
            raise ValidationError(_("Mark at least one option as right."))

    def names(self, content: Content) -> list[str]:
        return ["a"]

    def review(self, content: Content, answer: Answer) -> Review:
        typed = next(iter(answer.get("a", ())), "").strip()
        return Review((with_unit(content, typed),) if typed else (), solution_of(content))


def met(content: Content, matches: Callable[[Option], bool]) -> Option | None:
    """The option that the answer meets, right ones before known mistakes."""
    options = sorted(content["options"], key=lambda option: not option["correct"])
    return next((option for option in options if matches(option)), None)


def typed_outcome(content: Content, option: Option | None) -> Outcome:
    if option is not None and option["correct"]:
        return Outcome(Verdict.RIGHT, option["feedback"] or content["feedback_right"], share=Fraction(1))
    message = option["feedback"] if option is not None and option["feedback"] else content["feedback_wrong"]
    return Outcome(Verdict.WRONG, message, solution=solution_of(content)[:1])


def solution_of(content: Content) -> tuple[str, ...]:
    return tuple(with_unit(content, option["text"]) for option in content["options"] if option["correct"])


def with_unit(content: Content, text: str) -> str:
    unit = content["unit"]
    return f"{text} {unit}" if unit and not text.endswith(unit) else text


def folded(text: str) -> str:
    """The text without the differences that do not matter: case, spaces, marks around it."""
    words = unicodedata.normalize("NFKC", text).casefold().split()
    return " ".join(words).strip(" .,;:!?\"'\N{RIGHT DOUBLE QUOTATION MARK}")
