"""The order of names: å, ä and ö come last in Finnish and Swedish, and in English with a and o."""

import pytest
from django.utils import translation

from common.collation import first_letter, in_order, sort_key
from tests.factories import pages as make
from vocabulary.models import Phenomenon

FINNISH = ["1 luku", "a", "A-klinikka", "Ahvenanmaa", "eemeli", "Éva", "Oulu", "Vantaa", "wau", "Ylöjärvi"]
FINNISH += ["Zürich", "Åbo", "ähtäri", "Äänekoski", "öljy", "Örö"]
ENGLISH = ["1 luku", "a", "A-klinikka", "Äänekoski", "Åbo", "ähtäri", "Ahvenanmaa", "eemeli", "Éva", "öljy", "Örö"]
ENGLISH += ["Oulu", "Vantaa", "wau", "Ylöjärvi", "Zürich"]
ORDERS = [("fi", FINNISH), ("sv", FINNISH), ("en", ENGLISH)]


@pytest.mark.parametrize(("language", "wanted"), ORDERS)
def test_names_stand_in_the_order_of_the_language(language: str, wanted: list[str]) -> None:
    by_code_point = sorted(wanted)
    assert by_code_point != wanted
    assert sorted(by_code_point, key=lambda name: sort_key(name, language)) == wanted


@pytest.mark.django_db
@pytest.mark.parametrize(("language", "wanted"), ORDERS)
def test_the_database_orders_alike(language: str, wanted: list[str]) -> None:
    for number, name in enumerate(wanted):
        make.term(Phenomenon, f"ilmio-{len(wanted) - number}", name_fi=name)
    names = Phenomenon.objects.filter(code__startswith="ilmio-").order_by(in_order("name_fi", language))
    assert list(names.values_list("name_fi", flat=True)) == wanted


def test_the_order_follows_the_reader() -> None:
    with translation.override("en"):
        assert sort_key("Äiti") < sort_key("Biisi")
    with translation.override("sv"):
        assert sort_key("Äiti") > sort_key("Biisi")


def test_equal_but_for_case_is_still_one_order() -> None:
    assert sorted(["Asia", "asia"], key=sort_key) == sorted(["asia", "Asia"], key=sort_key) == ["asia", "Asia"]


@pytest.mark.parametrize(
    ("name", "language", "letter"),
    [
        ("äiti", "fi", "Ä"),
        ("äiti", "en", "A"),
        ("Åland", "sv", "Å"),
        ("élan", "fi", "E"),
        ("über", "fi", "Y"),
        ("3X10D", "fi", "#"),
        (" ", "fi", "#"),
    ],
)
def test_a_name_is_found_under_its_letter(name: str, language: str, letter: str) -> None:
    assert first_letter(name, language) == letter
