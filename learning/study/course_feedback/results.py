"""What teachers see of the feedback on a run: whole batches added up, and nothing else."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from learning.courses.models import CourseRun
from learning.study.course_feedback.questions import BY_CODE, CANNOT_SAY, GROUPS, QUESTIONS, TEXTS, VALUES, Question
from learning.study.models import FeedbackRelease


@dataclass(frozen=True)
class Share:
    """How many gave a value, in words. Shares of the bar are in thousandths, so that they need no fractions."""

    value: int
    word: Any
    number: int
    start: int
    width: int


@dataclass(frozen=True)
class QuestionResult:
    question: Question
    counts: tuple[int, ...]

    @property
    def said(self) -> int:
        return sum(self.counts[1:])

    @property
    def cannot_say(self) -> int:
        return self.counts[CANNOT_SAY]

    @property
    def mean(self) -> float | None:
        return mean_of(sum(value * self.counts[value] for value in VALUES), self.said)

    @property
    def shares(self) -> list[Share]:
        """From 1 to 5, side by side."""
        shares, start = [], 0
        for value in VALUES:
            width = round(1000 * self.counts[value] / self.said) if self.said else 0
            shares.append(Share(value, self.question.words[value - 1], self.counts[value], start, width))
            start += width
        return shares


@dataclass(frozen=True)
class GroupResult:
    code: str
    answers: int
    means: Mapping[str, float | None]

    @property
    def name(self) -> Any:
        return GROUPS[self.code]


@dataclass(frozen=True)
class Results:
    """All that has been shown of a run. `pooled` is how many belong to groups that are not shown: 0 or five or more."""

    answers: int = 0
    questions: Sequence[QuestionResult] = ()
    groups: Sequence[GroupResult] = ()
    texts: Mapping[str, Sequence[str]] = field(default_factory=dict)

    @property
    def pooled(self) -> int:
        return self.answers - sum(group.answers for group in self.groups)

    @property
    def hidden_groups(self) -> list[Any]:
        shown = {group.code for group in self.groups}
        return [name for code, name in GROUPS.items() if code not in shown]

    def mean(self, code: str) -> float | None:
        return next((each.mean for each in self.questions if each.question.code == code), None)

    @classmethod
    def of(cls, batches: Sequence[Mapping[str, Any]]) -> "Results":
        questions = [
            QuestionResult(each, _added(batch["questions"][each.code] for batch in batches if _has(batch, each)))
            for each in QUESTIONS
            if any(_has(batch, each) for batch in batches)
        ]
        groups = [_group(code, batches) for code in GROUPS if any(code in batch["groups"] for batch in batches)]
        texts = {code: [text for batch in batches for text in batch["texts"][code]] for code in TEXTS}
        return cls(sum(batch["answers"] for batch in batches), questions, groups, texts)


def results_of(runs: Iterable[CourseRun]) -> dict[int, Results]:
    """The results of each run, with one query; a run of which nothing was shown has none of anything."""
    shown: dict[int, list[dict[str, Any]]] = {run.pk: [] for run in runs}
    for run_id, batch in FeedbackRelease.objects.filter(run__in=shown).values_list("run_id", "shown"):
        shown[run_id].append(batch)
    return {pk: Results.of(batches) for pk, batches in shown.items()}


def mean_of(total: int, number: int) -> float | None:
    return round(total / number, 1) if number else None


def _has(batch: Mapping[str, Any], question: Question) -> bool:
    return question.code in batch["questions"]


def _added(rows: Iterable[Sequence[int]]) -> tuple[int, ...]:
    return tuple(sum(column) for column in zip(*rows, strict=True))


def _group(code: str, batches: Iterable[Mapping[str, Any]]) -> GroupResult:
    own = [batch["groups"][code] for batch in batches if code in batch["groups"]]
    sums = {name: _added(each["means"][name] for each in own if name in each["means"]) for name in BY_CODE}
    means = {name: mean_of(*pair) for name, pair in sums.items() if pair}
    return GroupResult(code, sum(each["answers"] for each in own), means)
