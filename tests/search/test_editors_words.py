"""Synonym lists and best bets: what the editors tell the search takes effect without an index being built."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from search import answering, pinned, remembered, synonyms
from search.editing.models import BestBet, BestBetPage, SynonymGroup
from search.query import parse
from search.signals import connect
from tests.factories import pages
from vocabulary.models import TaskArea

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_remembered() -> Iterator[None]:
    connect()
    SynonymGroup.objects.all().delete()
    BestBet.objects.all().delete()
    yield
    synonyms.forget()
    pinned.forget()


@pytest.fixture
def worker(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A process that knows the dictionary, this one; on a busy machine it may take its time."""
    monkeypatch.setattr(answering, "PATIENCE", 10)
    settings.SEARCH_SOCKET = tmp_path / "analysis.sock"
    answering._ask.cache_clear()
    answering.answer_words()
    yield
    answering.stop()
    answering._ask.cache_clear()


def other_names(typed: str) -> list[str]:
    return [" ".join(name) for _typed, names in synonyms.expand(parse(typed)).alternatives for name in names]


def group(words: list[str], retired: list[str] = [], **fields: Any) -> SynonymGroup:  # noqa: B006
    made = SynonymGroup(words="\n".join(words), retired="\n".join(retired), **fields)
    made.full_clean()
    made.save()
    return made


def bet(queries: list[str], *chosen: Any, language: str = "fi") -> BestBet:
    made = BestBet(queries="\n".join(queries), language=language)
    made.pages = [BestBetPage(page=page, sort_order=place) for place, page in enumerate(chosen)]
    made.full_clean()
    made.save()
    return made


def test_words_in_use_find_each_other_and_retired_ones_lead_to_them() -> None:
    group(["hyvinvointialue", "HVA", "välfärdsområde"], ["kuntayhtymä"])
    assert other_names("hva") == ["hyvinvointialue", "välfärdsområde"]
    assert other_names("kuntayhtymä") == ["hyvinvointialue", "hva", "välfärdsområde"]
    assert "kuntayhtymä" not in other_names("hyvinvointialue")


@pytest.mark.parametrize("typed", ["hyvinvointialueilla", "HVA:n", "hva:lle"])
def test_an_inflected_word_is_known_without_the_dictionary(typed: str) -> None:
    group(["hyvinvointialue", "HVA", "välfärdsområde"])
    assert "välfärdsområde" in other_names(typed)


@pytest.mark.parametrize("typed", ["asunnottomuuden", "tiedon tuotannosta", "asunnottomuutta kunnassa"])
def test_the_dictionary_tells_what_no_stem_does(typed: str, worker: None) -> None:
    group(["asunnottomuus", "hemlöshet"])
    group(["tieto tuotanto", "hemlöshetsdata"])
    assert any(name.startswith("hemlöshet") for name in other_names(typed))


def test_a_list_that_changes_or_goes_is_forgotten_at_once() -> None:
    made = group(["xylitoli", "koivusokeri"])
    assert other_names("xylitoli") == ["koivusokeri"]
    made.words = "xylitoli\nbjörksocker"
    made.save()
    assert other_names("xylitoli") == ["björksocker"]
    made.delete()
    assert other_names("xylitoli") == []


@pytest.mark.django_db(transaction=True)
def test_another_process_learns_of_it_when_the_change_is_committed() -> None:
    before = remembered.moment()[0]
    group(["xylitoli", "koivusokeri"])
    assert remembered.moment()[0] != before
    before = remembered.moment()[0]
    pages.post()
    assert remembered.moment()[0] == before


@pytest.mark.parametrize(
    ("words", "retired", "field", "told"),
    [
        (["yksin"], [], "words", "One word alone"),
        (["a" * 120, "b"], [], "words", "too long"),
        (["yksi kaksi kolme neljä viisi kuusi", "b"], [], "words", "too long"),
        (["–", "b"], [], "words", "no word"),
        (["työpaja", "työpajat"], [], "words", "the same to the search"),
        (["a", "a"], [], "words", "the same to the search"),
        (["paja", "verstas"], ["Paja"], "retired", "in use too"),
        (["verstas", "kuntayhtymä"], [], "words", "a retired word of another list"),
        (["verstas", "hva"], [], "words", "in another list already"),
        (["verstas"], ["hyvinvointialue"], "retired", "in use in another list"),
        (["verstas"], ["kuntayhtymä"], "retired", "in another list already"),
        (["verstas"], ["tietotyö"], "retired", "the name of a term"),
        ([f"sana{number}" for number in range(10)], [], "words", "At most 9"),
    ],
)
def test_contradictions_are_refused_beside_their_field(
    words: list[str], retired: list[str], field: str, told: str
) -> None:
    TaskArea.objects.get_or_create(code="tieto-x", defaults={"name_fi": "Tietotyö"})
    group(["hyvinvointialue", "hva"], ["kuntayhtymä"])
    with translation.override("en"), pytest.raises(ValidationError) as refused:
        group(words, retired)
    assert list(refused.value.message_dict) == [field]
    assert told in " ".join(refused.value.message_dict[field])


def test_a_list_may_be_saved_again_as_it_is() -> None:
    made = group(["hyvinvointialue", "hva"])
    made.full_clean()
    assert str(made) == "hyvinvointialue = hva"


@pytest.mark.parametrize("typed", ["ota yhteyttä", "otan yhteyttä", "OTA YHTEYTTÄ"])
def test_a_best_bet_is_found_by_its_whole_search_in_any_form(typed: str, worker: None) -> None:
    page = pages.post()
    bet(["ota yhteyttä", "palaute"], page)
    assert pinned.keys_for(parse(typed), "fi") == [f"post:{page.pk}"]


@pytest.mark.parametrize("typed", ["", "yhteyttä", "ota yhteyttä kuntaan", '"ota yhteyttä"', "palaute -lomake"])
def test_other_searches_have_no_best_bet(typed: str) -> None:
    bet(["ota yhteyttä", "palaute"], pages.post())
    assert pinned.keys_for(parse(typed), "fi") == []


def test_a_best_bet_is_of_its_language_or_of_all() -> None:
    finnish, every = pages.post(), pages.theme()
    bet(["forum"], finnish)
    bet(["forum x"], every, language="")
    assert pinned.keys_for(parse("forum"), "sv") == []
    assert pinned.keys_for(parse("forum x"), "sv") == [f"theme:{every.pk}"]


def test_pinned_pages_keep_their_order_and_follow_changes() -> None:
    first, second = pages.post(), pages.theme()
    made = bet(["foorumi"], first, second)
    assert pinned.keys_for(parse("foorumit"), "fi") == [f"post:{first.pk}", f"theme:{second.pk}"]
    made.pages = [BestBetPage(page=second)]
    made.save()
    assert pinned.keys_for(parse("foorumit"), "fi") == [f"theme:{second.pk}"]
    second.delete()
    assert pinned.keys_for(parse("foorumit"), "fi") == []


def test_a_search_has_one_best_bet_in_a_language() -> None:
    bet(["palaute"], pages.post())
    with pytest.raises(ValidationError, match="palaute"):
        bet(["palautteet", "palaute"], pages.post())
    with pytest.raises(ValidationError):
        bet(["palaute"], pages.post(), language="")
    bet(["palaute"], pages.post(), language="sv")


def test_what_the_search_does_not_hold_cannot_be_pinned() -> None:
    section = pages.post().get_parent()
    with pytest.raises(ValidationError):
        BestBetPage(bet=BestBet(queries="blogi"), page=section).full_clean(exclude=["bet"])
