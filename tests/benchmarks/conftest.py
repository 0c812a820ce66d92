"""Servers to measure, and the tables that they fill."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.benchmarks.measuring import Server


@pytest.fixture(scope="module")
def server(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One web process on a copy of the demonstration."""
    data = tmp_path_factory.mktemp("benchmark") / "data"
    shutil.copytree(prepared, data)
    with Server(data) as running:
        yield running
