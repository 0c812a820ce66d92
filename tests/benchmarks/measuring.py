"""A server of its own, a client that costs little, and what a request costs the server."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Self

from tests.serving import ROOT, environment, free_port

START_SECONDS = 60
CONNECTIONS = 4


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True)
class Cost:
    """What one request costs: CPU seconds of the server's processes, and how many of them it answers in a second."""

    cpu: float
    per_second: float


def least_disturbed(costs: Sequence[Cost]) -> Cost:
    """The smallest: what else the machine does only adds to it. Compare it with that of as many others."""
    return Cost(min(cost.cpu for cost in costs), max(cost.per_second for cost in costs))


def typical(costs: Sequence[Cost]) -> Cost:
    """The one in the middle: what else the machine does disturbs some of them."""
    return Cost(median(cost.cpu for cost in costs), median(cost.per_second for cost in costs))


class Connection:
    """One kept connection; asks anew on it without making the request anew."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=30)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.rest = b""

    def receive(self) -> Answer:
        while (end := self.rest.find(b"\r\n\r\n")) < 0:
            self._more()
        first, *lines = self.rest[:end].decode("latin-1").split("\r\n")
        headers = {name.lower(): value for name, _colon, value in (line.partition(": ") for line in lines)}
        whole = end + 4 + int(headers.get("content-length", 0))
        while len(self.rest) < whole:
            self._more()
        body, self.rest = self.rest[end + 4 : whole], self.rest[whole:]
        return Answer(int(first.split()[1]), headers, body)

    def _more(self) -> None:
        more = self.socket.recv(262_144)
        assert more, "the server closed the connection"
        self.rest += more


class Server:
    """The application of tests/benchmarks/wsgi.py on a data folder, in one worker process."""

    def __init__(self, data: Path) -> None:
        self._data = data
        # Of who asks, for pages that are somebody's own: "name=value; name=value".
        self.cookies = ""
        self.port = free_port()
        folders = os.pathsep.join([str(ROOT / "site"), str(ROOT)])
        more = {"PYTHONPATH": folders, "WEB_WORKERS": "1", "SUPERVISOR_PID": str(os.getpid())}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.benchmarks.server"],
            env=environment(data, self.port, **more),
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
        )
        self._wait()
        self._connections = [Connection(self.port) for _ in range(CONNECTIONS)]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.end()

    def end(self) -> None:
        self._process.terminate()
        self._process.wait(15)

    def ask(self, path: str, way: str = "") -> Answer:
        connection = self._connections[0]
        connection.socket.sendall(self._request(path, way))
        return connection.receive()

    def cost(self, path: str, way: str = "", *, requests: int) -> Cost:
        """Ask as many times, one request at a time on each of a few connections."""
        request = self._request(path, way)
        cpu, began = self.cpu(), time.perf_counter()
        for _ in range(max(1, requests // CONNECTIONS)):
            for connection in self._connections:
                connection.socket.sendall(request)
            for connection in self._connections:
                status = connection.receive().status
                assert status == 200, f"{path}: {status}"
        made = max(1, requests // CONNECTIONS) * CONNECTIONS
        return Cost((self.cpu() - cpu) / made, made / (time.perf_counter() - began))

    def queries(self, path: str, way: str) -> int:
        """How many queries the page asks in a process that has shown it before."""
        self.ask(path, way)
        return int(self.ask(path, way).headers["x-queries"])

    def cpu(self) -> float:
        """CPU seconds that the server's processes have used."""
        return sum(_cpu_of(process) for process in (self._process.pid, *_children_of(self._process.pid)))

    def _request(self, path: str, way: str) -> bytes:
        lines = [
            f"GET {path} HTTP/1.1",
            f"Host: 127.0.0.1:{self.port}",
            "Accept: text/html,application/xhtml+xml,*/*;q=0.8",
            "Accept-Encoding: gzip, deflate, br",
            "Accept-Language: fi,en;q=0.5",
            "User-Agent: Mozilla/5.0 (X11; Linux x86_64) benchmark",
            *([f"X-Way: {way}"] if way else []),
            *([f"Cookie: {self.cookies}"] if self.cookies else []),
        ]
        return "\r\n".join([*lines, "", ""]).encode()

    def _wait(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        while True:
            try:
                connection = Connection(self.port)
                connection.socket.sendall(self._request("/", "raw"))
                connection.receive()
                return
            except (OSError, AssertionError):
                assert self._process.poll() is None, "the server did not start"
                assert time.monotonic() < deadline, "the server does not answer"
                time.sleep(0.1)


def _cpu_of(process: int) -> float:
    # In nanoseconds, where /proc/<process>/stat has hundredths of a second.
    threads = Path(f"/proc/{process}/task").glob("*/schedstat")
    return sum(int(thread.read_text().split()[0]) for thread in threads) / 1e9


def _children_of(process: int) -> list[int]:
    found = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    return [int(each) for each in found]
