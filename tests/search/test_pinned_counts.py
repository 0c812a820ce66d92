"""Numbers beside results speak of what is shown, whatever the editors pinned."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from search.current import indices
from search.editing.models import BestBet, BestBetPage
from search.signals import connect
from tests.factories import pages
from tests.search.conftest import make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def index(tmp_path: Path, settings: Any) -> None:
    connect()
    settings.SEARCH_INDEX = tmp_path / "search.sqlite3"
    # Those that say it once more rank lower.
    indices()[0].engine.rebuild([make(f"post:{90_000 + n}", f"Raportti {n}", "sana " * n) for n in range(1, 13)])


def pin(*made: tuple[str, str]) -> list[str]:
    """Pin pages that are called and tell so to "raportti"."""
    bet = BestBet.objects.create(queries="raportti", language="")
    for place, (title, body) in enumerate(made):
        page = pages.post(title=title)
        indices()[0].engine.index([make(f"post:{page.pk}", title, body)])
        BestBetPage.objects.create(bet=bet, page=page, sort_order=place)
    return [title for title, _body in made]


def shown(client: Client, page: int = 1) -> tuple[int, str, list[str]]:
    """The total, the numbers in the heading of the list (none where all are on one page), and what is in it."""
    text = client.get("/haku/", {"q": "raportti", "page": str(page)}).content.decode()
    total, heading = re.search(r"<b>(\d+) tulo", text), re.search(r'id="results">(.*?)</h2>', text)
    assert total and heading
    titles = re.findall(r"<h3[^>]*>\s*<a[^>]*>(.*?)</a>", text, re.DOTALL)
    return int(total[1]), re.sub(r"\D+", " ", heading[1]).strip(), [re.sub("<.*?>", "", title) for title in titles]


def test_without_a_best_bet(client: Client) -> None:
    assert [shown(client, page)[:2] for page in (1, 2)] == [(12, "1 10"), (12, "11 12")]


@pytest.mark.parametrize(
    ("body", "title", "total"),
    [("", "Jotakin muuta", 13), ("", "Raportti", 13), ("raportti " + "sana " * 900, "Pitkä teksti", 13)],
    ids=["does not rank", "ranks first", "ranks last"],
)
def test_what_is_pinned_is_counted_once(client: Client, title: str, body: str, total: int) -> None:
    (pinned,) = pin((title, body))
    seen: list[str] = []
    for page in (1, 2):
        number, heading, titles = shown(client, page)
        assert number == total
        assert heading == f"{len(seen) + 1} {len(seen) + len(titles)}"
        seen += titles
    assert seen[0] == pinned
    assert len(seen) == len(set(seen)) == total


def test_a_page_of_nothing_but_pinned_is_none(client: Client) -> None:
    indices()[0].engine.rebuild([make(f"post:{90_000 + n}", f"Raportti {n}") for n in range(10)])
    pin(("Pitkä teksti", "raportti " + "sana " * 900))
    number, heading, titles = shown(client)
    assert (number, heading, len(titles)) == (11, "", 11)
    assert shown(client, 2) == (number, heading, titles)


def test_what_is_pinned_and_does_not_rank_is_a_result(client: Client) -> None:
    indices()[0].engine.rebuild([])
    pin(("Jotakin muuta", ""), ("Vielä muuta", ""))
    assert shown(client) == (2, "", ["Jotakin muuta", "Vielä muuta"])
