"""Statistics of quizzes and their questions, of each learner's first attempt: later ones have seen the feedback."""

import datetime
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Any, NamedTuple

from learning.courses.models import QuestionVersion, Quiz
from learning.study.models import Attempt, AttemptAnswer
from learning.study.overview.measures import discrimination, mean, middle, percent
from learning.study.overview.scope import Scope, enough, in_order

CHOOSING = {"single", "multiple", "truefalse"}


class First(NamedTuple):
    """A first attempt that was handed in."""

    pk: int
    run: int
    quiz: int
    points: float
    possible: int
    is_passed: bool
    minutes: float


@dataclass(frozen=True)
class QuizFigures:
    """`number` is None below five; then nothing else is told either."""

    quiz: Quiz
    number: int | None
    passed: int | None
    score: float | None
    minutes: float | None


@dataclass(frozen=True)
class OptionFigures:
    text: str
    is_right: bool
    number: int
    percent: int


@dataclass(frozen=True)
class QuestionFigures:
    """`difficulty`: the mean share of its points that was got, per cent: the smaller, the harder."""

    code: str
    prompt: str
    language: str
    number: int | None
    difficulty: int | None
    discrimination: float | None
    options: list[OptionFigures]


def firsts_of(scope: Scope, quiz: int | None = None) -> list[First]:
    rows = Attempt.objects.filter(run_quiz__run__in=scope.ids, number=1, is_practice=False)
    rows = rows.exclude(status=Attempt.Status.OPEN).order_by()
    if quiz is not None:
        rows = rows.filter(run_quiz__quiz=quiz)
    names = ("pk", "run_quiz__run_id", "run_quiz__quiz_id", "points", "points_possible", "is_passed")
    found = rows.values_list(*names, "started_at", "handed_in_at")
    return [
        First(pk, run, asked, float(points), possible, passed, (ended - began) / datetime.timedelta(minutes=1))
        for pk, run, asked, points, possible, passed, began, ended in found
    ]


def quizzes_figured(scope: Scope) -> list[QuizFigures]:
    """The quizzes of the runs, in the order of the runs; two queries."""
    of_quiz: defaultdict[int, list[First]] = defaultdict(list)
    for row in firsts_of(scope):
        of_quiz[row.quiz].append(row)
    quizzes = in_order(Quiz.objects.all(), scope)
    return [quiz_figured(quiz, of_quiz[quiz.pk]) for quiz in quizzes]


def quiz_figured(quiz: Quiz, firsts: list[First]) -> QuizFigures:
    rows = enough(firsts, lambda row: row.run)
    if not rows:
        return QuizFigures(quiz, None, None, None, None)
    return QuizFigures(
        quiz,
        len(rows),
        percent(sum(row.is_passed for row in rows), len(rows)),
        mean([100 * row.points / row.possible for row in rows if row.possible]),
        middle([row.minutes for row in rows]),
    )


class Answer(NamedTuple):
    """An answer to a question; `rest` is the share of the points got in the other questions of the attempt."""

    run: int
    version: int
    question: int
    share: float
    rest: float
    answer: dict[str, Any]


def questions_figured(scope: Scope, quiz: Quiz) -> list[QuestionFigures]:
    """The questions of the quiz, in the order of their codes; three queries."""
    firsts = {row.pk: row for row in enough(firsts_of(scope, quiz.pk), lambda row: row.run)}
    by_question: defaultdict[int, list[Answer]] = defaultdict(list)
    for answer in _answers(firsts):
        by_question[answer.question].append(answer)
    ids = {answer.version for answers in by_question.values() for answer in answers}
    versions = {row.pk: row for row in QuestionVersion.objects.filter(pk__in=ids).select_related("question")}
    figured = [_question(answers, versions) for answers in by_question.values()]
    return sorted(figured, key=lambda row: row.code)


def _answers(firsts: dict[int, First]) -> list[Answer]:
    rows = AttemptAnswer.objects.filter(attempt__in=firsts, points__isnull=False).order_by()
    names = ("attempt_id", "version_id", "version__question_id", "points", "points_possible", "answer")
    found = []
    for attempt, version, question, points, possible, answer in rows.values_list(*names):
        first, own = firsts[attempt], float(points or 0)
        rest = (first.points - own) / max(1, first.possible - possible)
        found.append(Answer(first.run, version, question, own / max(1, possible), rest, answer))
    return found


def _question(answers: list[Answer], versions: dict[int, QuestionVersion]) -> QuestionFigures:
    newest = versions[max(answer.version for answer in answers)]
    content, code = newest.content, newest.question.code
    rows = enough(answers, lambda row: row.run)
    if not rows:
        return QuestionFigures(code, content["prompt"], content["language"], None, None, None, [])
    share = mean([row.share for row in rows])
    return QuestionFigures(
        code,
        content["prompt"],
        content["language"],
        len(rows),
        None if share is None else round(100 * share),
        discrimination([row.share for row in rows], [row.rest for row in rows]),
        _options(rows, versions),
    )


def _options(rows: list[Answer], versions: dict[int, QuestionVersion]) -> list[OptionFigures]:
    """How the answers went to the options, of the version that most answered: other versions may have others."""
    most, _number = Counter(row.version for row in rows).most_common(1)[0]
    content = versions[most].content
    answered = enough((row for row in rows if row.version == most), lambda row: row.run)
    if content["kind"] not in CHOOSING or not answered:
        return []
    chosen = Counter(place for row in answered for place in set(row.answer.get("a", ())))
    return [
        OptionFigures(
            option["text"], bool(option["correct"]), chosen[str(at)], round(100 * chosen[str(at)] / len(answered))
        )
        for at, option in enumerate(content["options"])
    ]
