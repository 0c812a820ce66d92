"""Checking answers: every kind right, nearly right, wrong, and unreadable."""

import pytest

from learning.courses.kinds.typed import MAX_TYPED
from learning.courses.selfcheck import Verdict, check
from tests.learning.factories import QUESTIONS, version_of

Answer = dict[str, list[str]]

RIGHT: list[tuple[str, Answer]] = [
    ("single", {"a": ["1"]}),
    ("truefalse", {"a": ["1"]}),
    ("multiple", {"a": ["2", "0"]}),
    ("match", {"a0": ["0"], "a1": ["1"], "a2": ["2"]}),
    ("order", {"a0": ["0"], "a1": ["1"], "a2": ["2"], "a3": ["3"]}),
    ("fill", {"a": ["hyvinvointialueille"]}),
    ("number", {"a": ["2,5"]}),
    ("text", {"a": ["Siksi, että sama este toistuu monella."]}),
    ("case", {"a0": ["0"], "a1": ["2"]}),
]
PARTLY: list[tuple[str, Answer]] = [
    ("multiple", {"a": ["0"]}),
    ("multiple", {"a": ["0", "1", "2"]}),
    ("match", {"a0": ["0"], "a1": ["2"], "a2": ["1"]}),
    ("order", {"a0": ["0"], "a1": ["2"], "a2": ["1"], "a3": ["3"]}),
    ("case", {"a0": ["0"], "a1": ["3"], "a2": ["4"]}),
]
WRONG: list[tuple[str, Answer]] = [
    ("single", {"a": ["0"]}),
    ("truefalse", {"a": ["0"]}),
    ("multiple", {"a": ["1"]}),
    ("match", {"a0": ["1"], "a1": ["2"], "a2": ["0"]}),
    ("order", {"a0": ["3"], "a1": ["2"], "a2": ["1"], "a3": ["0"]}),
    ("fill", {"a": ["THL:lle"]}),
    ("number", {"a": ["3"]}),
    ("text", {"a": ["Este on asiakkaan syytä."]}),
    ("case", {"a0": ["1"]}),
]


@pytest.mark.parametrize(("kind", "answer"), RIGHT)
def test_the_right_answer_is_right(kind: str, answer: Answer) -> None:
    outcome = check(version_of(kind), answer)
    assert outcome.verdict == Verdict.RIGHT
    assert outcome.message
    assert not outcome.solution


@pytest.mark.parametrize(("kind", "answer"), PARTLY)
def test_some_of_it_right_is_partly_right(kind: str, answer: Answer) -> None:
    outcome = check(version_of(kind), answer)
    assert outcome.verdict == Verdict.PARTLY
    assert outcome.message == "Mieti vielä."


@pytest.mark.parametrize(("kind", "answer"), WRONG)
def test_a_wrong_answer_is_wrong_and_gets_a_hint(kind: str, answer: Answer) -> None:
    outcome = check(version_of(kind), answer)
    assert outcome.verdict == Verdict.WRONG
    assert outcome.message in {"Mieti vielä.", "Silloin se olisi yksilöllistä."}


def test_a_choice_tells_of_what_was_chosen_first_and_then_what_was_right() -> None:
    told = check(version_of("single"), {"a": ["2"]}).explained
    assert [(part.index, part.is_chosen, part.is_right) for part in told] == [(2, True, False), (1, False, True)]


def test_pairs_and_steps_tell_which_were_right_and_keep_the_solution() -> None:
    outcome = check(version_of("match"), {"a0": ["0"], "a1": ["2"], "a2": ["1"]})
    assert [part.is_right for part in outcome.parts] == [True, False, False]
    assert outcome.solution[1] == "Lausunto – strategiatyö"
    outcome = check(version_of("order"), {"a0": ["1"], "a1": ["0"], "a2": ["2"], "a3": ["3"]})
    assert [part.is_right for part in outcome.parts] == [False, False, True, True]
    assert outcome.solution == ("kysymys", "keruu", "tulkinta", "rajoitukset")


def test_the_same_right_side_fits_every_left_side_that_has_it() -> None:
    version = version_of(
        "match", [{"text": "a", "match": "x"}, {"text": "b", "match": "x"}, {"text": "c", "match": "y"}]
    )
    assert check(version, {"a0": ["1"], "a1": ["0"], "a2": ["2"]}).verdict == Verdict.RIGHT


def test_steps_with_the_same_words_may_change_places() -> None:
    version = version_of("order", [{"text": "kysy"}, {"text": "tarkista"}, {"text": "kysy"}])
    assert check(version, {"a0": ["2"], "a1": ["1"], "a2": ["0"]}).verdict == Verdict.RIGHT


@pytest.mark.parametrize(
    "typed", ["  Hyvinvointialueille ", "HYVINVOINTIALUEILLE.", "hyvinvointialueelle", "”hyvinvointialueille”"]
)
def test_case_spaces_and_marks_do_not_matter(typed: str) -> None:
    assert check(version_of("fill"), {"a": [typed]}).verdict == Verdict.RIGHT


def test_a_known_mistake_gets_its_own_feedback() -> None:
    outcome = check(version_of("fill"), {"a": ["Kunnille"]})
    assert (outcome.verdict, outcome.message) == (Verdict.WRONG, "Vuoden 2022 loppuun asti.")
    assert outcome.solution == ("hyvinvointialueille",)
    assert check(version_of("number"), {"a": ["40"]}).message == "Tuo on loppujen osuus."


@pytest.mark.parametrize("typed", ["2.5", "2,50", " 2,5 %", "+2,5", "2,5%"])
def test_numbers_may_be_written_in_many_ways(typed: str) -> None:
    assert check(version_of("number", unit="%"), {"a": [typed]}).verdict == Verdict.RIGHT


def test_numbers_may_have_spaces_between_thousands_and_a_minus_sign() -> None:
    version = version_of("number", [{"text": "-12500", "correct": True}])
    assert check(version, {"a": ["\N{MINUS SIGN}12\N{NO-BREAK SPACE}500"]}).verdict == Verdict.RIGHT


@pytest.mark.parametrize(("typed", "verdict"), [("2,4", "right"), ("2,6", "right"), ("2,3", "wrong"), ("2,7", "wrong")])
def test_tolerance_is_inclusive(typed: str, verdict: str) -> None:
    assert check(version_of("number", tolerance="0.1"), {"a": [typed]}).verdict == verdict


def test_a_solution_names_the_unit() -> None:
    assert check(version_of("number", unit="%"), {"a": ["1"]}).solution == ("2,5 %",)


NASTY = [
    "", " ", "9", "-1", "1e1", "1_0", "٣", "²", "x" * 10_000, "1" * 10_000, "\x00", "1\x00", "%s", "{{ 7 }}",
    "99999999999", "NaN", "Infinity", "1e999999999", "<script>alert(1)</script>", "\ud800", "۱۲",
]  # fmt: skip


@pytest.mark.parametrize("nasty", NASTY)
@pytest.mark.parametrize("kind", list(QUESTIONS))
def test_whatever_is_sent_gets_an_answer_and_never_right(kind: str, nasty: str) -> None:
    version = version_of(kind)
    sent = {"a": [nasty], **{f"a{at}": [nasty] for at in range(5)}}
    outcome = check(version, sent)
    assert outcome.verdict in {Verdict.NOT_CHECKED, Verdict.WRONG, Verdict.COMPARE}
    assert outcome.share == 0
    assert outcome.message


@pytest.mark.parametrize("kind", list(QUESTIONS))
def test_nothing_sent_asks_for_an_answer(kind: str) -> None:
    assert check(version_of(kind), {}).verdict == Verdict.NOT_CHECKED


@pytest.mark.parametrize("kind", list(QUESTIONS))
def test_very_many_values_are_bounded(kind: str) -> None:
    check(version_of(kind), {"a": ["0"] * 100_000})


def test_two_answers_to_a_single_choice_are_not_checked() -> None:
    assert check(version_of("single"), {"a": ["0", "1"]}).verdict == Verdict.NOT_CHECKED


def test_a_missing_or_doubled_place_is_not_checked() -> None:
    assert check(version_of("order"), {"a0": ["0"], "a1": ["1"], "a2": ["2"]}).verdict == Verdict.NOT_CHECKED
    doubled = {"a0": ["0"], "a1": ["0"], "a2": ["2"], "a3": ["3"]}
    assert check(version_of("order"), doubled).verdict == Verdict.NOT_CHECKED
    assert check(version_of("match"), {"a0": ["0"], "a1": [""], "a2": ["2"]}).verdict == Verdict.NOT_CHECKED


def test_a_long_typed_answer_is_refused_kindly() -> None:
    assert check(version_of("fill"), {"a": ["x" * (MAX_TYPED + 1)]}).verdict == Verdict.NOT_CHECKED


@pytest.mark.parametrize("kind", list(QUESTIONS))
def test_a_badly_authored_question_never_breaks(kind: str) -> None:
    bare = version_of(kind, [{"text": "vain tämä"}])
    check(bare, {"a": ["0"], "a0": ["0"]})
    check(version_of(kind, []), {"a": ["0"], "a0": ["0"]})
