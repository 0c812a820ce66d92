"""Soft hyphens: at the seam of a compound first, and never in short words."""

import pytest

from common.hyphens import SOFT, soften


@pytest.mark.parametrize(
    ("word", "divided"),
    [
        ("Oikeudenmukaisuustyö", "Oikeuden|mukaisuus|työ"),
        ("Vaikuttamisviestintä", "Vaikuttamis|viestintä"),
        ("Hyvinvointialueiden", "Hyvinvointi|alueiden"),
        ("aktivointisuunnitelma", "aktivointi|suunnitelma"),
        ("rakenteellisen", "raken|teel|lisen"),
    ],
)
def test_long_words_may_divide(word: str, divided: str) -> None:
    assert soften(word).replace(SOFT, "|") == divided


@pytest.mark.parametrize(
    ("word", "divided"),
    [
        ("välfärdsområdesfullmäktige", "välfärds|områdes|fullmäktige"),
        ("socialrapportering", "social|rapportering"),
        ("dokumentation", "dokumen|tation"),
        ("strukturellt", "strukturellt"),
    ],
)
def test_swedish_words_divide_at_seams_of_their_own(word: str, divided: str) -> None:
    assert soften(word, "sv").replace(SOFT, "|") == divided


def test_english_words_stay_whole() -> None:
    assert soften("institutionalisation", "en") == "institutionalisation"


def test_short_words_stay_whole() -> None:
    assert soften("Asiakastyön tieto kantaa muutosta") == "Asiakastyön tieto kantaa muutosta"


def test_nothing_but_soft_hyphens_is_added() -> None:
    text = "Yhteiskehittäminen & monitoimijaisuus <b>Saavutettavuusseloste</b>"
    assert soften(text).replace(SOFT, "") == text
