"""A text in a form: how long it is against what is aimed at, in words or in characters."""

import pytest
from django.template.loader import render_to_string
from django.utils.translation import override

from texts import Flat
from texts.counting import words_in
from texts.fields import WORDS, Aim, BodyField, Meter


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0),
        ("Yksi kaksi.", 2),
        ("Rakenne – ja arki", 3),
        ("8 000 euroa, 12 %", 4),
        ("sosiaali- ja terveysala", 3),
        ("kaksi\u00a0sanaa\u2028ja rivi\nkappale", 5),
        ("… — !", 0),
        ("äiti 社会 😀", 2),
    ],
)
def test_a_word_is_signs_between_spaces_with_a_letter_or_a_number_among_them(text: str, words: int) -> None:
    assert words_in(text) == words


def test_the_meter_says_what_lacks_and_what_is_too_much() -> None:
    aim = Aim(10, 20, WORDS)
    assert [(Meter(length, aim).state, Meter(length, aim).lacks) for length in (4, 10, 20)] == [
        ("under", 6), ("fits", 0), ("fits", 0),
    ]  # fmt: skip
    assert (Meter(23, aim).state, Meter(23, aim).too_many) == ("over", 3)
    assert Meter(10_000, aim).place == 600


def test_an_aim_may_have_one_end_or_none() -> None:
    assert Meter(500, Aim(least=300, unit=WORDS)).state == "fits"
    assert Meter(0, Aim(most=300)).state == "fits"
    assert Meter(301, Aim(most=300)).too_many == 1
    assert not Aim()
    assert Meter(7, Aim()).state == "fits"


def test_the_drawing_ends_past_what_is_aimed_at() -> None:
    meter = Meter(2_200, Aim(2_200, 3_400))
    assert meter.posts == [(314, 2_200), (486, 3_400)]
    assert meter.good == (314, 172)
    assert meter.place == 314


@pytest.mark.parametrize(
    ("aim", "told"),
    [
        (Aim(300, 1_600, WORDS), "The aim is 300–1,600 words."),
        (Aim(least=300, unit=WORDS), "The aim is at least 300 words."),
        (Aim(most=300), "The aim is at most 300 characters, spaces included."),
        (Aim(), ""),
    ],
)
def test_what_is_aimed_at_is_told_in_a_sentence(aim: Aim, told: str) -> None:
    with override("en"):
        assert aim.told == told


def test_a_field_tells_the_editor_what_it_counts() -> None:
    field = BodyField.of_posted("Yksi kaksi kolme.", "", aim=Aim(5, 9, WORDS))
    with override("en"):
        shown = render_to_string("texts/_body.html", {"body": field, "label": "Your answer"})
    assert 'data-aim="5-9" data-unit="words"' in shown
    assert ">3 words<" in shown
    assert ">2 words missing<" in shown
    assert "Your answer" in shown


def test_without_an_aim_only_the_length_is_told() -> None:
    with override("en"):
        shown = render_to_string("texts/_body.html", {"body": BodyField.of_posted("Yksi.", "", aim=Aim(unit=WORDS))})
    assert ">1 word<" in shown
    assert "badge" not in shown
    assert "<svg" not in shown


def test_what_cannot_be_read_stays_in_the_field_with_the_reason() -> None:
    field = BodyField.of_posted("{", "flat")
    assert (field.value, field.data) == ("{", None)
    assert field.error


def test_the_length_is_counted_as_the_aim_says() -> None:
    flat = Flat.of_notation("Yksi kaksi.")
    assert (Aim().length(flat), Aim(unit=WORDS).length(flat)) == (11, 2)
