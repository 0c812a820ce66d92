"""What the pages of the demonstration cost the server, beside an empty view behind the same middleware.

Everything is asked of one process in turns, so that what else the machine does weighs on all alike. Each page is
asked for in three ways (docs/speed.md):

cached: as a visitor without a session, from the page cache
cold: as a reader with a session, whom the page cache gives nothing
anew: the first view after a change, with nothing kept of this page or any other
"""

from collections import defaultdict
from dataclasses import dataclass
from statistics import median

import pytest

from tests.benchmarks.measuring import Cost, Server, least_disturbed, typical
from tests.benchmarks.urls import EMPTY

pytestmark = pytest.mark.benchmark

COURSE = "/kurssit/rakenteellinen-sosiaalityo-5-op/"
PAGES = {
    "front page": "/",
    "themes": "/teemat/",
    "theme": "/teemat/yhteiskehittaminen/",
    "courses": "/kurssit/",
    "course": COURSE,
    "module": f"{COURSE}perusta/",
    "lesson": f"{COURSE}perusta/mita-laki-sanoo-ja-kuka-vastaa/",
    "test lesson": "/kurssit/vaikuttavuustieto/oppitunnit/loppukoe/",
    "blog": "/blogi/",
    "post": "/blogi/kello-22-40/",
    "events": "/tapahtumat/",
    "event": "/tapahtumat/verkoston-foorumi/",
    "network": "/verkosto/",
    "authority": "/verkosto/keski-suomen-hyvinvointialue/",
    "partner": "/verkosto/kohtaamispaikka-saimi/",
    "resources": "/aineistot/",
    "resource": "/aineistot/sanasto/",
    "standing page": "/tietoa/",
    "search": "/haku/",
    "found": "/haku/?q=rakenteellinen+sosiaality%C3%B6",
}
# The search tells everybody something else, so it is never kept.
NEVER_KEPT = {"search", "found"}

ROUNDS = 7
EMPTY_REQUESTS, CACHED_REQUESTS, COLD_REQUESTS, NEW_REQUESTS = 200, 400, 20, 4
MOST_COLD = 30
MOST_CACHED = 0.67
MOST_QUERIES = 12


@dataclass
class Figures:
    """What one page costs beside the empty view that was measured at the same time, and how many queries it asks."""

    times: dict[str, float]
    costs: dict[str, Cost]
    queries: dict[str, int]


@pytest.fixture(scope="module")
def figures(server: Server) -> dict[str, Figures]:
    """Measure everything in turns and print the table."""
    for path in PAGES.values():
        for way in ("cold", "anew", ""):
            server.cost(path, way, requests=8)
    server.cost(EMPTY, requests=2_000)
    server.cost("/", "raw", requests=2_000)
    rounds: defaultdict[str, list[dict[str, Cost]]] = defaultdict(list)
    for _ in range(ROUNDS):
        for name, path in PAGES.items():
            rounds[name].append(_round(server, path, cached=name not in NEVER_KEPT))
    found = {name: _figures(server, PAGES[name], each) for name, each in rounds.items()}
    _print(found)
    return found


def _round(server: Server, path: str, *, cached: bool) -> dict[str, Cost]:
    # What the last page left behind by being drawn anew is not this one's cost.
    server.ask(path, "cold")
    costs = {
        "raw": server.cost("/", "raw", requests=EMPTY_REQUESTS),
        "empty": server.cost(EMPTY, requests=EMPTY_REQUESTS),
        "cold": server.cost(path, "cold", requests=COLD_REQUESTS),
        "anew": server.cost(path, "anew", requests=NEW_REQUESTS),
    }
    if cached:
        costs["cached"] = server.cost(path, requests=CACHED_REQUESTS)
    return costs


def _figures(server: Server, path: str, rounds: list[dict[str, Cost]]) -> Figures:
    ways = rounds[0].keys()
    least = {way: least_disturbed([each[way] for each in rounds]) for way in ways}
    return Figures(
        {way: least[way].cpu / least["empty"].cpu for way in ways},
        least,
        {way: server.queries(path, way) for way in ("cold", "anew")},
    )


def _print(figures: dict[str, Figures]) -> None:
    print(f"\n\n{'CPU of the server for a request':32} {'ms':>8} {'x empty':>8} {'requests/s':>11} {'queries':>8}")
    for way, name in (("raw", "raw WSGI application"), ("empty", "empty view")):
        cost = typical([each.costs[way] for each in figures.values()])
        times = median(each.times[way] for each in figures.values())
        print(f"{name:32} {cost.cpu * 1000:8.3f} {times:8.2f} {cost.per_second:11.0f}")
    for name, each in figures.items():
        for way in ("cached", "cold", "anew"):
            if way in each.costs:
                cost = each.costs[way]
                queries = each.queries.get(way, 0)
                line = f"{cost.cpu * 1000:8.3f} {each.times[way]:8.2f} {cost.per_second:11.0f} {queries:8}"
                print(f"{name + ', ' + way:32} {line}")


def test_cached_pages_cost_less_than_an_empty_view(figures: dict[str, Figures]) -> None:
    times = {name: each.times["cached"] for name, each in figures.items() if "cached" in each.times}
    assert {name: each for name, each in times.items() if each > MOST_CACHED} == {}


def test_cold_pages_cost_a_few_empty_views(figures: dict[str, Figures]) -> None:
    assert {name: each.times["cold"] for name, each in figures.items() if each.times["cold"] > MOST_COLD} == {}


def test_pages_ask_the_database_little_even_anew(figures: dict[str, Figures]) -> None:
    queries = {name: max(each.queries.values()) for name, each in figures.items()}
    assert {name: each for name, each in queries.items() if each > MOST_QUERIES} == {}
