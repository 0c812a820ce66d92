"""Right answers of invented people: a quiz taken and passed."""

import datetime
from collections.abc import Mapping
from typing import Any

from learning.courses.kinds.case import best_path
from learning.study.attempts import answers, services
from learning.study.attempts.asking import rows_of
from learning.study.models import Attempt, Enrolment, RunQuiz

MINUTES = datetime.timedelta(minutes=14)


def pass_quiz(enrolment: Enrolment, run_quiz: RunQuiz, at: datetime.datetime) -> None:
    """Take the quiz with every answer right, as of that moment."""
    attempt = services.begin(enrolment=enrolment, run_quiz=run_quiz)
    fields = {
        f"{row.prefix}{name}": values
        for row in rows_of(attempt, {})
        for name, values in right_answer(row.version.content).items()
    }
    answers.save(attempt=attempt, fields=fields, base=None)
    services.hand_in(attempt=attempt)
    Attempt.objects.filter(pk=attempt.pk).update(started_at=at - MINUTES, handed_in_at=at)


def right_answer(content: Mapping[str, Any]) -> dict[str, list[str]]:
    """What the form of the question sends when everything in it is right."""
    options = content["options"]
    if content["kind"] in {"match", "order"}:
        return {f"a{at}": [str(at)] for at in range(len(options))}
    if content["kind"] == "case":
        return {f"a{depth}": [str(options.index(option))] for depth, option in enumerate(best_path(content))}
    right = [at for at, option in enumerate(options) if option["correct"]]
    if content["kind"] in {"fill", "number", "text"}:
        return {"a": [options[right[0]]["text"]]}
    return {"a": [str(at) for at in right]}
