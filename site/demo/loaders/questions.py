"""Self-check questions."""

from decimal import Decimal
from typing import Any

from demo.reading import Record
from demo.writing import Writer, give
from learning.courses import services
from learning.courses.kinds import BY_CODE, kind_of
from learning.courses.models import Question, QuestionOption, QuestionStep


def _options(record: Record, kind: str) -> list[dict[str, Any]]:
    knows = kind_of(kind)
    options = [
        {
            "step": row.text("step", 40, required=knows.walks),
            "text": row.text("text", 500, required=True),
            "match": row.text("match", 300, required=kind == "match"),
            "correct": row.flag("correct"),
            "feedback": row.text("feedback", 1000, required=knows.explains_options),
        }
        for row in record.rows("options")
    ]
    if not options:
        record.problem("options", "is empty")
    elif knows.needs_right and not any(option["correct"] for option in options):
        record.problem("options", "has no right answer")
    return options


def _steps(record: Record) -> list[QuestionStep]:
    return [
        QuestionStep(
            sort_order=place,
            name=row.text("name", 40, required=True),
            text=row.text("text", 2000, required=True),
        )
        for place, row in enumerate(record.rows("steps"))
    ]


def load(writer: Writer) -> None:
    for record in writer.content.questions:
        code = record.text("code", 40, required=True)
        kind = record.choice("kind", set(BY_CODE))
        is_explained = not BY_CODE[kind].explains_options if kind in BY_CODE else False
        values = {
            "kind": kind,
            "language": record.choice("language", {"fi", "sv", "en"}, default="fi"),
            "prompt": record.text("prompt", 1000, required=True),
            "feedback_right": record.text("feedback_right", 1000, required=is_explained),
            "feedback_wrong": record.text("feedback_wrong", 1000, required=is_explained),
            "tolerance": record.number("tolerance") or Decimal(0),
            "unit": record.text("unit", 20),
            "model_answer": record.text("model_answer", 2000),
            "longest": record.whole("longest") or 1000,
        }
        options, steps = _options(record, kind) if kind in BY_CODE else [], _steps(record)
        if record.problems or not writer.is_new(record):
            continue
        question = Question.objects.filter(code=code).first() or Question(code=code)
        for name, value in values.items():
            setattr(question, name, value)
        give(question, "options", [QuestionOption(sort_order=place, **option) for place, option in enumerate(options)])
        give(question, "steps", steps)
        services.save_question(question)
        writer.done(record)
