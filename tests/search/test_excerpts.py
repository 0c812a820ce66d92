from collections.abc import Callable

from search.engines import Results
from search.engines.embedded import EmbeddedEngine
from search.excerpts import LENGTH
from tests.search.conftest import make


def test_the_matching_part_of_a_compound_is_marked(engine: EmbeddedEngine, results: Callable[..., Results]) -> None:
    engine.index([make("p:1", "Ilmiötyöpajoissa", "Sovimme työpajoista.")])
    (hit,) = results("työpaja").hits
    assert hit.title == "Ilmiö<mark>työpajoissa</mark>"
    assert hit.excerpt == "Sovimme <mark>työpajoista</mark>."


def test_everything_but_the_marks_is_escaped(engine: EmbeddedEngine, results: Callable[..., Results]) -> None:
    engine.index([make("p:1", "<script>raportti</script>", 'raportti "&" <b>lihava</b>')])
    (hit,) = results("raportit").hits
    assert hit.title == "&lt;script&gt;<mark>raportti</mark>&lt;/script&gt;"
    assert "<b>" not in hit.excerpt
    assert "&amp;" in hit.excerpt


def test_the_excerpt_is_where_most_words_are(engine: EmbeddedEngine, results: Callable[..., Results]) -> None:
    body = (
        "Alussa on raportti. " + "Muuta tekstiä tässä. " * 60 + "Lopussa raportti tuo asunnottomuuden esiin. Ja loppu."
    )
    engine.index([make("p:1", "Kirjoitus", body)])
    (hit,) = results("raportti asunnottomuus").hits
    assert "<mark>asunnottomuuden</mark>" in hit.excerpt
    assert hit.excerpt.startswith("…")
    assert len(hit.excerpt) < LENGTH + 100


def test_without_a_match_in_the_text_the_lead_is_shown(engine: EmbeddedEngine, results: Callable[..., Results]) -> None:
    engine.index([make("p:1", "Raportti", "Pitkä teksti.", lead="Mistä on kyse.")])
    (hit,) = results("raportti").hits
    assert hit.excerpt == "Mistä on kyse."


def test_other_forms_found_are_told(engine: EmbeddedEngine, results: Callable[..., Results]) -> None:
    engine.index([make("p:1", "Raportista"), make("p:2", "Raportit ja raportti")])
    assert results("raportti").forms == ("raportit", "raportista")
