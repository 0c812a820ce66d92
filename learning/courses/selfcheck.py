"""Checking an answer to a question: what its kind finds, whole sentences for what cannot be checked."""

from common.errors import Refused
from learning.courses.kinds import kind_of
from learning.courses.kinds.base import Answer, Outcome, Part, Verdict
from learning.courses.models.questions import QuestionVersion

__all__ = ["Answer", "Outcome", "Part", "Verdict", "check"]


def check(version: QuestionVersion, answer: Answer) -> Outcome:
    """Compare the answer with the version that was asked."""
    content = version.content
    try:
        return kind_of(content["kind"]).check(content, answer)
    except Refused as refusal:
        return Outcome(Verdict.NOT_CHECKED, str(refusal.message))
