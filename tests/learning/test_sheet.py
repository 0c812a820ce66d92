"""How questions are shown: order, ids, what was answered."""

import pytest
from django.test import RequestFactory

from learning.courses.services import save_question
from learning.courses.sheet import Sheet, show, shuffled
from tests.learning.factories import QUESTIONS, make_question, version_of


@pytest.mark.parametrize("kind", ["single", "multiple", "order"])
def test_options_are_shuffled_the_same_way_for_everybody(kind: str) -> None:
    first, second = show(version_of(kind), kind), show(version_of(kind), kind)
    order = [row.index for row in first.rows]
    assert order == [row.index for row in second.rows]
    assert sorted(order) == list(range(len(QUESTIONS[kind])))


def test_steps_and_right_sides_never_come_in_their_right_order() -> None:
    for number in range(1, 60):
        version = version_of("order")
        version.number = number
        assert shuffled(version, range(4)) != [0, 1, 2, 3]
        assert shuffled(version, range(2)) == [1, 0]


def test_true_comes_before_false() -> None:
    assert [row.text for row in show(version_of("truefalse"), "k").rows] == ["Oikein", "Väärin"]


def test_the_values_of_choices_are_their_places_in_the_version() -> None:
    version = version_of("match")
    for value, label in show(version, "k").choices:
        assert version.options[int(value)]["match"] == label


def test_what_was_answered_stays_in_the_form() -> None:
    shown = show(version_of("single"), "k", {"a": ["2"]})
    assert [row.index for row in shown.rows if row.is_checked] == [2]
    assert show(version_of("fill"), "k", {"a": ["kunnille"]}).typed == "kunnille"
    assert [row.selected for row in show(version_of("match"), "k", {"a0": ["1"]}).rows] == ["1", "", ""]


@pytest.mark.django_db
def test_an_answer_is_checked_against_the_version_that_was_asked() -> None:
    question = make_question("single").question
    question.options = list(question.options.all())[:2]
    save_question(question)
    request = RequestFactory().get("/", {"kysymys": "single", "v": "1", "a": "2"})
    shown = Sheet.of(request).show(question)
    assert shown is not None
    assert (shown.number, shown.is_outdated, len(shown.rows)) == (1, True, 3)


@pytest.mark.django_db
@pytest.mark.parametrize("number", ["", "0", "99", "-1", "x", "1" * 40, "²"])
def test_a_version_that_does_not_exist_is_the_current_one(number: str) -> None:
    version = make_question("single")
    shown = Sheet.of(RequestFactory().get("/", {"kysymys": "single", "v": number, "a": "1"})).show(version.question)
    assert shown is not None
    assert (shown.number, shown.is_outdated) == (1, False)


@pytest.mark.django_db
def test_a_question_shown_twice_has_ids_of_its_own_and_one_answer() -> None:
    version = make_question("single")
    again = type(version.question).objects.get(code="single")
    sheet = Sheet.of(RequestFactory().get("/", {"kysymys": "single", "v": "1", "a": "1"}))
    first, second = sheet.show(version.question), sheet.show(again)
    assert first is not None
    assert second is not None
    assert (first.anchor, second.anchor) == ("single", "single-2")
    assert first.outcome
    assert second.outcome is None
