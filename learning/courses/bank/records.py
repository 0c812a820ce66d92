"""A question as files tell it: plain texts, named as the columns are."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from learning.courses.models import Question

# What is told once for a question, and what for each of its options; by the names of the model.
OWN = (
    "code", "kind", "language", "prompt", "feedback_right", "feedback_wrong", "tolerance", "unit", "model_answer",
    "longest",
)  # fmt: skip
OF_OPTION = ("step", "text", "match", "correct", "feedback")
DEFAULTS = {"language": "fi", "tolerance": "0", "longest": "1000"}


@dataclass
class Record:
    """`where`: the row or the line of the file on which the question begins; `fault`: what could not be read there."""

    where: int
    own: dict[str, str] = field(default_factory=dict)
    options: list[dict[str, str]] = field(default_factory=list)
    steps: list[dict[str, str]] = field(default_factory=list)
    fault: str = ""

    def as_dict(self) -> dict[str, Any]:
        return dict(vars(self))

    @classmethod
    def from_dict(cls, told: Mapping[str, Any]) -> "Record":
        return cls(**told)


def record_of(question: Question) -> Record:
    own = {name: plain(getattr(question, name)) for name in OWN}
    own["tolerance"] = plain(question.tolerance.normalize()) if question.tolerance else "0"
    options = [
        {**{name: plain(getattr(option, name)) for name in OF_OPTION}, "correct": "x" if option.correct else ""}
        for option in question.options.all()
    ]
    steps = [{"name": plain(step.name), "text": plain(step.text)} for step in question.steps.all()]
    return Record(0, own, options, steps)


def plain(value: object) -> str:
    """Line breaks as files have them; no spaces around."""
    text = f"{value:f}" if hasattr(value, "normalize") else str(value)
    return "\n".join(line.rstrip() for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")).strip()
