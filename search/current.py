"""The engine that this installation uses."""

from functools import cache
from typing import NamedTuple

from django.conf import settings

from search import analysis, answering
from search.engines import Engine
from search.engines.embedded import EmbeddedEngine


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
