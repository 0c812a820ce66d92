"""What a learner's own pages cost: put together for each person, of parts that are shared where they can be."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.benchmarks.measuring import Cost, Server, least_disturbed
from tests.benchmarks.test_ten_thousand import run
from tests.benchmarks.urls import EMPTY
from tests.journeys.visitor import Visitor

pytestmark = pytest.mark.benchmark

RUN = "/opinnot/rsos5-2026s/"
ROUNDS, EMPTY_REQUESTS, REQUESTS = 7, 200, 20
MOST_TIMES = 40
MOST_QUERIES = 20


@pytest.fixture(scope="module")
def server(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One web process in which the demonstration's learner, who is on ten runs, has signed in."""
    data = tmp_path_factory.mktemp("studying") / "data"
    shutil.copytree(prepared, data)
    run(data, "-m", "tests.benchmarks.runs")
    with Server(data) as running:
        visitor = Visitor(f"http://127.0.0.1:{running.port}")
        secret = (data / "demo_password").read_text().strip()
        assert visitor.sign_in("opiskelija@demo.example", secret).status == 302
        running.cookies = "; ".join(f"{name}={value}" for name, value in visitor.cookies.items())
        yield running


@pytest.fixture(scope="module")
def pages(server: Server) -> dict[str, str]:
    visitor = Visitor(f"http://127.0.0.1:{server.port}", cookies=dict(_pairs(server.cookies)))
    link = visitor.get(RUN).soup.select_one(".next-up a.button")
    assert link is not None
    return {"run": RUN, "lesson": urlsplit(str(link["href"])).path, "my page": "/oma/", "notes": "/oma/muistiinpanot/"}


def _pairs(cookies: str) -> list[tuple[str, str]]:
    return re.findall(r"([^=; ]+)=([^;]*)", cookies)


def test_a_learners_pages_cost_some_tens_of_empty_views(server: Server, pages: dict[str, str]) -> None:
    costs: dict[str, list[Cost]] = {name: [] for name in pages}
    empty: list[Cost] = []
    for path in pages.values():
        server.cost(path, "cold", requests=8)
    server.cost(EMPTY, requests=1_000)
    for _ in range(ROUNDS):
        empty.append(server.cost(EMPTY, requests=EMPTY_REQUESTS))
        for name, path in pages.items():
            costs[name].append(server.cost(path, "cold", requests=REQUESTS))
    least = least_disturbed(empty).cpu
    times = {name: least_disturbed(each).cpu / least for name, each in costs.items()}
    queries = {name: server.queries(path, "cold") for name, path in pages.items()}
    print(f"\n\n{'a learner, ten runs':24} {'ms':>8} {'x empty':>8} {'queries':>8}")
    for name, each in times.items():
        print(f"{name:24} {each * least * 1000:8.3f} {each:8.2f} {queries[name]:8}")
    assert {name: each for name, each in queries.items() if each > MOST_QUERIES} == {}
    assert {name: each for name, each in times.items() if each > MOST_TIMES} == {}
