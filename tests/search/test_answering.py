import contextlib
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from search import answering
from search.analysis import analyse
from search.engines.breaker import Breaker


@pytest.fixture
def worker(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A process that answers, this one; on a busy machine it may take its time."""
    monkeypatch.setattr(answering, "PATIENCE", 10)
    settings.SEARCH_SOCKET = tmp_path / "analysis.sock"
    answering._ask.cache_clear()
    answering.answer_words()
    yield answering.socket_path()
    answering.stop()


def test_the_worker_answers_with_the_dictionary(worker: Path) -> None:
    assert answering.ask("työpajoissa") == analyse("työpajoissa", "fi")


def test_answering_goes_on_and_is_started_once(worker: Path) -> None:
    threads = threading.active_count()
    answering.answer_words()
    assert threading.active_count() == threads
    assert answering.ask("ilmiöt") is not None


def test_a_lost_socket_is_made_again(worker: Path) -> None:
    worker.unlink()
    assert answering.ask("ilmiöitä") is None
    answering.answer_words()
    assert answering.ask("ilmiöitä") is not None


@pytest.mark.parametrize("question", [b"", b"\xff\xfe\n", b"a" * 100_000, b"\x00\n"])
def test_a_broken_question_does_not_end_the_answering(worker: Path, question: bytes) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
        connection.connect(str(worker))
        connection.sendall(question)
        connection.shutdown(socket.SHUT_WR)
        connection.settimeout(2)
        with contextlib.suppress(ConnectionResetError):
            connection.recv(1000)
    assert answering.ask("raportoinnin")


def test_without_a_worker_there_is_no_answer(tmp_path: Path, settings: Any) -> None:
    settings.SEARCH_SOCKET = tmp_path / "none.sock"
    answering._ask.cache_clear()
    assert answering.ask("työpajoissa") is None


def test_a_worker_that_is_silent_is_waited_for_once(
    tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.SEARCH_SOCKET = tmp_path / "silent.sock"
    monkeypatch.setattr(answering, "_breaker", Breaker(shortest=60))
    answering._ask.cache_clear()
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as silent:
        silent.bind(str(answering.socket_path()))
        silent.listen(64)
        assert {answering.ask(f"sana{letter}") for letter in "abcdefgh"} == {None}
        silent.setblocking(False)
        asked, _address = silent.accept()
        asked.close()
        with pytest.raises(BlockingIOError):
            silent.accept()


def test_a_long_path_gets_a_short_socket(tmp_path: Path, settings: Any) -> None:
    settings.SEARCH_SOCKET = tmp_path / ("pitka" * 30) / "analysis.sock"
    assert len(str(answering.socket_path())) < 100


def test_a_web_process_never_loads_the_dictionary() -> None:
    code = "import sys, django; django.setup(); import config.urls, search.views; assert 'pyvoikko' not in sys.modules"
    subprocess.run(
        [sys.executable, "-c", code], check=True, env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    )
