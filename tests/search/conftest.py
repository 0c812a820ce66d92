from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from search import analysis
from search.analysis import Word
from search.documents import Document
from search.engines import Engine, Results
from search.engines.embedded import EmbeddedEngine
from search.query import parse

Find = Callable[..., list[str]]


def ask(word: str) -> Word:
    """Stand where the worker's socket is: the same analysis, in this process."""
    return analysis.analyse(word, "fi")


def make(key: str, title: str, body: str = "", **rest: Any) -> Document:
    """A Finnish post unless something else is said."""
    values: dict[str, Any] = {"kind": "post", "language": "fi", "url": f"/{key}/", **rest}
    return Document(key=key, title=title, body=body, **values)


@pytest.fixture
def embedded(tmp_path: Path) -> EmbeddedEngine:
    engine = EmbeddedEngine(tmp_path / "search.sqlite3", analysis.analyse, ask)
    engine.rebuild([])
    return engine


@pytest.fixture(params=["embedded"])
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
