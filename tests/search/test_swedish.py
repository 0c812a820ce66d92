"""Swedish words are found in whatever form they are typed and written."""

from itertools import permutations

import pytest

from search.analysis import stand_in
from search.engines import Engine
from tests.search.conftest import Find, make


@pytest.mark.parametrize(
    "forms",
    [
        "kurs kurser kursen kurserna kursens kursernas",
        "analys analyser analysen",
        "fråga frågor frågan frågorna frågans",
        "barn barnet barnen barnens",
        "nätverk nätverket nätverken nätverkens",
        "fenomen fenomenet fenomenen",
        "tema teman temat temana",
        "möte mötet möten mötena",
        "program programmet programmen",
        "förälder föräldern föräldrar föräldrarna föräldrars",
        "nyckel nyckeln nycklar",
        "exempel exemplet exemplen",
        "social socialt sociala",
        "strukturell strukturellt strukturella",
        "vuxen vuxna vuxnas",
        "handbok handböcker handböckerna",
        "man mannen män männen männens",
        "socialarbetare socialarbetaren socialarbetarna socialarbetarnas",
    ],
)
def test_every_two_forms_of_a_word_have_a_stem_in_common(forms: str) -> None:
    stems = {form: set(stand_in(form, "sv").lemmas) for form in forms.split()}
    assert not [pair for pair in permutations(stems, 2) if stems[pair[0]].isdisjoint(stems[pair[1]])]


@pytest.mark.parametrize(
    ("one", "other"),
    [("kurs", "kurator"), ("barn", "barr"), ("plan", "plats"), ("som", "sommar"), ("sak", "sakna"), ("rum", "rumpa")],
)
def test_other_words_have_none(one: str, other: str) -> None:
    assert set(stand_in(one, "sv").lemmas).isdisjoint(stand_in(other, "sv").lemmas)


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("kurs", "Kurser i socialt arbete"),
        ("kurserna", "En kurs"),
        ("nätverk", "Om nätverket"),
        ("nätverket", "Nätverk"),
    ],
)
def test_swedish_inflection_is_no_hindrance_beside_the_word_as_typed(
    engine: Engine, find: Find, typed: str, title: str
) -> None:
    other = make("sv:1", typed, "Något annat.", language="sv")
    engine.index([other, make("sv:2", title, language="sv"), make("sv:3", "Annat", language="sv")])
    assert find(typed, language="sv") == ["sv:1", "sv:2"]
