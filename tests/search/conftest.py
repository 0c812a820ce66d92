import os
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from wagtail.models import Page

from search import analysis, indexing
from search.analysis import Word
from search.documents import Document
from search.engines import Engine, Results
from search.engines.elasticsearch.connection import Cluster
from search.engines.elasticsearch.engine import ClusterEngine
from search.engines.embedded.engine import EmbeddedEngine
from search.models import IndexTarget, Outbox
from search.query import parse
from search.signals import connect
from vocabulary.models import GlossaryTerm

Find = Callable[..., list[str]]


def ask(word: str) -> Word:
    """Stand where the worker's socket is: the same analysis, in this process."""
    return analysis.analyse(word, "fi")


def make(key: str, title: str, body: str = "", **rest: Any) -> Document:
    """A Finnish post unless something else is said."""
    values: dict[str, Any] = {"kind": "post", "language": "fi", "url": f"/{key}/", **rest}
    return Document(key=key, title=title, body=body, **values)


@pytest.fixture
def own_index(tmp_path: Path, settings: Any, db: None) -> None:
    """An empty index of this host, and nothing waiting; whatever is changed waits for it."""
    settings.SEARCH_INDEX = tmp_path / "search.sqlite3"
    settings.RUN_DIR = tmp_path
    connect()
    Page.objects.filter(depth__gt=2).delete()
    GlossaryTerm.objects.all().delete()
    IndexTarget.objects.all().delete()
    Outbox.objects.all().delete()
    while indexing.apply():
        pass


@pytest.fixture
def embedded(tmp_path: Path) -> EmbeddedEngine:
    engine = EmbeddedEngine(tmp_path / "search.sqlite3", analysis.analyse, ask)
    engine.rebuild([])
    return engine


@pytest.fixture(scope="session")
def cluster_of_tests() -> Iterator[Cluster]:
    """The node that TEST_ELASTICSEARCH_URL names, with indices of this run's own, removed at its end."""
    prefix = f"test-{uuid.uuid4().hex[:12]}"
    # Slow is what a busy machine may be here: how long a search may take is tested by itself.
    cluster = Cluster((os.environ["TEST_ELASTICSEARCH_URL"],), prefix=prefix, patience=20)
    yield cluster
    client = cluster.client()
    for name in client.indices.get(index=f"{prefix}-*"):
        client.indices.delete(index=name)


@pytest.fixture
def cluster(cluster_of_tests: Cluster) -> ClusterEngine:
    engine = ClusterEngine(cluster_of_tests, analysis.analyse, ask)
    engine.rebuild([])
    return engine


@pytest.fixture(params=["embedded", pytest.param("cluster", marks=pytest.mark.elasticsearch)])
def engine(request: pytest.FixtureRequest) -> Engine:
    """Each engine in turn, empty: what takes this is the contract of them all. A param is the name of a fixture."""
    made: Engine = request.getfixturevalue(request.param)
    return made


@pytest.fixture
def results(engine: Engine) -> Callable[..., Results]:
    return lambda typed, **options: engine.search(parse(typed), **options)


@pytest.fixture
def find(results: Callable[..., Results]) -> Find:
    """Search as typed and return the keys in order."""
    return lambda typed, **options: [hit.document.key for hit in results(typed, **options).hits]
