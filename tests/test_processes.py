"""The service as processes: it starts, restarts what fails, and leaves nothing behind however it ends."""

import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.serving import ROOT, Service, environment, free_port

pytestmark = [
    pytest.mark.processes,
    pytest.mark.skipif(sys.platform != "linux", reason="Processes are looked for in /proc, which only Linux has"),
]
START_LIMIT = 20
"""Seconds; a machine with nothing else to do needs two, but a preparation would take longer than this."""
STOP_LIMIT = 8


@pytest.fixture
def new_service(prepared: Path, tmp_path: Path) -> Iterator[Callable[..., Service]]:
    """Makes services on copies of the demonstration; those still running are ended."""
    made: list[Service] = []

    def make(**more: str) -> Service:
        data = tmp_path / f"data{len(made)}"
        shutil.copytree(prepared, data)
        made.append(Service(data, None, **more))
        return made[-1]

    yield make
    for service in made:
        if service._process is not None and service.process.poll() is None:
            service.end(signal.SIGKILL)


@pytest.fixture(scope="module")
def running(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """One service for the tests that leave it running as they found it."""
    data = tmp_path_factory.mktemp("processes") / "data"
    shutil.copytree(prepared, data)
    service = Service(data)
    service.start()
    yield service
    service.end()


def status_of(service: Service, path: str = "/healthz") -> int:
    connection = http.client.HTTPConnection("127.0.0.1", service.port, timeout=10)
    try:
        connection.request("GET", path)
        return connection.getresponse().status
    except OSError:
        return 0
    finally:
        connection.close()


def wait_until(holds: Callable[[], object], seconds: float = 20) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, "this took too long"
        time.sleep(0.05)


def command_of(process: int) -> str:
    try:
        return Path(f"/proc/{process}/cmdline").read_bytes().replace(b"\0", b" ").decode()
    except OSError:
        return ""


def matching(service: Service, text: str) -> set[int]:
    return {process for process in service.processes() if text in command_of(process)}


def listeners(service: Service) -> int:
    """How many web processes wait for visitors: each has a socket of its own on the port."""
    listening = f":{service.port:04X} 00000000:0000 0A"
    return Path("/proc/net/tcp").read_text().count(listening)


def test_a_second_start_is_quick_and_prepares_nothing(new_service: Callable[..., Service]) -> None:
    service = new_service()
    seconds = service.start()

    assert seconds < START_LIMIT
    assert "Database" not in service.output
    assert f"running at {service.url}" in service.output
    wait_until(lambda: "/hallinta/" in service.output)
    assert service.password in service.output
    assert "opiskelija@demo.example" in service.output
    assert status_of(service, "/") == 200
    assert status_of(service, "/readyz") == 200


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_it_ends_in_order_and_leaves_no_process(new_service: Callable[..., Service], number: signal.Signals) -> None:
    service = new_service()
    service.start()
    wait_until(lambda: len(service.processes()) >= 4)
    began = time.monotonic()

    assert service.end(number) == 0

    assert time.monotonic() - began < STOP_LIMIT
    assert not service.processes()
    assert status_of(service) == 0


def test_a_second_ctrl_c_does_not_leave_processes_behind(new_service: Callable[..., Service]) -> None:
    service = new_service()
    service.start()
    service.process.send_signal(signal.SIGINT)
    service.process.send_signal(signal.SIGINT)
    assert service.process.wait(STOP_LIMIT) == 0
    assert not service.processes()


def test_a_killed_service_leaves_nothing_and_starts_again_at_once(new_service: Callable[..., Service]) -> None:
    service = new_service()
    service.start()
    service.end(signal.SIGKILL)
    assert service.start() < START_LIMIT
    assert status_of(service, "/") == 200
    wait_until(lambda: len(service.processes()) >= 4)

    service.end(signal.SIGKILL)

    wait_until(lambda: not service.processes(), STOP_LIMIT)
    assert status_of(service) == 0


def test_a_killed_web_process_is_replaced_while_the_other_answers(running: Service) -> None:
    wait_until(lambda: listeners(running) == 2)
    main = min(matching(running, "config.web"))
    before = matching(running, "config.web") - {main}

    os.kill(max(before), signal.SIGKILL)

    answers = [status_of(running) for _ in range(50)]
    assert answers.count(200) >= 49
    wait_until(lambda: max(before) not in matching(running, "config.web") and listeners(running) == 2)


@pytest.mark.parametrize("victim", ["config.web", "manage.py worker"])
def test_what_was_killed_is_started_again(running: Service, victim: str) -> None:
    wait_until(lambda: matching(running, "manage.py worker"))
    before, said = matching(running, victim), running.output.count("SIGKILL")

    for process in before:
        os.kill(process, signal.SIGKILL)

    wait_until(lambda: matching(running, victim) and not matching(running, victim) & before)
    wait_until(lambda: status_of(running) == 200)
    wait_until(lambda: running.output.count("SIGKILL") > said)


def test_the_worker_says_that_it_lives(running: Service) -> None:
    heartbeat = running.data / "run/worker.heartbeat"
    began = time.time()
    wait_until(lambda: heartbeat.exists() and heartbeat.stat().st_mtime > began)


def test_it_listens_where_host_says(new_service: Callable[..., Service]) -> None:
    service = new_service(HOST="0.0.0.0")
    service.start()
    assert f"running at {service.url}" in service.output
    connection = http.client.HTTPConnection("127.0.0.2", service.port, timeout=10)
    connection.request("GET", "/", headers={"Host": "koneeni.lan"})
    assert connection.getresponse().status == 200


def refusal(data: Path, port: int | str, **more: str) -> str:
    """Start what cannot start; return the one sentence that says why."""
    run = subprocess.run(
        [sys.executable, str(ROOT / "run.py")],
        env={**environment(data, 0), "PORT": str(port), **more},
        capture_output=True,
        text=True,
        timeout=30,
    )
    assert run.returncode == 1
    assert len(run.stderr.splitlines()) == 1, run.stderr
    return run.stderr


def test_a_busy_port_is_said_in_a_sentence(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        assert f"cannot listen on 127.0.0.1 port {port}" in refusal(tmp_path, port)


@pytest.mark.parametrize("port", ["0", "http", "65536", "-1"])
def test_a_port_that_is_none_is_said_in_a_sentence(tmp_path: Path, port: str) -> None:
    assert "write a number from 1 to 65535" in refusal(tmp_path, port)


def test_a_host_that_is_not_here_is_said_in_a_sentence(tmp_path: Path) -> None:
    assert "192.0.2.1" in refusal(tmp_path, free_port(), HOST="192.0.2.1")
    assert "not an address of this machine" in refusal(tmp_path, free_port(), HOST="ei.olemassa.invalid")


def test_a_data_folder_that_cannot_be_written_is_said_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert "cannot be written" in refusal(tmp_path / "file" / "data", free_port())


def test_a_second_copy_on_the_same_data_is_refused(running: Service) -> None:
    assert "Another copy of the service uses" in refusal(running.data, free_port())


def test_a_full_disk_and_a_wrong_python_are_said_in_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from config import start

    place = start.Place(ROOT, tmp_path, "127.0.0.1", free_port())
    monkeypatch.setattr(start, "LEAST_FREE", 2**60)
    assert "MB of disk is free" in start.problem(place)
    monkeypatch.setattr(sys, "version_info", (3, 14, 0))
    assert "needs 3.11, 3.12 or 3.13" in start.problem(place)
