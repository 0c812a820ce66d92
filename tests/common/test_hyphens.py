"""Soft hyphens: at the seam of a compound first, and never in short words."""

import pytest

from common.hyphens import SOFT, soften


@pytest.mark.parametrize(
    ("word", "divided"),
    [
        ("Oikeudenmukaisuustyö", "Oikeudenmukaisuus|työ"),
        ("Vaikuttamisviestintä", "Vaikuttamis|viestintä"),
        ("Hyvinvointialueiden", "Hyvinvointi|alueiden"),
        ("aktivointisuunnitelma", "aktivointi|suunnitelma"),
        ("rakenteellisen", "raken|teel|lisen"),
    ],
)
def test_long_words_may_divide(word: str, divided: str) -> None:
    assert soften(word).replace(SOFT, "|") == divided


def test_short_words_stay_whole() -> None:
    assert soften("Asiakastyön tieto kantaa muutosta") == "Asiakastyön tieto kantaa muutosta"


def test_nothing_but_soft_hyphens_is_added() -> None:
    text = "Yhteiskehittäminen & monitoimijaisuus <b>Saavutettavuusseloste</b>"
    assert soften(text).replace(SOFT, "") == text
