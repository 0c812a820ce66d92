"""Engines with an index of their own that vanishes after use: for measuring, beside whatever the site has."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple
from uuid import uuid4

from django.core.exceptions import ImproperlyConfigured

from search import analysis
from search.analysis import Word
from search.current import cluster
from search.engines import Engine
from search.engines.embedded.engine import EmbeddedEngine


class Throwaway(NamedTuple):
    """An empty engine, and how to ask for the bytes that its index takes."""

    engine: Engine
    size: Callable[[], int]


def ask(word: str) -> Word:
    """Analyse in this process: nothing else of the site need run."""
    return analysis.analyse(word, "fi")


@contextmanager
def _embedded() -> Iterator[Throwaway]:
    with TemporaryDirectory(prefix="search-") as folder:
        path = Path(folder) / "search.sqlite3"
        yield Throwaway(EmbeddedEngine(path, analysis.analyse, ask), lambda: path.stat().st_size)


@contextmanager
def _cluster() -> Iterator[Throwaway]:
    named = cluster()
    if named is None:
        raise ImproperlyConfigured("No cluster is named; set ELASTICSEARCH_URL, see docs/settings.md.")
    from search.engines.elasticsearch.engine import ClusterEngine
    from search.engines.elasticsearch.indices import Indices

    # Patient: how long an answer takes is what is measured.
    throwaway = replace(named, prefix=f"{named.prefix}-throwaway-{uuid4().hex[:8]}", patience=60.0)
    indices = Indices(throwaway, throwaway.client())
    try:
        yield Throwaway(ClusterEngine(throwaway, analysis.analyse, ask), indices.size)
    finally:
        indices.remove()


ENGINES: Mapping[str, Callable[[], AbstractContextManager[Throwaway]]] = {
    "embedded": _embedded,
    "cluster": _cluster,
    "elasticsearch": _cluster,
}
