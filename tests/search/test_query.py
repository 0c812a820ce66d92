import random

import pytest

from search.query import LONGEST, MOST_WORDS, Query, parse


def test_words_phrases_and_exclusions() -> None:
    query = parse('Raportti "sosiaalinen raportointi" -lomake -"iso talo"')
    assert query.words == ("raportti",)
    assert query.phrases == (("sosiaalinen", "raportointi"),)
    assert query.excluded == (("lomake",), ("iso", "talo"))


def test_a_hyphen_inside_a_word_excludes_nothing() -> None:
    assert parse("sosiaali- ja hyte-työ").words == ("sosiaali", "ja", "hyte-työ")


@pytest.mark.parametrize("typed", ["", " ", '"', '""', "-", "--", '-"', "!?", "\x00", "'", "* OR NOT"])
def test_odd_input_is_harmless(typed: str) -> None:
    assert isinstance(parse(typed), Query)


def test_a_lone_quote_is_no_phrase() -> None:
    assert parse('"raportti lomake').words == ("raportti", "lomake")


def test_only_exclusions_ask_for_nothing() -> None:
    assert not parse("-lomake")


def test_length_is_bounded() -> None:
    query = parse("sana" + "".join(f" sana{number}" for number in range(5_000)))
    assert len(query.text) <= LONGEST
    assert len(query.words) <= MOST_WORDS


def test_what_is_beyond_the_bounds_is_dropped_by_whole_words_and_told() -> None:
    query = parse("sosiaalityö " * 30)
    assert query.shortened
    assert query.words == ("sosiaalityö",)
    assert query.text.endswith("sosiaalityö")
    assert parse(" ".join(f"sana{number}" for number in range(13))).shortened
    assert parse("työ " + "a" * 65).shortened
    assert parse("a" * 10_000).shortened


@pytest.mark.parametrize("typed", ["", "työ", "työ   " * 12, "a" * 64, " ".join(f"sana{n}" for n in range(12))])
def test_what_is_searched_for_as_a_whole_is_not_called_shortened(typed: str) -> None:
    assert not parse(typed).shortened


def test_lone_surrogates_are_replaced() -> None:
    assert parse("raportti \ud800").text.encode("utf-8")


def test_random_input_never_fails() -> None:
    dice = random.Random(1)
    letters = "aä\"'-:*()^{}+~\\%_ \x00\t\u00ad\ud83d€İß#"
    for _ in range(2_000):
        query = parse("".join(dice.choices(letters, k=dice.randrange(60))))
        assert len(query.words) + sum(map(len, (*query.phrases, *query.excluded))) <= MOST_WORDS
