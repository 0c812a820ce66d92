"""What the kinds share that give something to each option: its pair, its place in an order."""

from abc import abstractmethod
from collections.abc import Sequence
from fractions import Fraction

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from learning.courses.kinds.base import (
    Answer,
    Content,
    Outcome,
    Part,
    QuestionKind,
    Row,
    Unanswered,
    Unreadable,
    Verdict,
    feedback_of,
    index_in,
    verdict_of,
)


class Placing(QuestionKind):
    template = "learning/courses/kinds/_pairs.html"
    points_hint = gettext_lazy("Each one in its right place gives its share of the points.")
    needs_right = False

    def refuse(self, options: Sequence[Row], question: Row) -> None:
        if len(options) < 2:
            raise ValidationError(_("Give at least two options."))

    def names(self, content: Content) -> list[str]:
        return [f"a{index}" for index in range(len(content["options"]))]

    @abstractmethod
    def missing(self) -> str:
        """What is told to someone who has not given something to each."""

    @abstractmethod
    def part(self, content: Content, index: int, place: int | None) -> Part:
        """How the option met the place that it was given; None: nothing was given."""

    @abstractmethod
    def solution(self, content: Content) -> tuple[str, ...]:
        """What is right, option by option."""

    def check(self, content: Content, answer: Answer) -> Outcome:
        given = self.given(content, answer)
        if None in given or not given:
            raise Unanswered(self.missing())
        return self.outcome(content, given)

    def mark(self, content: Content, answer: Answer) -> Outcome:
        try:
            given = self.given(content, answer)
        except Unreadable as refusal:
            return Outcome(Verdict.NOT_CHECKED, str(refusal.message))
        if all(place is None for place in given):
            return Outcome(Verdict.NOT_CHECKED, self.missing())
        return self.outcome(content, given)

    def given(self, content: Content, answer: Answer) -> list[int | None]:
        """What each option was given; Unreadable where the form has no such thing to give."""
        count = len(content["options"])
        return [_place(answer, index, count) for index in range(count)]

    def outcome(self, content: Content, given: Sequence[int | None]) -> Outcome:
        parts = tuple(self.part(content, index, place) for index, place in enumerate(given))
        right = sum(part.is_right for part in parts)
        verdict = verdict_of(right, all_right=right == len(parts))
        solution = () if verdict == Verdict.RIGHT else self.solution(content)
        return Outcome(verdict, feedback_of(content, verdict), parts, solution, Fraction(right, len(parts)))


def _place(answer: Answer, index: int, count: int) -> int | None:
    values = [value for value in answer.get(f"a{index}", ()) if value]
    return index_in(values[-1], count) if values else None
