"""What is different between two texts: readable, complete, and found in time."""

import random
import time

import pytest

from tests.texts import making
from texts import Change, Flat, Mark, apply, changes_between
from texts.changes import undone

RANDOM_PAIRS = 800


def differences(old: str, new: str) -> list[tuple[str, str]]:
    one = Flat.of_notation(old)
    return [
        (one.text[change.start : change.end], change.replacement.text)
        for change in changes_between(one, Flat.of_notation(new))
    ]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("Sama teksti.", "Sama teksti.", []),
        ("Se on tosi hyvä asia.", "Se on hyvä asia.", [("tosi ", "")]),
        ("Yksi kolme.", "Yksi kaksi kolme.", [("", "kaksi ")]),
        ("Yksi kaksi", "Yksi kaksi kolme", [("", " kolme")]),
        ("Kirjoitin sen.", "Kirjoitan sen.", [("Kirjoitin", "Kirjoitan")]),
        ("Loppu on hyvä.", "Loppu on hyvä!", [(".", "!")]),
        ("a b c d e", "x b y d z", [("a", "x"), ("c", "y"), ("e", "z")]),
        ("täysin eri lause tässä nyt", "aivan toinen virke siinä sitten", None),
        ("vanha lause ja entinen sana", "uusi virke ja nykyinen termi", [("vanha lause ja entinen sana", None)]),
        ("Eka.\n\nToka.", "Eka.\n\nUusi.\n\nToka.", [("", "Uusi.\n")]),
        ("Eka.\n\nVanha.\n\nToka.", "Eka.\n\nToka.", [("Vanha.\n", "")]),
        ("Eka tässä.\n\nToka tässä.", "Eka tässä. Toka tässä.", [("\n", " ")]),
        ("Eka tässä. Toka tässä.", "Eka tässä.\n\nToka tässä.", [(" ", "\n")]),
        ("Yksi sana", "## Yksi **sana**", [("sana", "sana"), ("\n", "\n")]),
        ("sana sana", "sana sana sana", [("", " sana")]),
        ("", "Uusi.", [("", "Uusi.\n")]),
    ],
)
def test_changes_are_told_in_whole_words(old: str, new: str, told: list[tuple[str, str | None]] | None) -> None:
    found = differences(old, new)
    if told is None:
        assert len(found) == 1
    else:
        assert [one for one, _other in found] == [one for one, _other in told]
        assert all(expected in (None, put) for (_one, put), (_same, expected) in zip(found, told, strict=True))


def test_a_change_of_the_address_of_a_link_is_a_change() -> None:
    old, new = Flat.of_notation("[sivu](https://a.fi/)"), Flat.of_notation("[sivu](https://b.fi/)")
    assert changes_between(old, new) == [Change(0, 4, new.piece(0, 4))]


def test_changes_make_the_new_text_and_can_be_undone() -> None:
    for seed in range(RANDOM_PAIRS):
        pick = random.Random(seed)
        old = making.text(pick, blocks=5, words=10)
        new = making.text(pick, blocks=5, words=10) if seed % 4 == 0 else making.edited(pick, old)
        changes = changes_between(old, new)
        assert apply(old, changes) == new, seed
        assert apply(new, undone(old, changes)) == old, seed
        pick.shuffle(changes)
        assert apply(old, changes) == new, seed


def test_no_change_of_words_cuts_a_word() -> None:
    for seed in range(RANDOM_PAIRS):
        pick = random.Random(seed)
        old = making.text(pick, signs=False, marks=0)
        new = making.edited(pick, old)
        for change in changes_between(old, new):
            if old.text[change.start : change.end] == change.replacement.text:
                continue
            for place in {change.start, change.end} - {0, len(old.text)}:
                assert not (old.text[place - 1].isalnum() and old.text[place].isalnum()), (seed, change)


def test_the_kind_of_a_joined_block_is_that_of_the_line_end_that_stays() -> None:
    old = Flat("Otsikko\nkappale\n", ("h2", "p"))
    assert apply(old, [Change(7, 8, Flat(" "))]) == Flat("Otsikko kappale\n", ("p",))


def test_words_put_inside_bold_ones_are_bold_only_when_they_say_so() -> None:
    old = Flat("lihava sana\n", ("p",), (Mark(0, 11, "strong"),))
    made = apply(old, [Change(7, 7, Flat("ohut ")), Change(11, 11, Flat(" myös", (), (Mark(0, 5, "strong"),)))])
    assert made.marks == (Mark(0, 6, "strong"), Mark(12, 21, "strong"))


def test_what_is_taken_away_leaves_neither_double_spaces_nor_empty_blocks() -> None:
    old = Flat.of_notation("yksi kaksi kolme\n\npois\n\nloppu")
    assert apply(old, [Change(5, 10), Change(17, 21)]).notation() == "yksi kolme\n\nloppu"
    assert apply(old, [Change(0, len(old.text))]) == Flat()


def test_changes_over_one_another_are_not_made() -> None:
    with pytest.raises(ValueError, match="over one another"):
        apply(Flat.of_notation("yksi kaksi"), [Change(0, 6), Change(4, 8)])


@pytest.mark.parametrize("words", [making.WORDS, ["sana"], ["ja", "on"], [f"sana{number}" for number in range(5_000)]])
@pytest.mark.parametrize(("length", "edits", "seconds"), [(3_400, 60, 0.02), (59_000, 60, 1), (59_000, 1_000, 1)])
def test_changes_are_found_in_time(words: list[str], length: int, edits: int, seconds: float) -> None:
    pick = random.Random(length)
    old = making.long_text(pick, length, words)
    new = making.rewritten(pick, old, edits)
    taken = []
    # The best of some runs: other work on the machine is not what is measured.
    for _run in range(5):
        began = time.process_time()
        changes = changes_between(old, new)
        taken.append(time.process_time() - began)
    assert apply(old, changes) == new
    assert min(taken) < seconds
