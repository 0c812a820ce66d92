"""Suggestions while typing, pinned hits, and what is offered when nothing is found."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from search.engines import Engine, Results
from search.query import parse
from search.suggested import pieces
from tests.search.conftest import make


def texts(engine: Engine, typed: str, **options: object) -> list[str]:
    return [suggestion.text for suggestion in engine.suggest(typed, **options)]  # type: ignore[arg-type]


@pytest.mark.parametrize("typed", ["työp", "Työpaja", "tyop", "tyopa", " työpajo"])
def test_titles_go_on_as_typed(engine: Engine, typed: str) -> None:
    engine.index([make("p:1", "Työpajojen opas"), make("p:2", "Jotain muuta")])
    assert texts(engine, typed) == ["Työpajojen opas"]


def test_every_word_counts_and_the_last_is_unfinished(engine: Engine) -> None:
    engine.index([make("p:1", "Sosiaalinen raportointi"), make("p:2", "Sosiaalinen asuminen")])
    assert texts(engine, "sosiaalinen rap") == ["Sosiaalinen raportointi"]
    assert texts(engine, "sosiaalisen rap") == ["Sosiaalinen raportointi"]
    assert set(texts(engine, "sosiaalinen")) == {"Sosiaalinen raportointi", "Sosiaalinen asuminen"}


@pytest.mark.parametrize("typed", ["lastensuojelun", "lastensuojelusta", "palvelut lastensuojelun"])
def test_an_inflected_last_word_goes_on_as_its_base_form(engine: Engine, typed: str) -> None:
    engine.index([make("p:1", "Lastensuojelu ja palvelu"), make("p:2", "Lastenkoti")])
    assert texts(engine, typed) == ["Lastensuojelu ja palvelu"]


def test_a_title_with_the_form_as_typed_goes_before_the_base_form(engine: Engine) -> None:
    engine.index([make("p:1", "Työpaja"), make("p:2", "Työpajoissa opittua")])
    assert texts(engine, "työpajoissa") == ["Työpajoissa opittua", "Työpaja"]


@pytest.mark.parametrize(
    ("typed", "marked"),
    [
        ("rap", "[Rap]ortoinnin opas"),
        ("op rap", "[Rap]ortoinnin [op]as"),
        ("opas raportointi", "[Raportoin]nin [opas]"),
        ("raportoin", "[Raportoin]nin opas"),
        ("työ", "Raportoinnin opas"),
        ("", "Raportoinnin opas"),
    ],
)
def test_what_was_typed_is_marked_in_what_is_suggested(typed: str, marked: str) -> None:
    cut = pieces("Raportoinnin opas", typed)
    assert "".join(f"[{piece}]" if place % 2 else piece for place, piece in enumerate(cut)) == marked


def test_typing_without_umlauts_marks_them_too() -> None:
    assert pieces("Työpajat ja lasten", "tyopajo lastensuojelun")[1::2] == ["Työpaj"]


def test_the_beginning_of_a_title_goes_before_its_middle(engine: Engine) -> None:
    engine.index([make("p:1", "Opas raportointiin"), make("p:2", "Raportointi alueilla ja kunnissa")])
    assert texts(engine, "rap") == ["Raportointi alueilla ja kunnissa", "Opas raportointiin"]


def test_suggestions_are_in_the_readers_language_first_and_once(engine: Engine) -> None:
    engine.index(
        [
            make("p:1", "Forum", language="en"),
            make("p:2", "Forumet", language="sv", translation_key="a"),
            make("p:3", "Foorumi", language="fi", translation_key="a", found_by="forum"),
        ]
    )
    assert texts(engine, "foru", language="sv") == ["Forumet", "Forum"]
    assert texts(engine, "foru", language="fi") == ["Foorumi", "Forum"]


def test_a_term_is_suggested_by_its_other_names(engine: Engine) -> None:
    engine.index([make("t:1", "Hyvinvoinnin edistäminen", kind="term", found_by="hyte. hälsofrämjande")])
    (suggestion,) = engine.suggest("hyt")
    assert (suggestion.text, suggestion.kind, suggestion.url) == ("Hyvinvoinnin edistäminen", "term", "/t:1/")
    assert texts(engine, "halsofr") == ["Hyvinvoinnin edistäminen"]


def test_nothing_is_suggested_that_one_may_not_open(engine: Engine) -> None:
    engine.index([make("p:1", "Salainen raportti", access=("members",))])
    assert texts(engine, "sal") == []
    assert texts(engine, "sal", access=("public", "members")) == ["Salainen raportti"]


def test_a_changed_title_is_suggested_no_more(engine: Engine) -> None:
    engine.index([make("p:1", "Raportti")])
    engine.index([make("p:1", "Lomake")])
    assert texts(engine, "rap") == []
    engine.delete(["p:1"])
    assert texts(engine, "lom") == []


@pytest.mark.parametrize(
    "typed", ["", " ", '"', "-", "*", "#", "# raportti", "\x00", "\ud800", "a" * 10_000, "a b " * 90]
)
def test_odd_typing_is_harmless(engine: Engine, typed: str) -> None:
    engine.index([make("p:1", "Raportti")])
    assert isinstance(engine.suggest(typed), tuple)


def test_no_more_than_asked_for(engine: Engine) -> None:
    engine.index([make(f"p:{number}", f"Raportti {number}") for number in range(60)])
    assert len(texts(engine, "raportti", limit=5)) == 5
    assert len(texts(engine, "r")) == 8


def test_documents_are_fetched_by_key_as_far_as_they_may_be_opened(engine: Engine) -> None:
    engine.index([make("p:1", "Raportti"), make("p:2", "Salainen", access=("members",))])
    assert set(engine.fetch(["p:1", "p:2", "p:3"])) == {"p:1"}
    assert engine.fetch(["p:2"], access=("members",))["p:2"].title == "Salainen"


def test_exactly_the_typed_words_are_not_corrected(engine: Engine, results: Callable[..., Results]) -> None:
    engine.index([make("p:1", "Asunnottomuus"), make("p:2", "Kipeä sääri")])
    assert results("asunotomuus").total == 1
    assert results("saari").total == 1
    exact = engine.search(replace(parse("asunotomuus"), exact=True))
    assert (exact.total, exact.corrections, exact.near) == (0, {}, ("asunnottomuus",))
    assert engine.search(replace(parse("saari"), exact=True)).total == 0
    assert engine.search(replace(parse("asunnottomuudesta"), exact=True)).total == 1


def test_the_nearest_spellings_are_offered_when_nothing_is_found(
    engine: Engine, results: Callable[..., Results]
) -> None:
    engine.index([make("p:1", "Asunnottomuus"), make("p:2", "Asunnottomien", access=("members",))])
    found = results("asunotomuskk")
    assert (found.total, found.near) == (0, ("asunnottomuus",))
    assert results("asunnottomuus").near == ()
    assert results("xyzzyplugh").near == ()


def test_a_short_word_has_no_spellings_that_begin_otherwise(engine: Engine, results: Callable[..., Results]) -> None:
    engine.index([make("p:1", "Sig, mig och dig", language="sv"), make("p:2", "Iso")])
    assert results("img").near == ()
