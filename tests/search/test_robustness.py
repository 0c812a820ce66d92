"""No query is an error: a thousand as people type them, and what machines and the malicious send."""

import random
import time
from collections.abc import Iterator

import pytest

from search.documents import Document
from search.engines import Engine, Filters, Results, Sort
from search.query import parse
from tests.search.conftest import make

MANY = 1_000
NASTY = [
    "",
    " ",
    '"',
    '""',
    '"""',
    "'",
    "\\",
    "\\\\",
    "%",
    "_",
    "*",
    "?",
    "-",
    "--",
    '-"',
    '-""',
    "- raportti",
    "-raportti",
    "-raportti -työ",
    "\x00",
    "raport\x00ti",
    "\ud800",
    "raportti \udfff",
    "\ufeffraportti",
    "\u202eittropar",
    "👩‍👩‍👧‍👦 🇫🇮",
    "raportti🙂työ",
    "a\u0308\u0308\u0308",
    "İSTANBUL ıssız",
    "ﬁ ß ẞ ǆ",
    "١٢٣ ²³ ½ Ⅷ",
    "日本語 中文 한국어",
    "\u0e01\u0e33\u0e41\u0e1e\u0e07",
    "a" * 10_000,
    "työ " * 2_500,
    "ä" * 200,
    "-" * 10_000,
    '"' * 10_000,
    "(" * 5_000 + ")" * 5_000,
    '"' + "työ " * 5_000 + '"',
    "ilmiö" * 2_000,
    "site:example.org raportti",
    "inurl:admin filetype:pdf raportti",
    "https://example.org/?q=raportti&page=2#top",
    "etunimi.sukunimi@example.org",
    # FTS5
    "NOT",
    "AND",
    "OR",
    "NEAR",
    "raportti AND",
    "AND raportti",
    "raportti AND OR NOT työ",
    "NEAR(raportti työ, 5)",
    "NEAR(",
    "title_lemma : raportti",
    "{title_lemma lemma} : raportti",
    "- title_lemma : raportti",
    "^raportti",
    "raport*",
    "*raportti",
    '"raportti" *',
    "raportti + työ",
    "fts_1",
    "rank MATCH 'x'",
    "'; DROP TABLE documents_1; --",
    "raportti') OR 1=1 --",
    # Lucene and Elasticsearch
    "title:raportti",
    "raportti~2",
    '"raportti työ"~5',
    "raportti^3",
    "+raportti -työ",
    "[2020 TO 2026]",
    "{a TO z}",
    "/rap.*rtti/",
    "/(a+)+$/",
    "raportti && työ || !lomake",
    "_exists_:body",
    "*:*",
    "\\+ \\- \\&& \\( \\)",
    '{"match_all": {}}',
    "${jndi:ldap://example.org/x}",
    "<script>alert(1)</script>",
    "{{ 7*7 }} {% debug %}",
    "../../etc/passwd",
]
WORDS = """
    raportti raportin raportit raporteista sosiaalinen sosiaalisen raportointi raportointia ilmiö ilmiöt ilmiötyöpaja
    työpaja työpajat vaikuttavuus vaikuttavuuden rakenteellinen rakenteinen sosiaalityö sosiaalityön hyte hyte-työ eu:n
    kokemusasiantuntija kokemusasiantuntijat asunnottomuus lastensuojelu osallisuus osallisuutta kainuu jyväskylä thl
    rapport rapporter delaktighet report reports wellbeing 2026 5 op lomake lomakkeet ja tai miten mikä on ohje opas
""".split()


@pytest.fixture
def filled(engine: Engine) -> Engine:
    engine.index(documents())
    return engine


def documents() -> Iterator[Document]:
    texts = ["EU:n hyte-työ, vaa'an kieli", "Sosiaalinen raportointi", "Ilmiöt ja työpajat", "\U0001f642 \x00 ' \" %"]
    for number in range(30):
        body = " ".join([*texts, *random.Random(number).choices(WORDS, k=30)])
        yield make(f"p:{number}", texts[number % 4], body, language=("fi", "sv", "en", "se")[number % 4])


def typed(dice: random.Random) -> str:
    """A few words as they are typed: here mistyped, there in quotes, excluded or in capitals."""
    words = []
    for word in dice.choices(WORDS, k=dice.choice([1, 1, 1, 2, 2, 3, 5, 14])):
        place = dice.randrange(len(word))
        words.append(
            dice.choice(
                [
                    *[word] * 6,
                    word.upper(),
                    word.replace("ä", "a").replace("ö", "o"),
                    word[:place] + word[place + 1 :],
                    word[:place] + word[place] + word[place:],
                    word[:place] + dice.choice("äöxq") + word[place + 1 :],
                    f"-{word}",
                    f'"{word} {dice.choice(WORDS)}"',
                    word + dice.choice('?!,."*:~'),
                ]
            )
        )
    return " ".join(words)


def test_no_query_is_an_error(filled: Engine) -> None:
    dice = random.Random(2)
    for _ in range(MANY):
        query = parse(typed(dice))
        found = filled.search(
            query,
            filters=dice.choice([Filters(), Filters(kinds=frozenset({"'"}), years=frozenset({0}))]),
            page=dice.choice([1, 1, 1, 2, 1_000]),
            sort=dice.choice(list(Sort)),
            access=dice.choice([("public",), ("public", "members"), (), ("'",)]),
            language=dice.choice(["fi", "sv", "en", "xx"]),
        )
        assert isinstance(found, Results)


def test_nothing_that_is_sent_is_an_error(filled: Engine) -> None:
    for query in NASTY:
        for text in (query, f"raportti {query}", f"{query} raportti"):
            assert isinstance(filled.search(parse(text)), Results), query[:100]
        assert isinstance(filled.suggest(query), tuple), query[:100]


def test_random_signs_are_no_error(filled: Engine) -> None:
    dice = random.Random(3)
    pieces = [*"\"'-:*(^{}[]~/\\?!&|+ \x00ßaä#%\ud800", "NOT", "OR", "työ", "vaa'an", " ", " "]
    for _ in range(200):
        filled.search(parse("".join(dice.choices(pieces, k=dice.randrange(1, 12)))))


def test_a_query_of_any_length_is_answered_by_few_questions(filled: Engine) -> None:
    """Of words that the index lacks, each different, a long query asks hardly more than one of twelve."""
    dice = random.Random(4)
    words = [word[:-1] + dice.choice("äöxq") + word[-1] for word in dice.choices(WORDS, k=2_000) if len(word) > 1]
    long, short = " ".join(words)[:10_000], " ".join(words[:12])

    def seconds(text: str) -> float:
        began = time.thread_time()
        filled.search(parse(text))
        return time.thread_time() - began

    seconds(short)
    # The least disturbed of some, and much more than it takes.
    assert min(seconds(long) for _ in range(3)) < 10 * min(seconds(short) for _ in range(3)) + 0.1
    assert min(seconds("".join(words)[:10_000]) for _ in range(3)) < 0.5
