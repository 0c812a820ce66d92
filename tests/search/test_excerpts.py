import random
from collections.abc import Callable

from search.engines import Engine, Results
from search.excerpts import LENGTH
from search.tokens import tokens, tokens_among
from tests.search.conftest import make


def test_the_matching_part_of_a_compound_is_marked(engine: Engine, results: Callable[..., Results]) -> None:
    engine.index([make("p:1", "Ilmiötyöpajoissa", "Sovimme työpajoista.")])
    (hit,) = results("työpaja").hits
    assert hit.title == "Ilmiö<mark>työpajoissa</mark>"
    assert hit.excerpt == "Sovimme <mark>työpajoista</mark>."


def test_everything_but_the_marks_is_escaped(engine: Engine, results: Callable[..., Results]) -> None:
    engine.index([make("p:1", "<script>raportti</script>", 'raportti "&" <b>lihava</b>')])
    (hit,) = results("raportit").hits
    assert hit.title == "&lt;script&gt;<mark>raportti</mark>&lt;/script&gt;"
    assert "<b>" not in hit.excerpt
    assert "&amp;" in hit.excerpt


def test_the_excerpt_is_where_most_words_are(engine: Engine, results: Callable[..., Results]) -> None:
    body = (
        "Alussa on raportti. " + "Muuta tekstiä tässä. " * 60 + "Lopussa raportti tuo asunnottomuuden esiin. Ja loppu."
    )
    engine.index([make("p:1", "Kirjoitus", body)])
    (hit,) = results("raportti asunnottomuus").hits
    assert "<mark>asunnottomuuden</mark>" in hit.excerpt
    assert hit.excerpt.startswith("…")
    assert len(hit.excerpt) < LENGTH + 100


def test_without_a_match_in_the_text_the_lead_is_shown(engine: Engine, results: Callable[..., Results]) -> None:
    engine.index([make("p:1", "Raportti", "Pitkä teksti.", lead="Mistä on kyse.")])
    (hit,) = results("raportti").hits
    assert hit.excerpt == "Mistä on kyse."


def test_words_that_only_find_are_not_shown(engine: Engine, results: Callable[..., Results]) -> None:
    engine.index([make("p:1", "Raportti", lead="Mistä on kyse.", found_by="Selonteko. Selvitys.")])
    (hit,) = results("selvityksiä").hits
    assert hit.excerpt == "Mistä on kyse."


def test_other_forms_found_are_told(engine: Engine, results: Callable[..., Results]) -> None:
    engine.index([make("p:1", "Raportista"), make("p:2", "Raportit ja raportti")])
    assert results("raportti").forms == ("raportit", "raportista")


def test_forms_come_from_what_the_reader_may_open(engine: Engine, results: Callable[..., Results]) -> None:
    engine.index([make("p:1", "Raportti"), make("p:2", "Raporteilla", access=("members",))])
    assert results("raportti").forms == ()
    assert results("raportti", access=("public", "members")).forms == ("raporteilla",)


def test_common_words_are_not_marked_beside_rarer_ones(engine: Engine, results: Callable[..., Results]) -> None:
    engine.index([make(f"p:{number}", "Sosiaali- ja muut palvelut") for number in range(60)])
    engine.index([make("p:99", "Raportti ja lomake")])
    assert results("raportti ja").hits[0].title == "<mark>Raportti</mark> ja lomake"


def test_the_passage_of_a_long_file_is_found_wherever_it_is(engine: Engine, results: Callable[..., Results]) -> None:
    filler = "Muuta tekstiä tässä. " * 2_000
    engine.index([make("p:1", "Opas", "Sivun teksti.", attached=f"{filler}Lopussa asunnottomuus mainitaan. {filler}")])
    (hit,) = results("asunnottomuudesta").hits
    assert "<mark>asunnottomuus</mark>" in hit.excerpt
    (phrase,) = results('"asunnottomuus mainitaan"').hits
    assert "<mark>asunnottomuus</mark> <mark>mainitaan</mark>" in phrase.excerpt


def test_a_long_file_is_not_looked_through_for_what_the_title_tells(
    engine: Engine, results: Callable[..., Results]
) -> None:
    engine.index(
        [make("p:1", "Asunnottomuus", "", lead="Mistä on kyse.", attached="Muuta. " * 30_000 + "Asunnottomuus.")]
    )
    (hit,) = results("asunnottomuus").hits
    assert hit.excerpt == "Mistä on kyse."


def test_the_page_comes_before_its_file_where_both_tell(engine: Engine, results: Callable[..., Results]) -> None:
    engine.index([make("p:1", "Opas", "Raportti sivulla.", attached="Raportti tiedostossa. " * 1_000)])
    assert "sivulla" in results("raportti").hits[0].excerpt


def test_words_are_looked_for_where_they_stand_by_themselves() -> None:
    dice = random.Random(1)
    for _ in range(5_000):
        text = "".join(dice.choices("ab1ä-:'_ .\u2019\u2010İß²", k=dice.randrange(1, 14)))
        words = sorted({token.word for token in tokens(text)} | {"a", "ab", "b"})
        wanted = set(dice.sample(words, dice.randrange(1, len(words) + 1)))
        assert tokens_among(text, wanted) == [token for token in tokens(text) if token.word in wanted], text


def test_what_is_only_among_the_keywords_is_told_beside_a_readable_passage(
    engine: Engine, results: Callable[..., Results]
) -> None:
    engine.index(
        [
            make(
                "o:1", "Tukiyhdistys", "Autamme arjessa.", lead="Kuka me olemme.", keywords=("Lappi", "Häätö & velka")
            ),
            make("o:2", "Neuvonta", "Häätö on usein estettävissä.", keywords=("Häätö & velka",)),
        ]
    )
    hits = {hit.document.key: hit for hit in results("häädöt").hits}
    assert hits["o:1"].excerpt == "Kuka me olemme."
    assert hits["o:1"].keywords == ("<mark>Häätö</mark> &amp; velka",)
    assert (hits["o:2"].excerpt, hits["o:2"].keywords) == ("<mark>Häätö</mark> on usein estettävissä.", ())
