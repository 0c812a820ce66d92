"""What any engine must do."""

import datetime
from collections.abc import Callable, Iterator

import pytest

from search.documents import Document
from search.engines import Engine, Filters, Results, Sort
from tests.search.conftest import Find, make


@pytest.mark.parametrize("typed", ["työpaja", "työpajat", "ilmiö", "ilmiötyöpaja", "paja", "TYÖPAJOISTA"])
def test_inflected_and_compound_words_are_found(engine: Engine, find: Find, typed: str) -> None:
    engine.index([make("p:1", "Mitä opimme ilmiötyöpajoissa"), make("p:2", "Jotain muuta")])
    assert find(typed) == ["p:1"]


@pytest.mark.parametrize("typed", ["ilmiötyopaja", "tyopaja", "ilmiötyäpaja", "imiötyöpaja"])
def test_mistyped_words_are_found_and_the_change_is_told(
    engine: Engine, results: Callable[..., Results], typed: str
) -> None:
    engine.index([make("p:1", "Mitä opimme ilmiötyöpajoissa")])
    found = results(typed)
    assert found.total == 1
    assert list(found.corrections) == [typed]


def test_a_compound_that_the_index_lacks_is_looked_for_by_its_parts(
    engine: Engine, results: Callable[..., Results]
) -> None:
    engine.index([make("p:1", "Työtä ja vaikuttamista"), make("p:2", "Vaikuttaminen"), make("p:3", "Työ")])
    found = results("vaikuttamistyö")
    assert found.hits[0].document.key == "p:1"
    assert found.corrections == {"vaikuttamistyö": "vaikuttaminen työ"}
    engine.index([make("p:4", "Vaikuttamisen työpaja")])
    assert results("vaikuttamistyöpajoissa").corrections == {"vaikuttamistyöpajoissa": "vaikuttaminen työpaja"}


def test_a_replacement_is_told_only_if_it_found_something_to_open(
    engine: Engine, results: Callable[..., Results]
) -> None:
    engine.index([make("p:1", "Salainen asunnottomuus", access=("members",))])
    assert results("asunnotomuus").corrections == {}
    assert results("asunnotomuus", access=("members",)).corrections == {"asunnotomuus": "asunnottomuus"}


@pytest.mark.parametrize("typed", ["kurssi irtisanominem", "irtisanominem kurssi", "kurssi irtisanominem palaute"])
def test_no_replacement_stands_only_in_what_one_may_not_open(
    engine: Engine, results: Callable[..., Results], typed: str
) -> None:
    engine.index([make("p:1", "Kurssi"), make("p:2", "Irtisanominen", access=("group:1",))])
    found = results(typed)
    assert ([hit.document.key for hit in found.hits], found.corrections, found.near) == (["p:1"], {}, ())
    member = results(typed, access=("public", "group:1"))
    assert (member.total, member.corrections) == (2, {"irtisanominem": "irtisanominen"})
    assert results(typed).corrections == {}


def test_a_word_of_closed_documents_is_as_unknown_as_any(engine: Engine, results: Callable[..., Results]) -> None:
    engine.index([make("p:1", "Raportointi"), make("p:2", "Raportonti", access=("group:1",))])
    assert results("raportonti", access=("group:1",)).corrections == {}
    found = results("raportonti")
    assert (found.total, found.corrections) == (1, {"raportonti": "raportointi"})


def test_a_compound_is_taken_apart_only_into_words_that_one_may_open(
    engine: Engine, results: Callable[..., Results]
) -> None:
    engine.index([make("p:1", "Kurssi"), make("p:2", "Työ"), make("p:3", "Vaikuttaminen", access=("group:1",))])
    assert results("kurssi vaikuttamistyö").corrections == {}
    told = results("kurssi vaikuttamistyö", access=("public", "group:1")).corrections
    assert told == {"vaikuttamistyö": "vaikuttaminen työ"}


def test_a_short_word_is_corrected_by_one_letter_and_never_the_first(
    engine: Engine, results: Callable[..., Results]
) -> None:
    engine.index([make("p:1", "Inga", language="sv"), make("p:2", "Mig", language="sv"), make("p:3", "Skola")])
    for typed in ("unga", "img", "skla", "solka"):
        told = {"skla": {"skla": "skola"}, "solka": {"solka": "skola"}}.get(typed, {})
        assert results(typed, language="fi").corrections == told
    assert results("unga", language="sv").corrections == {}


def test_of_three_letters_only_umlauts_and_double_letters_are_corrected(
    engine: Engine, results: Callable[..., Results]
) -> None:
    engine.index([make("p:1", "Tee työ"), make("p:2", "Vei")])
    assert results("tes").corrections == results("ves").corrections == {}
    assert results("tyo").corrections == {"tyo": "työ"}


def test_only_a_slip_in_a_long_word_leads_to_another_language(engine: Engine, results: Callable[..., Results]) -> None:
    engine.index([make("p:1", "Uskoa"), make("p:2", "Asunnottomuus")])
    assert results("skola", language="sv").corrections == {}
    assert results("skola", language="fi").corrections == {"skola": "uskoa"}
    assert results("asunottomuus", language="sv").corrections == {"asunottomuus": "asunnottomuus"}
    assert results("asunottomus", language="sv").corrections == {}
    assert results("asunottomus", language="fi").corrections == {"asunottomus": "asunnottomuus"}


def test_nothing_is_corrected_into_a_very_common_word(engine: Engine, results: Callable[..., Results]) -> None:
    engine.index([make(f"p:{number}", "Kuitenkin" if number < 24 else "Muuta") for number in range(50)])
    assert results("kuitenkim").corrections == {}
    engine.index([make(f"p:{number}", "Muuta") for number in range(15)])
    assert results("kuitenkim").corrections == {"kuitenkim": "kuitenkin"}


def test_umlauts_left_out_of_a_known_word_come_last(engine: Engine, find: Find) -> None:
    engine.index([make("p:1", "Kipeä sääri"), make("p:2", "Kaunis saari")])
    assert find("saari") == ["p:2", "p:1"]


def test_structured_does_not_find_structural(engine: Engine, find: Find) -> None:
    engine.index([make("p:1", "Rakenteellinen sosiaalityö"), make("p:2", "Rakenteinen kirjaaminen")])
    assert find("rakenteinen") == ["p:2"]
    assert find("rakenteellista") == ["p:1"]


def test_documents_with_all_words_come_first(engine: Engine, find: Find) -> None:
    engine.index(
        [
            make("p:1", "Raportti", "raportti raportti raportti"),
            make("p:2", "Pitkä kirjoitus", "Asunnottomuus mainitaan, samoin " + "jotain " * 60 + "raportin lopuksi."),
            make("p:3", "Asunnottomuus"),
        ]
    )
    found = find("raportti asunnottomuus")
    assert found[0] == "p:2"
    assert set(found) == {"p:1", "p:2", "p:3"}


def test_a_title_counts_more_than_the_text(engine: Engine, find: Find) -> None:
    engine.index([make("p:1", "Muuta", "Raportti on tässä."), make("p:2", "Raportti", "Muuta on tässä.")])
    assert find("raportti") == ["p:2", "p:1"]


@pytest.mark.parametrize("typed", ["raportointi", "raportoinnin", "Raportointia", "raportonti"])
def test_a_title_that_is_what_was_typed_leads_then_titles_with_more_then_parts_then_texts(
    engine: Engine, find: Find, typed: str
) -> None:
    engine.index(
        [
            make("p:1", "Muuta", "Raportointi, raportointia raportoinnin vuoksi: raportoinnissa raportoidaan."),
            make("p:2", "Raportointityökalun opas", "Jotain."),
            make("p:3", "Sosiaalisen raportoinnin opas", "Raportointia raportoinnista."),
            make("p:4", "Raportointi", "Sosiaalityötä. " * 40),
        ]
    )
    assert find(typed) == ["p:4", "p:3", "p:2", "p:1"]


def test_a_phrase_is_words_side_by_side(engine: Engine, find: Find) -> None:
    engine.index([make("p:1", "Uusi suunta alkaa"), make("p:2", "Suunta on uusi")])
    assert find('"uusi suunta"') == ["p:1"]


def test_a_phrase_of_one_word_finds_the_written_form_alone(
    engine: Engine, results: Callable[..., Results], find: Find
) -> None:
    engine.index([make("p:1", "Raportit"), make("p:2", "Raportti"), make("p:3", "Raportin teksti", "Raportti")])
    assert find('"Raportti"') == ["p:2", "p:3"]
    assert find('"raportti" teksti')[0] == "p:3"
    assert results('"raportti"').hits[0].title == "<mark>Raportti</mark>"
    nothing = results('"raportilla"')
    assert (nothing.total, nothing.corrections) == (0, {})
    assert "raportti" in nothing.near


def test_an_excluded_word_excludes_its_forms(engine: Engine, find: Find) -> None:
    engine.index([make("p:1", "Raportti lomakkeella"), make("p:2", "Raportti ilman")])
    assert find("raportti -lomake") == ["p:2"]


def test_swedish_and_english_are_found_by_their_stems(engine: Engine, find: Find) -> None:
    engine.index([make("p:1", "Rapporterna", language="sv"), make("p:2", "Reporting", language="en")])
    assert find("rapporter") == ["p:1"]
    assert find("reports") == ["p:2"]


def test_the_readers_language_comes_first(engine: Engine, find: Find) -> None:
    engine.index([make("p:1", "Forum", language="en"), make("p:2", "Forum", language="sv")])
    assert find("forum", language="sv") == ["p:2", "p:1"]
    assert find("forum", language="en") == ["p:1", "p:2"]


def test_a_page_and_its_translation_are_one_hit(engine: Engine, results: Callable[..., Results]) -> None:
    engine.index(
        [
            make("p:1", "Forum", language="fi", translation_key="a"),
            make("p:2", "Forum", language="sv", translation_key="a"),
        ]
    )
    found = results("forum", language="sv")
    assert [hit.document.key for hit in found.hits] == ["p:2"]
    assert (found.total, found.facets["kind"]) == (1, {"post": 1})


def test_what_one_may_not_open_is_in_no_hit_and_no_count(engine: Engine, results: Callable[..., Results]) -> None:
    engine.index(
        [
            make("p:1", "Julkinen raportti"),
            make("e:2", "Jäsenten raportti", kind="event", access=("members",)),
            make("e:3", "Ei kenenkään raportti", kind="event", access=()),
        ]
    )
    anonymous = results("raportti")
    assert (anonymous.total, anonymous.facets["kind"]) == (1, {"post": 1})
    member = results("raportti", access=("public", "members"))
    assert (member.total, member.facets["kind"]) == (2, {"post": 1, "event": 1})
    only_member = results("raportti", access=("members",))
    assert [hit.document.key for hit in only_member.hits] == ["e:2"]


def test_facets_count_other_kinds_than_the_chosen_one(engine: Engine, results: Callable[..., Results]) -> None:
    engine.index(
        [make("p:1", "Raportti"), make("e:2", "Raportti", kind="event"), make("e:3", "Raportti", kind="event")]
    )
    found = results("raportti", filters=Filters(kinds=frozenset({"event"})))
    assert (found.total, found.facets["kind"]) == (2, {"post": 1, "event": 2})


def test_filters_by_language_and_codes(engine: Engine, find: Find) -> None:
    engine.index(
        [
            make("p:1", "Forum", regions=("kainuu",)),
            make("p:2", "Forum", regions=("lappi",), phenomena=("asunnottomuus",)),
            make("p:3", "Forum", language="sv", regions=("kainuu",)),
        ]
    )
    assert set(find("forum", filters=Filters(codes={"regions": frozenset({"kainuu"})}))) == {"p:1", "p:3"}
    assert find("forum", filters=Filters(languages=frozenset({"sv"}))) == ["p:3"]
    both = {"regions": frozenset({"kainuu", "lappi"}), "phenomena": frozenset({"asunnottomuus"})}
    assert find("forum", filters=Filters(codes=both)) == ["p:2"]


def test_newest_first(engine: Engine, find: Find) -> None:
    days = {"p:1": datetime.date(2026, 1, 5), "p:2": datetime.date(2026, 11, 1), "p:3": None}
    engine.index([make(key, "Raportti", date=day) for key, day in days.items()])
    assert find("raportti", sort=Sort.NEWEST) == ["p:2", "p:1", "p:3"]


def test_newest_first_is_one_order_over_all_hits(engine: Engine, results: Callable[..., Results]) -> None:
    day = datetime.date
    engine.index(
        [
            make("p:1", "Raportti lomakkeesta", date=day(2024, 1, 5)),
            make("p:2", "Raportti", date=day(2026, 11, 1)),
            make("p:3", "Lomake", date=day(2025, 11, 1)),
            make("p:4", "Lomake ja raportti", date=day(2023, 11, 1)),
        ]
    )
    newest = results("raportti lomakke", sort=Sort.NEWEST)
    assert [hit.document.key for hit in newest.hits] == ["p:2", "p:3", "p:1", "p:4"]
    assert newest.corrections == results("raportti lomakke").corrections
    pages = [results("raportti lomake", sort=Sort.NEWEST, page=page, per_page=1).hits for page in (1, 2, 3, 4)]
    assert [hit.document.key for page in pages for hit in page] == ["p:2", "p:3", "p:1", "p:4"]


def test_pages_share_out_all_hits(engine: Engine, find: Find) -> None:
    engine.index([make(f"p:{number}", "Raportti") for number in range(25)])
    pages = [find("raportti", page=page, per_page=10) for page in (1, 2, 3, 4)]
    assert [len(page) for page in pages] == [10, 10, 5, 0]
    assert len({key for page in pages for key in page}) == 25


def test_indexing_again_replaces(engine: Engine, find: Find) -> None:
    engine.index([make("p:1", "Raportti")])
    engine.index([make("p:1", "Lomake")])
    assert find("raportti") == []
    assert find("lomake") == ["p:1"]


def test_a_deleted_document_is_gone(engine: Engine, find: Find) -> None:
    engine.index([make("p:1", "Raportti"), make("p:2", "Raportti")])
    engine.delete(["p:1", "p:99"])
    assert find("raportti") == ["p:2"]
    assert set(engine.digests()) == {"p:2"}


def test_the_old_index_answers_until_the_new_one_is_whole(engine: Engine, find: Find) -> None:
    engine.rebuild([make("p:1", "Raportti")])

    def documents() -> Iterator[Document]:
        for number in range(2, 600):
            if number % 20 == 0:
                assert find("raportti") == ["p:1"]
            yield make(f"p:{number}", "Lomake")

    assert engine.rebuild(documents()) == 598
    assert find("raportti") == []
    assert engine.check().documents == 598


def test_an_interrupted_rebuild_leaves_the_old_index(engine: Engine, find: Find) -> None:
    engine.rebuild([make("p:1", "Raportti")])

    def documents() -> Iterator[Document]:
        for number in range(300):
            yield make(f"q:{number}", "Lomake")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        engine.rebuild(documents())
    assert find("raportti") == ["p:1"]
    assert engine.rebuild([make("p:2", "Raportti")]) == 1
    assert find("raportti") == ["p:2"]


def test_a_word_of_the_dictionary_is_no_slip_for_a_far_one(engine: Engine, results: Callable[..., Results]) -> None:
    engine.index([make("p:1", "Koulutus, jonka saa kopioida"), make("p:2", "Näin kopioi lomake"), make("p:3", "Sääri")])
    assert results("kuopio").corrections == {}
    assert results("kuopio").near
    assert results("koulutus kuopio").corrections == {}
    assert results("saari").corrections == {"saari": "sääri"}
    assert results("kopioii").corrections == {"kopioii": "kopioi"}


def test_a_compound_of_which_no_document_has_all_parts_finds_the_longest(
    engine: Engine, results: Callable[..., Results]
) -> None:
    engine.index([make("p:1", "Lapsiperheiden arki"), make("p:2", "Muuta"), make("p:3", "Oppi työstä")])
    found = results("lapsiperheköyhyys")
    assert [hit.document.key for hit in found.hits] == ["p:1"]
    assert found.corrections == {"lapsiperheköyhyys": "lapsiperhe"}
    # The shorter parts of a compound say little of it.
    assert results("opinnäytetyö").total == 0
    engine.index([make("p:4", "Köyhyys")])
    assert [hit.document.key for hit in results("lapsiperheköyhyys").hits] == ["p:1"]
    engine.index([make("p:5", "Köyhyys ja lapsiperhe")])
    assert [hit.document.key for hit in results("lapsiperheköyhyys").hits] == ["p:5", "p:1"]


@pytest.mark.parametrize("typed", ["tyottomien", "sosiaalityontekijoittemme", "tyopaikoillamme"])
def test_a_form_that_the_index_lacks_is_found_without_its_umlauts(
    engine: Engine, results: Callable[..., Results], typed: str
) -> None:
    engine.index([make("p:1", "Työtön, sosiaalityöntekijä ja työpaikka"), make("p:2", "Muuta")])
    found = results(typed)
    assert [hit.document.key for hit in found.hits] == ["p:1"]
    assert list(found.corrections) == [typed]


def test_a_hyphen_is_no_hindrance_to_taking_a_compound_apart(engine: Engine, results: Callable[..., Results]) -> None:
    engine.index([make("p:1", "Alueen keskus ja sen tiimi"), make("p:2", "Muuta")])
    assert results("alue-keskus").corrections == {"alue-keskus": "alue keskus"}
