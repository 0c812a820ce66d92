"""The search page with content behind its filters: names, addresses, corrections, what to do when nothing is found."""

import datetime
import gzip
import html
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from django.test import Client
from wagtail.models import PageViewRestriction

from search.current import indices
from search.editing.models import BestBet, BestBetPage
from search.engines import Results
from tests.factories import pages
from tests.search.conftest import make
from vocabulary.models import Phenomenon

pytestmark = pytest.mark.django_db
Visit = Callable[..., str]


@pytest.fixture
def theme() -> Any:
    return pages.theme(title="Asuminen", slug="asuminen", month=datetime.date(2026, 10, 1))


@pytest.fixture(autouse=True)
def index(tmp_path: Path, settings: Any, theme: Any) -> None:
    settings.SEARCH_INDEX = tmp_path / "search.sqlite3"
    Phenomenon.objects.update_or_create(
        code="yksinaisyys", defaults={"name_fi": "Yksinäisyys", "name_sv": "Ensamhet", "name_en": ""}
    )
    pages.region("09", "Etelä-Karjala", 9, 9)
    key = str(theme.translation_key)
    indices()[0].engine.rebuild(
        [
            make("post:1", "Raportti asumisesta", themes=(key,), date=datetime.date(2025, 3, 1)),
            make("post:2", "Raportti yksin", phenomena=("yksinaisyys", "poistettu"), date=datetime.date(2026, 3, 1)),
            make("event:1", "Raportti alueelta", kind="event", regions=("09",), date=datetime.date(2026, 5, 1)),
            make("event:2", "Jäsenten raportti", kind="event", access=("members",), date=datetime.date(2024, 5, 1)),
            make("post:3", "Report", "Raportti", language="en", url="/en/report/"),
        ]
    )


@pytest.fixture
def visit(client: Client) -> Visit:
    return lambda typed, path="/haku/", **more: client.get(path, {"q": typed, **more}).content.decode()


def choices(page: str) -> dict[str, str]:
    """What the form offers: parameter=value → label with its number."""
    found = re.findall(r'type="checkbox" name="(\w+)" value="([^"]+)"[^>]*>(.*?)</label>', page)
    return {
        f"{name}={value}": html.unescape(re.sub(r"<[^>]+>", "", label)).replace("\u00ad", "")
        for name, value, label in found
    }


def titles(page: str) -> list[str]:
    return [
        re.sub(r"<[^>]+>", "", title) for title in re.findall(r'<h3 class="item__title">(.*?)</h3>', page, re.DOTALL)
    ]


def test_every_facet_is_offered_with_what_each_choice_leaves(visit: Visit) -> None:
    assert choices(visit("raportti")) == {
        "laji=post": "Blogi (3)",
        "laji=event": "Tapahtumat (1)",
        "teema=asuminen": "Asuminen (1)",
        "ilmio=yksinaisyys": "Yksinäisyys (1)",
        "alue=09": "Etelä-Karjala (1)",
        "kieli=fi": "Suomi (3)",
        "kieli=en": "Englanti (1)",
        "vuosi=2026": "2026 (2)",
        "vuosi=2025": "2025 (1)",
    }


@pytest.mark.parametrize(
    ("chosen", "found"),
    [
        ({"teema": "asuminen"}, ["Raportti asumisesta"]),
        ({"ilmio": "yksinaisyys"}, ["Raportti yksin"]),
        ({"alue": "09"}, ["Raportti alueelta"]),
        ({"kieli": "en"}, ["Report"]),
        ({"vuosi": "2025"}, ["Raportti asumisesta"]),
        ({"laji": "post", "vuosi": "2026"}, ["Raportti yksin"]),
        ({"vuosi": "2026", "jarjestys": "uusin"}, ["Raportti alueelta", "Raportti yksin"]),
    ],
)
def test_what_is_chosen_narrows_the_list(visit: Visit, chosen: dict[str, str], found: list[str]) -> None:
    assert titles(visit("raportti", **chosen)) == found


def test_the_choices_in_force_can_be_taken_away_one_by_one(visit: Visit) -> None:
    page = visit("raportti", teema="asuminen", vuosi=["2025", "2026"], jarjestys="uusin")
    removals = re.findall(r'<a class="chip" href="([^"]+)" rel="nofollow">', page)
    assert [html.unescape(each) for each in removals] == [
        "?q=raportti&vuosi=2025&vuosi=2026&jarjestys=uusin",
        "?q=raportti&teema=asuminen&vuosi=2026&jarjestys=uusin",
        "?q=raportti&teema=asuminen&vuosi=2025&jarjestys=uusin",
    ]
    assert 'href="?q=raportti&amp;jarjestys=uusin"' in page
    assert page.count(" checked") == 3


def test_a_name_that_is_not_in_the_readers_language_says_its_language(visit: Visit) -> None:
    page = visit("raportti", path="/sv/haku/", ilmio="yksinaisyys", teema="asuminen")
    assert "Ensamhet" in page
    assert re.search(r'<span lang="fi">Asuminen</span>', page)


def test_a_theme_that_not_everyone_may_read_is_not_named(visit: Visit, theme: Any) -> None:
    PageViewRestriction.objects.create(page=theme, restriction_type=PageViewRestriction.LOGIN)
    page = visit("raportti")
    assert "teema=asuminen" not in choices(page)
    assert titles(visit("raportti", teema="asuminen")) == titles(page)


def test_numbers_tell_nothing_of_what_one_may_not_open(visit: Visit) -> None:
    assert "vuosi=2024" not in choices(visit("raportti"))


def test_corrected_words_are_told_with_the_way_back(visit: Visit) -> None:
    page = visit("Raporttti asumisesta", laji="post")
    assert "<b>raportti asumisesta</b>" in page
    assert 'href="?q=Raporttti+asumisesta&amp;laji=post&amp;tarkka=1"' in page
    exact = visit("Raporttti", laji="post", tarkka="1")
    assert titles(exact) == []
    assert 'href="?q=Raporttti&amp;laji=post"' in exact
    assert 'name="tarkka" value="1"' in visit("raportti", laji="post", tarkka="1")


def test_words_that_nothing_holds_are_named_as_they_were_typed(visit: Visit) -> None:
    page = visit("Raportti Xyzzyplugh")
    assert "Sanaa <b>Xyzzyplugh</b> ei löytynyt." in page
    assert "Sanoja <b>Xyzzyplugh, qqqwww</b> ei löytynyt." in visit("Xyzzyplugh raportti qqqwww")
    assert "ei löytynyt." not in visit("raportti")


def test_nothing_found_offers_near_words_themes_and_the_editors(visit: Visit) -> None:
    page = visit("raporttti", tarkka="1")
    assert 'href="?q=raportti"' in page
    assert 'href="/haku/kerro/?q=raporttti"' in page
    assert ">Asuminen</span>" in page
    assert "Tapahtumat" in page


def test_of_a_near_word_one_form_is_enough(visit: Visit) -> None:
    indices()[0].engine.index([make("post:8", "Palvelu"), make("post:9", "Palvelun nimi")])
    near = re.findall(r'<a class="chip" href="\?q=(\w+)"', visit("palvleu", tarkka="1"))
    assert near == ["palvelu"]


def test_filters_that_leave_nothing_can_be_taken_away(visit: Visit) -> None:
    page = visit("raportti", alue="09", vuosi="2025")
    assert titles(page) == []
    assert '<a class="button" href="?q=raportti" rel="nofollow">Näytä 4 tulosta ilman rajauksia</a>' in page
    assert "Ilman rajauksia tuloksia on <b>4</b>." in page
    assert "Ei tuloksia haulle" not in page
    assert "haulle <b>raportti</b>. Ilman" in visit("raporttti", alue="09", vuosi="2025")


def test_the_editors_are_told_from_few_results_and_from_none(visit: Visit) -> None:
    for page in (visit("raportti"), visit("raportti", alue="09", vuosi="2025"), visit("raporttti", tarkka="1")):
        assert page.count("/haku/kerro/?q=") == 1
    indices()[0].engine.index([make(f"post:2{number}", "Raportti") for number in range(5)])
    assert "/haku/kerro/" not in visit("raportti")


def test_a_lesser_answer_says_so(visit: Visit) -> None:
    with patch("search.found.engine") as lesser:
        lesser.return_value.search.return_value = Results(degraded=True)
        assert "small muted" in visit("raportti")


def test_what_the_editors_pinned_stands_first_and_once(visit: Visit) -> None:
    page = pages.post(title="Kysytty kirjoitus", lead="Mitä <kysyttiin>.")
    indices()[0].engine.index([make(f"post:{page.pk}", "Kysytty raportti", lead="Mitä <kysyttiin>.")])
    bet = BestBet.objects.create(queries="raportti\nkysymys", language="")
    BestBetPage.objects.create(bet=bet, page=page)
    found = visit("raportit")
    assert titles(found)[0] == "Kysytty raportti"
    assert titles(found).count("Kysytty raportti") == 1
    assert "Mitä &lt;kysyttiin&gt;." in found
    assert "badge--now" in found
    alone = visit("kysymys")
    assert titles(alone) == ["Kysytty raportti"]
    assert "badge--now" not in visit("raportti", jarjestys="uusin")


def test_suggestions_are_what_one_may_open(client: Client) -> None:
    answer = client.get("/sv/haku/ehdotukset/", {"q": "rapo"})
    assert answer["Cache-Control"] == "private, max-age=60"
    assert answer["X-Robots-Tag"] == "noindex"
    found = {each["text"]: each for each in answer.json()["suggestions"]}
    assert set(found) == {"Raportti asumisesta", "Raportti yksin", "Raportti alueelta"}
    assert found["Raportti yksin"]["language"] == "fi"
    assert found["Raportti alueelta"] == {
        "text": "Raportti alueelta",
        "pieces": ["", "Rapo", "rtti alueelta"],
        "kind": "Evenemang",
        "url": "/event:1/",
        "language": "fi",
    }


@pytest.mark.parametrize("typed", ["", " ", "x" * 5_000, '"', "*", "-", "tyo\u0301", "😀", "a" * 64 + " b"])
def test_odd_beginnings_suggest_without_failing(client: Client, typed: str) -> None:
    assert isinstance(client.get("/haku/ehdotukset/", {"q": typed}).json()["suggestions"], list)


def test_without_an_index_nothing_is_suggested(client: Client, settings: Any) -> None:
    settings.SEARCH_INDEX.unlink()
    assert client.get("/haku/ehdotukset/", {"q": "rap"}).json() == {"suggestions": []}


def test_the_script_is_small(settings: Any) -> None:
    script = Path(settings.ROOT, "site/common/static/js/suggest.js").read_bytes()
    assert len(gzip.compress(script, 9)) <= 2_048


def test_suggesting_asks_the_database_nothing_for_a_stranger(client: Client, django_assert_num_queries: Any) -> None:
    client.get("/haku/ehdotukset/", {"q": "rap"})
    with django_assert_num_queries(0):
        client.get("/haku/ehdotukset/", {"q": "rap"})


def test_what_many_search_is_suggested_before_pages(client: Client) -> None:
    with patch("search.wordings._popular", return_value=[("raportin kirjoittaminen",) * 2, ("raportti yksin",) * 2]):
        found = client.get("/haku/ehdotukset/", {"q": "rap"}).json()["suggestions"]
    assert found[0] == {
        "text": "raportin kirjoittaminen",
        "pieces": ["", "rap", "ortin kirjoittaminen"],
        "kind": "Usein haettu",
        "url": "",
        "language": "",
    }
    # What has a page of its own leads there.
    assert "raportti yksin" not in {each["text"] for each in found}


def test_more_facets_cost_no_more_queries(client: Client, django_assert_max_num_queries: Any) -> None:
    chosen = {"q": "raportti", "teema": "asuminen", "ilmio": "yksinaisyys", "alue": "09"}
    client.get("/haku/", chosen)
    with django_assert_max_num_queries(12):
        client.get("/haku/", chosen)
