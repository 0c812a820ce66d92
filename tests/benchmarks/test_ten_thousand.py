"""Ten thousand pages cost a reader and an editor little more than two hundred."""

import os
import re
import shutil
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.benchmarks.measuring import Cost, Server, typical
from tests.serving import ROOT, environment

pytestmark = pytest.mark.benchmark

# The demonstration has a hundred and fifty pages of its own.
FEW, MANY = 50, 9_850
PAGES = {
    "front page": "/",
    "themes": "/teemat/",
    "theme": "/teemat/yhteiskehittaminen/",
    "courses": "/kurssit/",
    "course": "/kurssit/vaikuttavuustieto/",
    "lesson": "/kurssit/vaikuttavuustieto/oppitunnit/loppukoe/",
    "blog": "/blogi/",
    "blog, second page": "/blogi/?page=2",
    "blog, narrowed": "/blogi/?vuosi=2026",
    "post": "/blogi/kello-22-40/",
    "events": "/tapahtumat/",
    "past events": "/tapahtumat/?aika=menneet",
    "event": "/tapahtumat/verkoston-foorumi/",
    "network": "/verkosto/",
    "network, a region": "/verkosto/?alue=09",
    "partner": "/verkosto/kohtaamispaikka-saimi/",
    "resources": "/aineistot/",
    "resource": "/aineistot/sanasto/",
    "glossary": "/sanasto/",
    "standing page": "/tietoa/",
    "in Swedish": "/sv/blogg/",
}
ROUNDS, COLD_REQUESTS, NEW_REQUESTS = 3, 20, 3
MOST_GROWTH = 1.5
MOST_SECONDS_TO_PUBLISH = 1.0
Costs = dict[str, dict[str, dict[str, Cost]]]


def run(data: Path, *command: str) -> str:
    """Run a program of ours on the data folder; return what it prints."""
    folders = os.pathsep.join([str(ROOT / "site"), str(ROOT)])
    known = environment(data, 8000, PYTHONPATH=folders, DJANGO_SETTINGS_MODULE="config.settings.local")
    return subprocess.run(
        [sys.executable, *command], env=known, cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout


def site_of(amount: int, prepared: Path, folder: Path) -> Path:
    data = folder / f"data-{amount}"
    shutil.copytree(prepared, data)
    run(data, "-m", "tests.benchmarks.many", str(amount))
    return data


@pytest.fixture(scope="module")
def small(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return site_of(FEW, prepared, tmp_path_factory.mktemp("few"))


@pytest.fixture(scope="module")
def large(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return site_of(MANY, prepared, tmp_path_factory.mktemp("many"))


@pytest.fixture(scope="module")
def servers(small: Path, large: Path) -> Iterator[dict[str, Server]]:
    with Server(small) as few, Server(large) as many:
        yield {"few": few, "many": many}


@pytest.fixture(scope="module")
def costs(servers: dict[str, Server]) -> Costs:
    """By way, page and size of the site; both sites in turns. The ways are those of test_pages."""
    found: defaultdict[tuple[str, str, str], list[Cost]] = defaultdict(list)
    for _ in range(ROUNDS):
        for name, path in PAGES.items():
            for size, server in servers.items():
                found["anew", name, size].append(server.cost(path, "anew", requests=NEW_REQUESTS))
                server.ask(path, "cold")
                found["cold", name, size].append(server.cost(path, "cold", requests=COLD_REQUESTS))
    costs: Costs = {
        way: {name: {size: typical(found[way, name, size]) for size in servers} for name in PAGES}
        for way in ("cold", "anew")
    }
    for way, pages in costs.items():
        print(f"\n\n{f'CPU of the server for a page, {way}':34} {'200 pages':>10} {'10,000':>10} {'growth':>8}")
        for name, each in pages.items():
            few, many = each["few"].cpu, each["many"].cpu
            print(f"{name:34} {few * 1000:7.2f} ms {many * 1000:7.2f} ms {many / few:8.2f}")
    return costs


def test_pages_cost_little_more_among_ten_thousand(costs: Costs) -> None:
    growth = {name: each["many"].cpu / each["few"].cpu for name, each in costs["cold"].items()}
    assert {name: each for name, each in growth.items() if each > MOST_GROWTH} == {}


def test_a_page_is_published_within_a_second(large: Path) -> None:
    took = float(run(large, "-m", "tests.benchmarks.publishing"))
    print(f"\n\nPublishing one of ten thousand pages: {took:.3f} s")
    assert took <= MOST_SECONDS_TO_PUBLISH


def test_the_site_map_has_them_all(servers: dict[str, Server]) -> None:
    assert servers["many"].ask("/sitemap.xml", "cold").body.count(b"<url>") >= MANY


def test_the_search_index_holds_them_all(large: Path) -> None:
    told = run(large, "manage.py", "index", "--rebuild")
    print(f"\n\n{told.strip().splitlines()[-1]}")
    found = re.search(r"(\d+) documents", told)
    assert found
    assert int(found[1]) >= MANY
    assert "whole" in run(large, "manage.py", "index", "--check")
