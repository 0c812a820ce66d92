"""What holds of every kind, whatever is answered; and what is particular to texts of one's own and to cases."""

import json
import random
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from learning.courses.forms import KindSelect, refuse_unanswerable
from learning.courses.kinds import KINDS, kind_of
from learning.courses.kinds.base import Verdict
from learning.courses.kinds.case import best_path
from learning.courses.models import Question
from learning.courses.sheet import draw
from tests.learning.factories import MODELS, QUESTIONS, RIGHT, STEPS, Option, version_of

Answer = dict[str, list[str]]
CODES = [kind.code for kind in KINDS]
TYPED = ["", " ", "hyvinvointialueille", "kunnille", "2,5", "40", "sama este toistuu", "\x00", "x" * 30_000, "*", "ä ö"]


def some_answers(kind: str, many: int = 300) -> Iterator[Answer]:
    """Answers as forms send them, whole and unfinished, and such as no form sends; the same ones each time."""
    dice = random.Random(f"answers to {kind}")
    names = [*kind_of(kind).names(version_of(kind).content), "a", "a99", "b"]
    values = [*(str(number) for number in range(8)), "-1", "x", *TYPED]
    for _number in range(many):
        sent = dice.sample(names, dice.randint(0, len(names)))
        yield {name: [dice.choice(values) for _each in range(dice.randint(0, 3))] for name in sent}


@pytest.mark.parametrize("kind", CODES)
def test_points_are_between_nothing_and_all_and_all_only_when_right(kind: str) -> None:
    content = version_of(kind).content
    for answer in [*some_answers(kind), RIGHT[kind]]:
        outcome = kind_of(kind).mark(content, answer)
        assert 0 <= outcome.share <= 1
        assert (outcome.share == 1) == (outcome.verdict == Verdict.RIGHT), answer
        if outcome.verdict in {Verdict.WRONG, Verdict.COMPARE, Verdict.NOT_CHECKED}:
            assert outcome.share == 0
        assert outcome == kind_of(kind).mark(content, answer)


@pytest.mark.parametrize("kind", CODES)
def test_the_right_answer_gets_all_points_and_its_review_says_the_same_twice(kind: str) -> None:
    content = version_of(kind).content
    assert kind_of(kind).mark(content, RIGHT[kind]).share == 1
    review = kind_of(kind).review(content, RIGHT[kind])
    assert review.given
    assert review.right
    if kind not in {"fill", "text", "order"}:
        assert review.given == review.right


@pytest.mark.parametrize("kind", CODES)
def test_what_is_no_part_of_the_form_changes_nothing(kind: str) -> None:
    content = version_of(kind).content
    plain = kind_of(kind).mark(content, RIGHT[kind])
    assert kind_of(kind).mark(content, {**RIGHT[kind], "a77": ["1"], "b": ["x"]}) == plain


@pytest.mark.parametrize("kind", CODES)
def test_every_answer_can_be_reviewed_and_drawn(kind: str) -> None:
    version = version_of(kind)
    for answer in some_answers(kind, 100):
        kind_of(kind).review(version.content, answer)
        kind_of(kind).complaint(version.content, answer)
        shown = draw(version, "k", answer, seed="yritys", prefix="k1-")
        assert all(row.name.startswith("k1-a") for row in shown.rows)


@pytest.mark.parametrize("kind", CODES)
def test_a_whole_right_answer_gives_no_cause_for_complaint_and_an_empty_one_does(kind: str) -> None:
    content = version_of(kind).content
    assert not kind_of(kind).complaint(content, RIGHT[kind])
    assert kind_of(kind).complaint(content, {})
    assert kind_of(kind).is_answered(content, RIGHT[kind])
    assert not kind_of(kind).is_answered(content, {})


def test_a_wrong_choice_takes_away_what_a_right_one_gives() -> None:
    def share(*chosen: str) -> Fraction:
        return kind_of("multiple").mark(version_of("multiple").content, {"a": list(chosen)}).share

    half = Fraction(1, 2)
    assert [share("0"), share("0", "1"), share("0", "2"), share("0", "1", "2")] == [half, 0, 1, half]


def test_what_was_left_out_of_pairs_and_orders_only_costs_its_own_points() -> None:
    assert kind_of("match").mark(version_of("match").content, {"a0": ["0"], "a1": [""]}).share == Fraction(1, 3)
    assert kind_of("order").mark(version_of("order").content, {"a0": ["0"], "a1": ["0"]}).share == Fraction(1, 4)


@pytest.mark.parametrize(
    ("typed", "verdict"),
    [
        ("Sama este\r\ntoistuu!", Verdict.RIGHT),
        ("SAMA ESTE, toistumassa", Verdict.RIGHT),
        ("Rakenteinen tieto", Verdict.RIGHT),
        ("sama toinen este toistuu", Verdict.COMPARE),
        ("eirakenteinen", Verdict.COMPARE),
        ("*", Verdict.NOT_CHECKED),
        ("Asiakkaan syy, mutta sama este toistuu", Verdict.RIGHT),
        ("Se on asiakkaan syytä.", Verdict.WRONG),
    ],
)
def test_a_text_is_met_by_words_that_stand_together(typed: str, verdict: str) -> None:
    assert kind_of("text").mark(version_of("text").content, {"a": [typed]}).verdict == verdict


def test_a_text_that_is_not_recognised_is_shown_beside_the_model_and_is_not_called_wrong() -> None:
    outcome = kind_of("text").check(version_of("text").content, {"a": ["Jotakin muuta"]})
    assert outcome.verdict == Verdict.COMPARE
    assert outcome.solution == (MODELS["text"],)


def test_a_text_of_very_many_words_is_read_quickly_and_one_that_is_too_long_is_told_so() -> None:
    content = version_of("text").content | {"longest": 10_000}
    kind_of("text").mark(content, {"a": ["sama este " * 999]})
    assert "10000" in kind_of("text").complaint(content, {"a": ["x" * 1_000_000]}).replace("\xa0", "")


def test_a_case_shows_the_steps_that_have_been_reached() -> None:
    version = version_of("case")

    def headings(answer: Answer) -> list[str]:
        return list(dict.fromkeys(row.heading for row in draw(version, "k", answer).rows))

    first, second, third = (text for _name, text in STEPS["case"])
    assert headings({}) == [first]
    assert headings({"a0": ["0"]}) == [first, second]
    assert headings({"a0": ["0"], "a1": ["3"]}) == [first, second, third]
    assert headings({"a0": ["1"]}) == [first]
    # A choice of another path is not taken for one of this.
    assert headings({"a0": ["4"], "a1": ["2"]}) == [first]


def test_a_detour_and_a_hasty_end_cost_points_in_a_case() -> None:
    def share(*path: int) -> Fraction:
        sent = {f"a{depth}": [str(at)] for depth, at in enumerate(path)}
        return kind_of("case").mark(version_of("case").content, sent).share

    assert share(0, 2) == 1
    assert share(0, 3, 4) == Fraction(2, 3)
    assert share(0) == Fraction(1, 2)
    assert share(1) == 0
    best = [option["text"] for option in best_path(version_of("case").content)]
    assert best == ["Kysyn lisää.", "Kirjaan havainnon."]


def case(*rows: tuple[str, str, bool]) -> tuple[list[Option], dict[str, Any]]:
    options = [{"step": step, "text": "teko", "match": match, "correct": good} for step, match, good in rows]
    return options, {"steps": [{"name": name, "text": "tilanne"} for name in dict.fromkeys(step for step, *_ in rows)]}


@pytest.mark.parametrize(
    "rows",
    [
        [("a", "b", True), ("b", "a", True)],
        [("a", "", False)],
        [("a", "b", True), ("b", "", False)],
        [("a", "puuttuu", True)],
        [],
    ],
)
def test_a_case_that_does_not_end_well_is_refused(rows: list[tuple[str, str, bool]]) -> None:
    options, question = case(*rows)
    with pytest.raises(ValidationError):
        refuse_unanswerable("case", options, question)


def test_a_case_with_a_way_to_a_good_end_is_accepted() -> None:
    refuse_unanswerable("case", *case(("a", "b", True), ("a", "", False), ("b", "", True)))
    with pytest.raises(ValidationError):
        refuse_unanswerable("case", [{"step": "muu", "text": "teko", "correct": True}], {"steps": [{"name": "a"}]})


def test_a_text_needs_an_accepted_answer_or_a_model() -> None:
    with pytest.raises(ValidationError):
        refuse_unanswerable("text", [], {"model_answer": ""})
    refuse_unanswerable("text", [], {"model_answer": "Näin."})


def test_options_of_an_attempt_have_an_order_of_its_own_that_does_not_change() -> None:
    version = version_of("order")
    orders = {tuple(row.index for row in draw(version, "k", {}, seed=str(each)).rows) for each in range(40)}
    assert len(orders) > 5
    assert tuple(range(len(QUESTIONS["order"]))) not in orders
    assert draw(version, "k", {}, seed="1").rows == draw(version, "k", {}, seed="1").rows


@pytest.mark.django_db
def test_a_question_of_a_kind_that_is_not_known_is_not_saved() -> None:
    with pytest.raises(KeyError):
        Question(code="outo", kind="outo", prompt="?").save()
    assert not Question.objects.exists()


def test_the_editors_form_is_told_the_fields_of_every_kind() -> None:
    told = json.loads(KindSelect().attrs["data-question-kinds"])
    assert set(told) == set(CODES)
    fields = {"correct", "match", "model_answer", "step", "steps", "tolerance"}
    assert {name for names in told.values() for name in names} == fields
