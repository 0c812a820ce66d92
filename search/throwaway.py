"""Engines with an index of their own that vanishes after use: for measuring, beside whatever the site has."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from search import analysis
from search.analysis import Word
from search.engines import Engine
from search.engines.embedded import EmbeddedEngine


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


ENGINES: Mapping[str, Callable[[], AbstractContextManager[Throwaway]]] = {"embedded": _embedded}
