"""The queries of judged.tsv on the demonstration: what must lead, leads."""

import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import pytest

from search import analysis
from search.documents import Document
from search.engines import Engine
from search.engines.embedded.engine import EmbeddedEngine
from search.query import parse
from tests.search.conftest import ask

pytestmark = pytest.mark.processes


class Judged(NamedTuple):
    """What is typed, the reader's language, and the titles that must lead."""

    typed: str
    language: str
    titles: frozenset[str]


def judged() -> Iterator[Judged]:
    for line in Path(__file__).with_name("judged.tsv").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            typed, language, titles = line.split("\t")
            yield Judged(typed, language, frozenset(titles.split(" | ")))


@pytest.fixture(scope="module")
def documents(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Sequence[Document]:
    """What the index of the demonstration holds, for everyone."""
    folder = tmp_path_factory.mktemp("judged")
    for file in prepared.glob("search.sqlite3*"):
        shutil.copy(file, folder)
    index = EmbeddedEngine(folder / "search.sqlite3", analysis.analyse, ask)
    return list(index.fetch(index.digests()).values())


def test_what_must_lead_leads(engine: Engine, documents: Sequence[Document]) -> None:
    engine.rebuild(documents)
    wrong = []
    for query in judged():
        hits = engine.search(parse(query.typed), language=query.language).hits
        # Two things may be called the same.
        leading = [hit.document.title for hit in hits][: len(query.titles)]
        if set(leading) != query.titles:
            wrong.append(f"{query.typed} ({query.language}): {', '.join(leading)}")
    assert not wrong, "\n".join(wrong)
