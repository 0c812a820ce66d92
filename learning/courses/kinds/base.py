"""What every kind of question knows: its form, its marking and its review.

`content` is that of a version, frozen when it was made. Answers come from forms and addresses that anybody can edit,
so every value is bounded and checked; what cannot be read gets a sentence and never an error. Options are known by
their place in the version, whatever order they are shown in.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Any, ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.errors import Refused

Content = Mapping[str, Any]
Option = Mapping[str, Any]
Row = dict[str, Any]
# What was sent: `a` for choices and typed answers, `a0`, `a1` … for what each pair or step was given.
Answer = Mapping[str, Sequence[str]]
# (indexes, purpose) → the same indexes in the order to show.
Shuffle = Callable[[Sequence[int], str], list[int]]

MAX_CHOSEN = 100


class Verdict(StrEnum):
    RIGHT = "right"
    PARTLY = "partly"
    WRONG = "wrong"
    # Not recognised: the reader, or the teacher, compares it with the model answer.
    COMPARE = "compare"
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
    """What the reader is told, and which share of the points it gives.

    `solution` is kept folded; choices carry theirs in the parts.
    """

    verdict: Verdict
    message: str = ""
    parts: tuple[Part, ...] = ()
    solution: tuple[str, ...] = ()
    share: Fraction = Fraction(0)

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


@dataclass(frozen=True)
class Place:
    """An option in the form: which one, by which name its answer is sent, and under what text it stands."""

    index: int
    name: str = "a"
    heading: str = ""


@dataclass(frozen=True)
class Review:
    """The answer and the right one in words, for the page after handing in."""

    given: tuple[str, ...]
    right: tuple[str, ...]
    is_ordered: bool = False


class Unanswered(Refused):
    message = gettext_lazy("Choose an answer first.")


class Unreadable(Refused):
    message = gettext_lazy("The answer could not be read. Answer again.")


class TooLong(Unreadable):
    message = gettext_lazy("The answer is too long.")


class QuestionKind(ABC):
    """A kind of question. Stateless: everything comes from the content and the answer."""

    code: ClassVar[str]
    label: ClassVar[str | Promise]
    # The inside of the form. Takes: shown.
    template: ClassVar[str]
    # How to answer, where the form alone does not tell.
    hint: ClassVar[str | Promise] = ""
    # How points are counted, where it is not all or nothing.
    points_hint: ClassVar[str | Promise] = ""
    # The question stands in the label of one field, not in the legend of several.
    is_typed: ClassVar[bool] = False
    # What is chosen step by step may not be taken back.
    walks: ClassVar[bool] = False
    # Editors say what is to be thought of each option, or of the whole.
    explains_options: ClassVar[bool] = False
    needs_right: ClassVar[bool] = True
    # The fields of the editor's form that not every kind needs, and this one does; `question-form.js` knows them.
    uses: ClassVar[frozenset[str]] = frozenset({"correct"})

    @abstractmethod
    def refuse(self, options: Sequence[Row], question: Row) -> None:
        """Raise ValidationError with the sentence to show when nobody could answer the question right."""

    def extra_content(self, question: Any) -> dict[str, Any]:
        """What versions of this kind keep beside what all do."""
        return {}

    @abstractmethod
    def check(self, content: Content, answer: Answer) -> Outcome:
        """Compare a whole answer; raise Refused with the sentence to show where it cannot be compared."""

    def mark(self, content: Content, answer: Answer) -> Outcome:
        """Compare what was handed in: what is missing is not right, what cannot be read is not marked."""
        try:
            return self.check(content, answer)
        except Refused as refusal:
            return Outcome(Verdict.NOT_CHECKED, str(refusal.message))

    @abstractmethod
    def names(self, content: Content) -> list[str]:
        """The names by which the answer may be sent."""

    def places(self, content: Content, answer: Answer, shuffle: Shuffle) -> list[Place]:
        """The options as the form shows them."""
        return []

    def choices(self, content: Content, shuffle: Shuffle) -> list[tuple[str, str]]:
        """(value, label) of the selects, where there are any."""
        return []

    @abstractmethod
    def review(self, content: Content, answer: Answer) -> Review:
        """The answer and the right one in words."""

    def longest(self, content: Content) -> int:
        """How many characters may be typed into a field."""
        return 200

    def complaint(self, content: Content, answer: Answer) -> str:
        """Why the answer as it is gets nothing or is not whole, as a sentence; "" for a whole answer."""
        try:
            self.check(content, answer)
        except Refused as refusal:
            return str(refusal.message)
        return ""

    def is_answered(self, content: Content, answer: Answer) -> bool:
        return any(value.strip() for name in self.names(content) for value in answer.get(name, ()))

    def readable(self, content: Content, answer: Answer) -> None:
        """Raise Unreadable where the answer could not have come from the form; an unfinished one may be kept."""
        try:
            self.check(content, answer)
        except Unreadable:
            raise
        except Refused:
            return


def index_in(text: str, count: int) -> int:
    if len(text) > 4 or not (text.isascii() and text.isdigit()) or int(text) >= count:
        raise Unreadable
    return int(text)


def feedback_of(content: Content, verdict: Verdict) -> str:
    return str(content["feedback_right"] if verdict == Verdict.RIGHT else content["feedback_wrong"])


def verdict_of(right: int, *, all_right: bool) -> Verdict:
    if all_right:
        return Verdict.RIGHT
    return Verdict.PARTLY if right else Verdict.WRONG


def typed_in(answer: Answer, longest: int) -> str:
    """What was typed, on one line, without characters that nobody sees."""
    text = next(iter(answer.get("a", ())), "")
    if len(text) > longest:
        raise TooLong(
            _("The answer is too long: %(count)d characters, when at most %(most)d fit.")
            % {"count": len(text), "most": longest}
        )
    return "".join(character if character.isprintable() else " " for character in text).strip()
