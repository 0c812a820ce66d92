from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from search import voikko
from search.analysis import Word, analyse, stand_in, stem
from search.tokens import clean, fold, tokens

CONTENT = Path(__file__).resolve().parents[2] / "site/demo/content"


@pytest.mark.parametrize(
    ("word", "lemma"),
    [
        ("työpajoissa", "työpaja"),
        ("osallistumisen", "osallistuminen"),
        ("osallistumisen", "osallistua"),
        ("ilmoittautuneiden", "ilmoittautua"),
        ("tekemätön", "tehdä"),
        ("eu:n", "eu"),
        ("itse-arviointi", "itsearviointi"),
        ("hytetyössä", "hytetyö"),
        ("kainuussa", "kainuu"),
        ("vaa'an", "vaaka"),
    ],
)
def test_a_finnish_form_gives_its_base_form(word: str, lemma: str) -> None:
    assert lemma in analyse(word, "fi").lemmas


def test_all_readings_of_a_homograph_count() -> None:
    assert {"tuli", "tulla"} <= set(analyse("tuli", "fi").lemmas)


def test_structured_is_not_structural() -> None:
    assert not set(analyse("rakenteinen", "fi").lemmas) & set(analyse("rakenteellinen", "fi").lemmas)


def test_compound_parts_are_base_forms_with_their_letters() -> None:
    word = analyse("ilmiötyöpajoissa", "fi")
    parts = {part.base: word.surface[part.start : part.end] for part in word.parts}
    assert parts == {
        "ilmiö": "ilmiö",
        "ilmiötyö": "ilmiötyö",
        "työ": "työ",
        "työpaja": "työpajoissa",
        "paja": "pajoissa",
    }


def test_an_unknown_compound_is_guessed_from_its_end() -> None:
    assert "työpaja" in {part.base for part in analyse("hytetyöpajassa", "fi").parts}


def test_an_unknown_word_keeps_a_stem_that_no_language_shares() -> None:
    assert analyse("xyzzyn", "fi").lemmas[0].startswith("fi#")
    assert analyse("plans", "en").lemmas == ("en#plan",)


@pytest.mark.parametrize("word", ["työpajoissa", "hyte-työn", "12-13", "a'b"])
def test_an_analysis_survives_storing(word: str) -> None:
    analysed = analyse(word, "fi")
    assert Word.load(word, analysed.dump()) == analysed


def test_a_language_that_is_not_known_gives_plain_words() -> None:
    assert stand_in("katunayake", "") == Word("katunayake")


def test_soft_hyphens_do_not_split_words() -> None:
    assert [token.word for token in tokens(clean("Oikeuden\u00admukaisuus\u00adtyö"))] == ["oikeudenmukaisuustyö"]


def test_tokens_know_their_place() -> None:
    text = "İstanbul, EU:n ja vaa’an"
    assert [(token.word, text[token.start : token.end]) for token in tokens(text)][1:] == [
        ("eu:n", "EU:n"),
        ("ja", "ja"),
        ("vaa'an", "vaa’an"),
    ]


def test_folding_drops_umlauts() -> None:
    assert fold("työpäivä") == "tyopaiva"


def test_threads_do_not_disturb_each_others_stemming() -> None:
    words = [
        f"{beginning}{ending}" for beginning in ("kirjoituks", "työntekijö", "talo") for ending in ("iin", "ista", "")
    ]
    alone = [stem(word, "fi") for word in words * 200]
    with ThreadPoolExecutor(4) as threads:
        for together in threads.map(lambda _: [stem(word, "fi") for word in words * 200], range(8)):
            assert together == alone


@pytest.mark.parametrize("word", ["ohjaajan", "seuraajalle", "aikaansa"])
def test_what_would_be_written_with_a_hyphen_is_no_compound(word: str) -> None:
    assert not {"aika", "ansa"} & {part.base for part in analyse(word, "fi").parts}


def test_a_hyphenated_word_is_found_by_its_pieces_and_as_one() -> None:
    word = analyse("avain-mittaria", "fi")
    assert word.lemmas == ("avainmittari",)
    assert [(part.base, part.start, part.end) for part in word.parts] == [("avain", 0, 5), ("mittari", 6, 14)]


@pytest.mark.native_voikko
def test_native_voikko_and_the_packaged_one_give_the_same_terms(monkeypatch: pytest.MonkeyPatch) -> None:
    native = voikko.native()
    assert native
    words = {token.word for path in CONTENT.rglob("*.md") for token in tokens(clean(path.read_text("utf-8")))}
    words |= {"ohjaajan", "avain-mittaria", "keski-suomessa", "eu:n", "vaa'an", "kesä-heinäkuussa", "xyzzy", "12-13"}
    given = []
    for source in (native, voikko.packaged()):
        monkeypatch.setattr(voikko, "_source", lambda source=source: source)
        given.append({word: analyse(word, "fi") for word in words})
    different = {word for word in words if given[0][word] != given[1][word]}
    # Their dictionaries may be of different years.
    assert len(different) <= len(words) / 1000, different
