"""A short text of the learner's own, met by accepted words and sentences.

The machine only recognises; it never says that a text is wrong because it did not. What it does not recognise is
shown beside the model answer for the reader to compare, and in a quiz the teacher may give it points afterwards.
"""

import re
import unicodedata
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from learning.courses.kinds.base import Answer, Content, Outcome, Review, Row, TooLong, Unanswered, Verdict
from learning.courses.kinds.typed import Typing, met

LONGEST = 10_000
NOT_A_WORD = re.compile(r"[^\w*]+")


class Text(Typing):
    code = "text"
    label = gettext_lazy("Short text")
    template = "learning/courses/kinds/_text.html"
    needs_right = False
    uses = frozenset({"correct", "model_answer"})

    def refuse(self, options: Sequence[Row], question: Row) -> None:
        if not any(row.get("correct") for row in options) and not question.get("model_answer"):
            raise ValidationError(_("Give an accepted answer or a model answer."))
        if not all(words(row["text"]) for row in options):
            raise ValidationError(_("An accepted answer needs at least one word."))

    def extra_content(self, question: Any) -> dict[str, Any]:
        return {"model_answer": question.model_answer, "longest": question.longest}

    def longest(self, content: Content) -> int:
        return int(content["longest"])

    def check(self, content: Content, answer: Answer) -> Outcome:
        typed = next(iter(answer.get("a", ())), "")
        most = self.longest(content)
        # Browsers send a line break as two characters and count it as one.
        count = len(typed.replace("\r\n", "\n"))
        if count > most:
            raise TooLong(
                _("The answer is too long: %(count)d characters, when at most %(most)d fit.")
                % {"count": count, "most": most}
            )
        said = words(typed.replace("*", " "))
        if not said:
            raise Unanswered(_("Write an answer first."))
        option = met(content, lambda option: holds(said, words(option["text"])))
        if option is None:
            return Outcome(Verdict.COMPARE, content["feedback_wrong"], solution=model_of(content))
        if option["correct"]:
            message = option["feedback"] or content["feedback_right"]
            return Outcome(Verdict.RIGHT, message, share=Fraction(1))
        return Outcome(Verdict.WRONG, option["feedback"] or content["feedback_wrong"], solution=model_of(content))

    def review(self, content: Content, answer: Answer) -> Review:
        typed = next(iter(answer.get("a", ())), "").strip()
        return Review((typed,) if typed else (), model_of(content))


def model_of(content: Content) -> tuple[str, ...]:
    """The model answer; without one, the accepted answers that can be read as such."""
    if content["model_answer"]:
        return (str(content["model_answer"]),)
    return tuple(option["text"] for option in content["options"] if option["correct"] and "*" not in option["text"])


def words(text: str) -> list[str]:
    """The words in the form in which they are compared; a star ends a word of which any ending will do."""
    return NOT_A_WORD.sub(" ", unicodedata.normalize("NFKC", text).casefold()).split()


def holds(said: Sequence[str], looked_for: Sequence[str]) -> bool:
    """Whether the words stand one after the other in what was said."""
    if not looked_for:
        return False
    last = len(said) - len(looked_for)
    return any(all(_fits(word, said[start + at]) for at, word in enumerate(looked_for)) for start in range(last + 1))


def _fits(looked_for: str, word: str) -> bool:
    return word.startswith(looked_for[:-1]) if looked_for.endswith("*") else word == looked_for
