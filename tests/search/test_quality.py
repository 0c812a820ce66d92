"""What people type that no text says so: questions, slips, compounds, words that nothing holds. For every engine."""

from collections.abc import Callable

import pytest

from search.engines import Engine, Results
from search.query import Query, parse
from tests.search.conftest import Find, make


@pytest.mark.parametrize("typed", ["miten haen apua", "mistä haen apua", "hur haen apua", "apua haen miten"])
def test_a_question_is_answered_by_what_it_is_about(engine: Engine, find: Find, typed: str) -> None:
    engine.index(
        [
            make("p:1", "Miten raportti luetaan", "Miten, mistä ja miksi: hur."),
            make("p:2", "Avun hakeminen", "Apua haetaan näin. Hae apua."),
            make("p:3", "Muuta"),
        ]
    )
    assert find(typed) == ["p:2"]


def test_a_title_that_is_the_question_leads(engine: Engine, find: Find) -> None:
    engine.index([make("p:1", "Apua haen nyt minä"), make("p:2", "Miten haen apua"), make("p:3", "Haen apua kunnasta")])
    assert find("miten haen apua")[0] == "p:2"


def test_a_word_to_ask_with_is_found_where_there_is_no_other(engine: Engine, find: Find) -> None:
    engine.index([make("p:1", "Miten se tehtiin"), make("p:2", "Muuta")])
    assert find("miten") == ["p:1"]
    assert find('"miten se"') == ["p:1"]


def test_words_that_nothing_holds_are_named(engine: Engine, results: Callable[..., Results]) -> None:
    engine.index([make("p:1", "Raportti lomakkeella"), make("p:2", "Salainen xyzzyplugh", access=("members",))])
    found = results("raportti xyzzyplugh qqqwww")
    assert ([hit.document.key for hit in found.hits], found.missing) == (["p:1"], ("xyzzyplugh", "qqqwww"))
    assert results("raportti xyzzyplugh", access=("public", "members")).missing == ()


def test_nothing_is_named_that_was_corrected_or_is_all_that_was_typed(
    engine: Engine, results: Callable[..., Results]
) -> None:
    engine.index([make("p:1", "Raportti lomakkeella")])
    assert results("raporttti lomake").missing == ()
    assert results("xyzzyplugh").missing == ()
    assert results("raportti lomake").missing == ()


def test_a_compound_that_is_only_another_reading_of_a_word_is_taken_for_a_slip(
    engine: Engine, results: Callable[..., Results]
) -> None:
    engine.index([make(f"p:{number}", "Kokemusasiantuntija") for number in range(4)])
    engine.index([make("p:8", "Kokemusasiantuntijoille"), make("p:9", "Muuta")])
    assert results("kokemusasiantuntia").corrections == {"kokemusasiantuntia": "kokemusasiantuntija"}
    assert results("kokemusasiantuntijaa").corrections == {}


def test_a_compound_that_somebody_has_written_is_no_slip(engine: Engine, results: Callable[..., Results]) -> None:
    engine.index([make(f"p:{number}", "Vuorotyö") for number in range(9)])
    engine.index([make("p:9", "Vuorityö")])
    found = results("vuorityö")
    assert ([hit.document.key for hit in found.hits[:1]], found.corrections) == (["p:9"], {})


def test_a_slip_in_another_name_is_mended(engine: Engine) -> None:
    engine.index([make("p:1", "Rakenteinen kirjaaminen"), make("p:2", "Muuta")])
    query = Query("dokumentonti", ("dokumentonti",), mistyped=(("dokumentonti", "dokumentointi", (("kirjaaminen",),)),))
    found = engine.search(query)
    assert [hit.document.key for hit in found.hits] == ["p:1"]
    assert (found.corrections, found.missing) == ({"dokumentonti": "dokumentointi"}, ())
    assert found.hits[0].title == "Rakenteinen <mark>kirjaaminen</mark>"


def test_a_word_of_the_index_that_is_nearer_goes_before_another_name(engine: Engine) -> None:
    engine.index([make("p:1", "Kirjaaminen"), make("p:2", "Raportointi")])
    query = Query("raportonti", ("raportonti",), mistyped=(("raportonti", "raporttointi", (("kirjaaminen",),)),))
    assert engine.search(query).corrections == {"raportonti": "raportointi"}


SWEDISH = [
    make("sv:1", "Arbete", language="sv"),
    make("sv:2", "Vuxensocialarbete och annat", language="sv"),
    make("sv:3", "Socialarbetet i dag", language="sv"),
    make("sv:4", "Socialt", "Vuxen är den som är stor.", language="sv"),
    make("sv:5", "Något annat", "Skolan har arbetat.", language="sv"),
]


@pytest.mark.parametrize("typed", ["arbete", "arbetet", "arbeten"])
def test_a_swedish_word_is_found_in_compounds_of_known_words(engine: Engine, find: Find, typed: str) -> None:
    engine.index(SWEDISH)
    found = find(typed, language="sv")
    assert found[0] == "sv:1"
    assert "sv:3" in found


def test_the_first_part_of_a_swedish_compound_must_be_a_word_of_the_index(engine: Engine, find: Find) -> None:
    engine.index([make("sv:1", "Grupp", language="sv"), make("sv:2", "Arbetsgruppen", language="sv")])
    assert find("grupp", language="sv") == ["sv:1"]
    engine.index([make("sv:3", "Arbete", language="sv")])
    assert find("grupp", language="sv") == ["sv:1", "sv:2"]


def test_every_word_may_be_in_a_swedish_compound(engine: Engine, find: Find) -> None:
    engine.index([*SWEDISH, make("sv:6", "Rapport om socialarbete", language="sv")])
    assert find("rapport arbete", language="sv")[0] == "sv:6"


def test_a_swedish_compound_that_the_index_lacks_is_looked_for_by_its_words(
    engine: Engine, results: Callable[..., Results]
) -> None:
    engine.index(
        [
            make("sv:1", "Grupper för delaktighet", language="sv"),
            make("sv:2", "Grupper", language="sv"),
            make("sv:3", "Delaktighet", language="sv"),
        ]
    )
    found = results("delaktighetsgruppen", language="sv")
    assert [hit.document.key for hit in found.hits] == ["sv:1"]
    assert found.corrections == {"delaktighetsgruppen": "delaktighets gruppen"}
    assert results("delaktighetsxyzzy", language="sv").total == 0


@pytest.mark.parametrize("typed", ["raportointi", "raportoin", "rapo"])
def test_a_title_is_suggested_by_a_part_of_its_compound(engine: Engine, typed: str) -> None:
    engine.index(
        [
            make("p:1", "Ilmiöraportoinnin opas"),
            make("p:2", "Sosiaalinen raportointi alueilla"),
            make("p:3", "Raportointi ja kaikki siihen liittyvä"),
            make("p:4", "Muuta"),
        ]
    )
    told = [suggestion.text for suggestion in engine.suggest(typed)]
    assert told == [
        "Raportointi ja kaikki siihen liittyvä",
        "Sosiaalinen raportointi alueilla",
        "Ilmiöraportoinnin opas",
    ]
    engine.delete(["p:1"])
    assert "Ilmiöraportoinnin opas" not in [suggestion.text for suggestion in engine.suggest(typed)]


def test_a_beginning_of_two_letters_is_looked_for_in_no_compound(engine: Engine) -> None:
    engine.index([make("p:1", "Ilmiöraportointi"), make("p:2", "Raportti")])
    assert [suggestion.text for suggestion in engine.suggest("ra")] == ["Raportti"]


def test_questions_are_read_as_typed_where_exact_words_are_asked_for(engine: Engine) -> None:
    engine.index([make("p:1", "Haen apua"), make("p:2", "Miten haen apua")])
    exact = engine.search(Query("miten haen", ("miten", "haen"), exact=True))
    assert exact.hits[0].document.key == "p:2"
    assert parse("miten haen").words == ("miten", "haen")
