from collections.abc import Iterator

import pytest

from search import synonyms
from search.engines import Engine
from search.query import parse
from search.signals import connect
from tests.search.conftest import make
from vocabulary.models import GlossaryTerm, TaskArea

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def vocabulary() -> Iterator[None]:
    connect()
    TaskArea.objects.create(
        code="inclusion-x", name_fi="Inkluusiotyö", name_en="Inclusion work", aliases="osallisuustyö\nosallistava työ"
    )
    yield
    synonyms.forget()


def search(engine: Engine, typed: str) -> list[str]:
    return [hit.document.key for hit in engine.search(synonyms.expand(parse(typed))).hits]


@pytest.mark.parametrize("typed", ["osallisuustyö", "osallisuustyötä", "inclusion work", "osallistava työ"])
def test_another_name_finds_the_same(engine: Engine, typed: str) -> None:
    engine.index([make("p:1", "Mitä inkluusiotyö on"), make("p:2", "Jotain muuta")])
    assert search(engine, typed)[:1] == ["p:1"]


def test_a_slip_in_the_ending_of_a_name_is_mended_and_told(engine: Engine) -> None:
    TaskArea.objects.create(code="worker-x", name_fi="Sosiaalityöntekijä", name_sv="Socialarbetare")
    engine.index([make("p:1", "Sosiaalityöntekijöille"), make("p:2", "Socialarbetare", language="sv")])
    found = engine.search(synonyms.expand(parse("sosiaalityöntekija")))
    assert [hit.document.key for hit in found.hits] == ["p:1", "p:2"]
    assert found.corrections == {"sosiaalityöntekija": "sosiaalityöntekijä"}
    assert engine.search(synonyms.expand(parse("socialarbetare"))).corrections == {}


@pytest.mark.parametrize(
    ("typed", "corrected"),
    [("osallisuustyöt", {}), ("osalisuustyö", {"osalisuustyö": "osallisuustyö"}), ("osallisustyö kurssi", None)],
)
def test_a_slip_in_a_name_that_no_text_has_is_mended(
    engine: Engine, typed: str, corrected: dict[str, str] | None
) -> None:
    engine.index([make("p:1", "Inkluusiotyön kurssi"), make("p:2", "Kurssi"), make("p:3", "Muuta")])
    found = engine.search(synonyms.expand(parse(typed)))
    assert found.hits[0].document.key == "p:1"
    told = {"osallisustyö": "osallisuustyö"} if corrected is None else corrected
    assert (found.corrections, found.missing) == (told, ())


def test_a_slip_mends_into_no_name_that_is_left_out(engine: Engine) -> None:
    engine.index([make("p:1", "Inkluusiotyö"), make("p:2", "Kurssi")])
    assert search(engine, "kurssi osalisuustyö -inkluusiotyö") == ["p:2"]


def test_the_typed_name_comes_before_the_others(engine: Engine) -> None:
    engine.index([make("p:1", "Inkluusiotyö", "inkluusiotyö"), make("p:2", "Muuta", "Siinä on osallisuustyötäkin.")])
    assert search(engine, "osallisuustyö") == ["p:2", "p:1"]


def test_a_name_among_other_words(engine: Engine) -> None:
    engine.index([make("p:1", "Inkluusiotyön kurssi"), make("p:2", "Kurssi"), make("p:3", "Inkluusiotyö")])
    assert search(engine, "osallisuustyö kurssi")[0] == "p:1"


def test_another_name_is_highlighted(engine: Engine) -> None:
    engine.index([make("p:1", "Mitä inkluusiotyö on")])
    (hit,) = engine.search(synonyms.expand(parse("osallisuustyö"))).hits
    assert hit.title == "Mitä <mark>inkluusiotyö</mark> on"


def test_words_of_another_name_are_highlighted_only_together(engine: Engine) -> None:
    body = "Ote on osallistava. " + "Muuta tässä. " * 20 + "Inkluusiotyö alkaa nyt, ja työtä riittää."
    engine.index([make("p:1", "Opas", body), make("p:2", "Osallistavan työn opas")])
    first, second = engine.search(synonyms.expand(parse("inkluusiotyö"))).hits
    assert "<mark>Inkluusiotyö</mark> alkaa nyt, ja työtä riittää" in first.excerpt
    assert second.title == "<mark>Osallistavan</mark> <mark>työn</mark> opas"


def test_a_new_name_works_at_once_where_it_was_written(engine: Engine) -> None:
    engine.index([make("p:1", "Hyvinvoinnin edistäminen")])
    assert search(engine, "xylitoli") == []
    GlossaryTerm.objects.create(
        code="hyte-x", name_fi="Hyvinvoinnin edistäminen", aliases="xylitoli", definition_fi="Työtä."
    )
    assert search(engine, "xylitoli") == ["p:1"]


@pytest.mark.parametrize("name", ["1 2", "kurssi 5", "a-b c:d", "’ '", "-"])
def test_odd_names_are_harmless(engine: Engine, name: str) -> None:
    engine.index([make("p:1", "Xylitoli")])
    GlossaryTerm.objects.create(code="odd", name_fi="Xylitoli", aliases=name, definition_fi="Outo.")
    assert search(engine, "xylitoli") == ["p:1"]
    search(engine, name)


def test_a_name_that_is_left_out_is_not_let_in_as_another(engine: Engine) -> None:
    engine.index([make("p:1", "Inkluusiotyö"), make("p:2", "Osallistavan työn opas")])
    (alternative,) = synonyms.expand(parse("osallistava työ -inkluusiotyötä")).alternatives
    assert ("inkluusiotyö",) not in alternative[1]
    assert search(engine, "osallistava työ -inkluusiotyötä") == ["p:2"]


def test_phrases_and_exclusions_have_no_other_names(engine: Engine) -> None:
    assert synonyms.expand(parse('"osallistava työ" -osallisuustyö')).alternatives == ()


def test_the_words_of_another_name_stand_together(engine: Engine) -> None:
    engine.index(
        [
            make("p:1", "Osallistavan työn opas"),
            make("p:2", "Työ", "Työ on työtä. " + "Muuta tässä. " * 20 + "Osallistava ote lopuksi."),
        ]
    )
    assert search(engine, "inkluusiotyö") == ["p:1"]


def test_forms_are_those_of_the_typed_word(engine: Engine) -> None:
    engine.index([make("p:1", "Osallistavan työn opas inkluusiotyöstä")])
    assert engine.search(synonyms.expand(parse("inkluusiotyö"))).forms == ("inkluusiotyöstä",)
