"""The real service as its own processes, on a data folder and a port of its own."""

import fcntl
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import closing
from pathlib import Path

from config import start

ROOT = Path(__file__).resolve().parents[1]
# A machine that does much else takes long; a service that fails ends at once.
START_SECONDS = 600
READY = "running at http"
OLD_SECONDS = 3 * 60 * 60


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


def environment(data: Path, port: int, **more: str) -> dict[str, str]:
    """What the service needs to know; nothing of the test run's own settings."""
    inherited = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("DJANGO_", "TEST_", "DATABASE_", "ELASTICSEARCH_", "MAKE"))
        and name not in {"HOST", "SITE_URL", "DEMO"}
    }
    # Under make the service ends when its parent does: a test run that is killed leaves nothing behind.
    return {**inherited, "DATA_DIR": str(data), "PORT": str(port), "MAKELEVEL": "1", **more}


class Service:
    """run.py with everything that it starts."""

    def __init__(self, data: Path, port: int | None = None, **more: str) -> None:
        self.data = data
        self.port = port or free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.more = more
        self.output = ""
        self._process: subprocess.Popen[str] | None = None
        self._ready = threading.Event()

    def launch(self) -> None:
        """Start it without waiting."""
        self.output = ""
        self._ready = threading.Event()
        self._process = subprocess.Popen(
            [sys.executable, str(ROOT / "run.py")],
            env=environment(self.data, self.port, **self.more),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            text=True,
        )
        threading.Thread(target=self._read, args=(self._process, self._ready), daemon=True).start()

    def start(self) -> float:
        """Start it and wait for its first answer; return how many seconds that took."""
        began = time.monotonic()
        self.launch()
        if not self._ready.wait(START_SECONDS) or READY not in self.output:
            self.process.kill()
            raise AssertionError(f"The service did not start:\n{self.output}")
        return time.monotonic() - began

    @property
    def process(self) -> "subprocess.Popen[str]":
        assert self._process is not None, "start it first"
        return self._process

    @property
    def password(self) -> str:
        """The password of the demonstration accounts."""
        return (self.data / "demo_password").read_text().strip()

    def end(self, number: signal.Signals = signal.SIGTERM, patience: float = 15) -> int:
        """End it and return its exit status."""
        self.process.send_signal(number)
        return self.process.wait(patience)

    def processes(self) -> set[int]:
        """The processes that the service has started and that still live. Linux only."""
        mark = f"SUPERVISOR_PID={self.process.pid}\0".encode()
        found = set()
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                if mark in (folder / "environ").read_bytes() and ") Z " not in (folder / "stat").read_text():
                    found.add(int(folder.name))
            except OSError:
                continue
        return found

    def _read(self, process: "subprocess.Popen[str]", ready: threading.Event) -> None:
        assert process.stdout is not None
        # The children of a process that was killed still hold its output when the next one is started.
        for line in process.stdout:
            if process is self._process:
                self.output += line
            if READY in line:
                ready.set()
        ready.set()


def prepared_data() -> Path:
    """A data folder that `manage.py prepare` has filled; kept between runs until the code or content changes."""
    place = start.Place(ROOT, Path(), "127.0.0.1", 8000)
    folder = Path(tempfile.gettempdir()) / f"osaamisverkosto-prepared-{os.getuid()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    with (folder / "lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        data = folder / start.fingerprint(place)[:16]
        if not data.exists():
            for old in folder.iterdir():
                # Another test run may be copying a younger one at this moment.
                if old.is_dir() and time.time() - old.stat().st_mtime > OLD_SECONDS:
                    shutil.rmtree(old)
            _prepare(data)
        # What the worker listened on cannot be copied.
        for each in (data / "run").glob("*.sock"):
            each.unlink()
    return data


def _prepare(data: Path) -> None:
    """Let a service prepare itself, do what that leaves to its worker, and end: every copy would do it again."""
    part = data.with_name(f"{data.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    service = Service(part)
    service.start()
    deadline = time.monotonic() + START_SECONDS
    while waiting_tasks(part):
        assert time.monotonic() < deadline, service.output
        time.sleep(0.2)
    service.end()
    part.rename(data)


def waiting_tasks(data: Path) -> int:
    """How many of Wagtail's and our own background tasks are still to be done."""
    with closing(sqlite3.connect(f"file:{data / 'db.sqlite3'}?mode=ro", uri=True)) as database:
        waiting = database.execute(
            "SELECT count(*) FROM django_tasks_database_dbtaskresult WHERE status IN ('READY', 'RUNNING')"
        )
        return int(waiting.fetchone()[0])
