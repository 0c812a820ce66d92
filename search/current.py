"""The engine that this installation uses."""

from functools import cache

from django.conf import settings

from search import analysis, answering
from search.engines import Engine
from search.engines.embedded import EmbeddedEngine


@cache
def _embedded(path: str) -> EmbeddedEngine:
    return EmbeddedEngine(settings.SEARCH_INDEX, analysis.analyse, answering.ask)


def engine() -> Engine:
    """Return the engine; one object a process, each thread with its own connection."""
    return _embedded(str(settings.SEARCH_INDEX))
