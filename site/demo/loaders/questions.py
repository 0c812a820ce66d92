"""Self-check questions."""

from decimal import Decimal
from typing import Any

from demo.reading import Record
from demo.writing import Writer, give
from learning.courses import services
from learning.courses.models import Question, QuestionOption
from learning.courses.models.questions import Kind

NEEDS_FEEDBACK = {Kind.MATCH, Kind.ORDER, Kind.FILL, Kind.NUMBER}
NEEDS_RIGHT_ANSWER = set(Kind) - {Kind.MATCH, Kind.ORDER}


def _options(record: Record, kind: str) -> list[dict[str, Any]]:
    options = [
        {
            "text": row.text("text", 500, required=True),
            "match": row.text("match", 300, required=kind == Kind.MATCH),
            "correct": row.flag("correct"),
            "feedback": row.text("feedback", 1000, required=kind in {Kind.SINGLE, Kind.MULTIPLE, Kind.TRUE_FALSE}),
        }
        for row in record.rows("options")
    ]
    if not options:
        record.problem("options", "is empty")
    elif kind in NEEDS_RIGHT_ANSWER and not any(option["correct"] for option in options):
        record.problem("options", "has no right answer")
    return options


def load(writer: Writer) -> None:
    for record in writer.content.questions:
        code = record.text("code", 40, required=True)
        kind = record.choice("kind", set(Kind.values))
        values = {
            "kind": kind,
            "language": record.choice("language", {"fi", "sv", "en"}, default="fi"),
            "prompt": record.text("prompt", 1000, required=True),
            "feedback_right": record.text("feedback_right", 1000, required=kind in NEEDS_FEEDBACK),
            "feedback_wrong": record.text("feedback_wrong", 1000, required=kind in NEEDS_FEEDBACK),
            "tolerance": record.number("tolerance") or Decimal(0),
            "unit": record.text("unit", 20),
        }
        options = _options(record, kind)
        if record.problems or not writer.is_new(record):
            continue
        question = Question.objects.filter(code=code).first() or Question(code=code)
        for name, value in values.items():
            setattr(question, name, value)
        give(question, "options", [QuestionOption(sort_order=place, **option) for place, option in enumerate(options)])
        services.save_question(question)
        writer.done(record)
