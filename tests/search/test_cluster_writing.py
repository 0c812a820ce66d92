"""How a cluster is written to, beyond what any engine must do."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from unittest.mock import Mock
from uuid import uuid4

import pytest

from search import analysis
from search.engines.elasticsearch import bulk
from search.engines.elasticsearch.connection import Cluster
from search.engines.elasticsearch.engine import ClusterEngine
from search.engines.elasticsearch.indices import Indices
from search.outbox import LeaseLost
from tests.search.conftest import ask, make

pytestmark = pytest.mark.elasticsearch


@pytest.fixture
def go_on() -> Mock:
    return Mock()


@pytest.fixture
def engine(cluster_of_tests: Cluster, go_on: Mock, monkeypatch: pytest.MonkeyPatch) -> Iterator[ClusterEngine]:
    """An engine that asks before each action whether it may go on, and sends two in a request."""
    monkeypatch.setattr(bulk, "_GO_ON_SECONDS", 0)
    monkeypatch.setattr(bulk, "_CHUNK", 2)
    own = replace(cluster_of_tests, prefix=f"{cluster_of_tests.prefix}-{uuid4().hex[:6]}")
    engine = ClusterEngine(own, analysis.analyse, ask, go_on)
    engine.rebuild([])
    go_on.reset_mock()
    yield engine
    Indices(own, own.client()).remove()


def test_a_long_write_says_again_and_again_that_it_goes_on(engine: ClusterEngine, go_on: Mock) -> None:
    engine.index([make(f"p:{number}", "Raportti") for number in range(10)])
    assert go_on.call_count >= 10
    go_on.reset_mock()
    engine.rebuild([make(f"p:{number}", "Raportti") for number in range(10)])
    assert go_on.call_count >= 10


def test_a_writer_that_is_replaced_stops_in_the_middle_and_changes_no_index(engine: ClusterEngine, go_on: Any) -> None:
    engine.index([make("p:1", "Raportti")])
    names = engine._indices.in_use()
    go_on.side_effect = [None] * 6 + [LeaseLost("another host writes to it now")]
    with pytest.raises(LeaseLost):
        engine.rebuild([make(f"q:{number}", "Lomake") for number in range(10)])
    assert engine._indices.in_use() == names
    assert set(engine.digests()) == {"p:1"}
