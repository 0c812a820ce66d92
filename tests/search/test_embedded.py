"""What only the engine in a file must do: its file may vanish, be damaged or be of another version."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from search import analysis
from search.engines import IndexUnavailable
from search.engines.embedded.engine import EmbeddedEngine
from search.engines.embedded.rows import RowsOfBuild
from search.query import parse
from tests.search.conftest import ask, make


def test_a_missing_index_says_so(tmp_path: Path) -> None:
    engine = EmbeddedEngine(tmp_path / "none.sqlite3", analysis.analyse, ask)
    with pytest.raises(IndexUnavailable):
        engine.search(parse("raportti"))
    assert not engine.is_built()
    assert engine.check().problem


def test_a_damaged_file_is_rebuilt(tmp_path: Path) -> None:
    path = tmp_path / "search.sqlite3"
    path.write_bytes(b"This is no database, whatever its name says. " * 100)
    engine = EmbeddedEngine(path, analysis.analyse, ask)
    assert not engine.is_built()
    engine.rebuild([make("p:1", "Raportti")])
    assert engine.search(parse("raportti")).total == 1


def test_an_index_of_another_version_is_not_used(embedded: EmbeddedEngine) -> None:
    with sqlite3.connect(embedded.path) as connection:
        connection.execute("UPDATE meta SET version = '0'")
    assert not embedded.is_built()
    embedded.rebuild([make("p:1", "Raportti")])
    assert embedded.search(parse("raportti")).total == 1


def test_without_a_dictionary_an_unseen_form_is_found_by_its_stem(tmp_path: Path) -> None:
    engine = EmbeddedEngine(tmp_path / "search.sqlite3", analysis.analyse, lambda word: None)
    engine.rebuild([make("p:1", "Kirjoituksia osallisuudesta")])
    assert engine.search(parse("kirjoituksien")).total == 1


def test_what_was_guessed_without_a_dictionary_is_looked_up_again_once_there_is_one(tmp_path: Path) -> None:
    silent = [True]
    engine = EmbeddedEngine(
        tmp_path / "search.sqlite3", analysis.analyse, lambda word: None if silent[0] else analysis.analyse(word, "fi")
    )
    engine.rebuild([make("p:1", "Sosiaalityöntekijät")])
    assert engine.search(parse("sosiaalityöntekija")).total == 1
    silent[0] = False
    found = engine.search(parse("sosiaalityöntekija"))
    assert (found.total, found.corrections) == (1, {"sosiaalityöntekija": "sosiaalityöntekijä"})


def test_threads_see_what_the_others_write(embedded: EmbeddedEngine) -> None:
    with ThreadPoolExecutor(4) as threads:
        for number in range(20):
            threads.submit(embedded.index, [make(f"p:{number}", "Raportti")]).result()
            totals = threads.map(lambda _: embedded.search(parse("raportti")).total, range(4))
            assert set(totals) == {number + 1}
        threads.submit(embedded.rebuild, [make("p:1", "Raportti")]).result()
        assert set(threads.map(lambda _: embedded.search(parse("raportti")).total, range(8))) == {1}


def test_a_disk_that_fails_while_rows_are_read_costs_none_of_them(embedded: EmbeddedEngine) -> None:
    class Failing(sqlite3.Connection):
        def execute(self, statement: str, *values: Any) -> sqlite3.Cursor:
            if "gone" in statement:
                raise sqlite3.OperationalError("disk I/O error")
            return super().execute(statement, *values)

    embedded.index([make("p:1", "Raportti")])
    rows = RowsOfBuild()
    with pytest.raises(sqlite3.OperationalError, match="disk"):
        rows.refresh(sqlite3.connect(embedded.path, factory=Failing), 1)
    rows.refresh(sqlite3.connect(embedded.path), 1)
    known, readable = rows.open_to(["public"])
    assert set(known.by_key) == readable == {1}
