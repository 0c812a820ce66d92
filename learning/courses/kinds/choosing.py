"""What the kinds share whose options are chosen: one or several of them."""

from collections.abc import Sequence
from fractions import Fraction

from learning.courses.kinds.base import (
    MAX_CHOSEN,
    Answer,
    Content,
    Outcome,
    Part,
    Place,
    QuestionKind,
    Review,
    Shuffle,
    Unanswered,
    Verdict,
    feedback_of,
    index_in,
    verdict_of,
)


class Choosing(QuestionKind):
    template = "learning/courses/kinds/_choices.html"
    explains_options = True

    def names(self, content: Content) -> list[str]:
        return ["a"]

    def places(self, content: Content, answer: Answer, shuffle: Shuffle) -> list[Place]:
        return [Place(index) for index in shuffle(range(len(content["options"])), "")]

    def review(self, content: Content, answer: Answer) -> Review:
        sent = set(answer.get("a", ()))
        options = list(enumerate(content["options"]))
        return Review(
            tuple(option["text"] for index, option in options if str(index) in sent),
            tuple(option["text"] for _index, option in options if option["correct"]),
        )


def chosen_in(answer: Answer, count: int) -> set[int]:
    values: Sequence[str] = answer.get("a", ())
    if not values:
        raise Unanswered
    return {index_in(value, count) for value in values[:MAX_CHOSEN]}


def choice_outcome(content: Content, chosen: set[int]) -> Outcome:
    """Right when exactly the right ones were chosen. A wrong choice takes back what a right one gives."""
    parts = tuple(
        Part(index, option["text"], "", index in chosen, bool(option["correct"]), option["feedback"])
        for index, option in enumerate(content["options"])
    )
    right = {part.index for part in parts if part.is_right}
    verdict = verdict_of(len(chosen & right), all_right=chosen == right)
    balance = max(0, len(chosen & right) - len(chosen - right))
    share = Fraction(balance, len(right)) if right and verdict != Verdict.WRONG else Fraction(0)
    return Outcome(verdict, feedback_of(content, verdict), parts, share=share)
