"""The engine that this installation uses."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from django.conf import settings

from search import analysis, answering
from search.engines import Engine
from search.engines.embedded import EmbeddedEngine

if TYPE_CHECKING:
    from search.engines.elasticsearch.connection import Cluster


class Index(NamedTuple):
    """An index that changes are brought to: its name in the outbox, and what people call it."""

    name: str
    label: str
    engine: Engine


@cache
def _embedded(path: str) -> EmbeddedEngine:
    return EmbeddedEngine(settings.SEARCH_INDEX, analysis.analyse, answering.ask)


def engine() -> Engine:
    """Return the engine; one object a process, each thread with its own connection."""
    return _embedded(str(settings.SEARCH_INDEX))


def indices() -> list[Index]:
    """Every index that the worker of this host keeps up; its own file first."""
    from search.outbox import this_host

    return [Index(f"host:{this_host()}", "embedded", engine())]


def cluster() -> Cluster | None:
    """Return the cluster that the settings name, if they do."""
    if not settings.ELASTICSEARCH_HOSTS:
        return None
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
