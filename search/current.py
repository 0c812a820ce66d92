"""The engines that this installation uses."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from django.conf import settings

from search import analysis, answering
from search.engines import Engine, Reader
from search.engines.embedded.engine import EmbeddedEngine

if TYPE_CHECKING:
    from search.engines.elasticsearch.connection import Cluster
    from search.engines.elasticsearch.engine import ClusterEngine


class Index(NamedTuple):
    """An index that changes are brought to: its name in the outbox, and what people call it."""

    name: str
    label: str
    engine: Engine


def engine() -> Reader:
    """Return who answers: one object a process, each thread with its own connection to an index."""
    return _resilient(Path(settings.SEARCH_INDEX), cluster())


def indices() -> list[Index]:
    """Every index that the worker of this host keeps up; its own file first, which is the cluster's reserve."""
    from search.outbox import CLUSTER, own_name

    own = Index(own_name(), "embedded", _embedded(Path(settings.SEARCH_INDEX)))
    named = cluster()
    return [own, Index(CLUSTER, "cluster", _cluster(named))] if named else [own]


def cluster() -> Cluster | None:
    """Return the cluster that the settings name, if they do."""
    if not settings.ELASTICSEARCH_HOSTS:
        return None
    # Where no cluster is named, no process carries its client.
    from search.engines.elasticsearch.connection import Cluster

    return Cluster(
        hosts=tuple(settings.ELASTICSEARCH_HOSTS),
        api_key=settings.ELASTICSEARCH_API_KEY,
        ca_file=settings.ELASTICSEARCH_CA_FILE,
        prefix=settings.ELASTICSEARCH_INDEX_PREFIX,
        shards=settings.ELASTICSEARCH_SHARDS,
        replicas=settings.ELASTICSEARCH_REPLICAS,
        patience=settings.ELASTICSEARCH_TIMEOUT,
    )


@cache
def _embedded(path: Path) -> EmbeddedEngine:
    return EmbeddedEngine(path, analysis.analyse, answering.ask)


@cache
def _cluster(named: Cluster) -> ClusterEngine:
    from search.engines.elasticsearch.engine import ClusterEngine
    from search.outbox import go_on_holding_cluster

    return ClusterEngine(named, analysis.analyse, answering.ask, go_on_holding_cluster)


@cache
def _resilient(path: Path, named: Cluster | None) -> Reader:
    from search.engines.database import DatabaseEngine
    from search.engines.resilient import Following, ResilientReader
    from search.outbox import CLUSTER, is_behind, own_name

    followers = [Following("search index of this host", _embedded(path), lambda: is_behind(own_name()))]
    if named:
        followers.insert(0, Following("cluster", _cluster(named), lambda: is_behind(CLUSTER)))
    return ResilientReader(followers, DatabaseEngine())
