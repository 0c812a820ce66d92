"""The results as tables. They have nothing but what `results` gives."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from learning.courses.models import CourseRun
from learning.study.course_feedback.questions import CANNOT_SAY_WORDS, QUESTIONS, VALUES
from learning.study.course_feedback.results import Results


@dataclass(frozen=True)
class Table:
    """Heads are (name, number of answers); a row is (question in short, means). None is what is not shown."""

    heads: Sequence[tuple[Any, int]]
    rows: Sequence[tuple[Any, Sequence[float | None]]]


def of_groups(results: Results) -> Table | None:
    """The means by group; None where no group may be shown."""
    if not results.groups:
        return None
    asked = [each.question for each in results.questions]
    rows = [(each.short, [group.means.get(each.code) for group in results.groups]) for each in asked]
    return Table([(group.name, group.answers) for group in results.groups], rows)


def of_runs(runs: Sequence[tuple[CourseRun, Results]]) -> Table | None:
    """The means of runs of the course beside each other; None where there is nothing to compare."""
    if len(runs) < 2 or not runs[-1][1].answers:
        return None
    rows = [(each.short, [results.mean(each.code) for _run, results in runs]) for each in QUESTIONS]
    shown = [(name, means) for name, means in rows if any(mean is not None for mean in means)]
    return Table([(run.code, results.answers) for run, results in runs], shown)


def as_rows(results: Results) -> Iterable[Sequence[Any]]:
    """The lines of the file. All cells are our own words and numbers: none of them is taken for a formula."""
    yield [_("Question"), _("Answers"), *VALUES, CANNOT_SAY_WORDS, _("Mean")]
    for each in results.questions:
        yield [each.question.text, sum(each.counts), *each.counts[1:], each.cannot_say, _number(each.mean)]
    groups = of_groups(results)
    if groups is not None:
        yield []
        yield [_("Mean by group"), *(f"{name} ({number})" for name, number in groups.heads)]
        for name, means in groups.rows:
            yield [name, *map(_number, means)]


def _number(mean: float | None) -> str:
    return "" if mean is None else f"{mean:.1f}".replace(".", ",")
