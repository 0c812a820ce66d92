"""What must hold before the service can start, said in one sentence each; and whether the data is prepared already.

Standard library only: it runs before anything else is known to work.
"""

import fcntl
import hashlib
import os
import shutil
import socket
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import IO, Self

LEAST_FREE = 500 * 1024 * 1024
# The children of a supervisor that was killed need a moment to notice and leave the port.
PORT_PATIENCE = 10.0
AREAS = ("site", "learning", "blog", "network", "search")
# What the preparation reads (folder, pattern): a change in any of these files makes it run again.
SOURCES = [
    (".", "requirements.txt"),
    *((area, "**/migrations/*.py") for area in AREAS),
    ("site", "*/static/**/*"),
    ("site", "locale*/**/*.po"),
    ("site", "config/**/*.py"),
    ("site", "demo/**/*"),
    ("search", "**/*.py"),
]
VARIABLES = ["DATABASE_URL", "DEMO", "DEMO_PASSWORD", "DJANGO_SETTINGS_MODULE", "ELASTICSEARCH_URL", "SITE_URL"]

# The addresses that mean all of them, and by which this machine reaches itself then.
EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}

_lock: list[IO[str]] = []


@dataclass(frozen=True)
class Place:
    """Where this copy of the service lives and listens."""

    root: Path
    data: Path
    host: str
    port: int

    @classmethod
    def from_environment(cls, root: Path) -> Self:
        port = os.environ.get("PORT") or "8000"
        return cls(
            root=root,
            data=Path(os.environ.get("DATA_DIR") or root / "var").resolve(),
            host=os.environ.get("HOST") or "127.0.0.1",
            port=int(port) if port.isascii() and port.isdigit() else 0,
        )

    @property
    def reachable_host(self) -> str:
        """The address to ask from this machine."""
        return EVERYWHERE.get(self.host, self.host)

    @property
    def is_everywhere(self) -> bool:
        """Whether the service listens on every address of the machine."""
        return self.host in EVERYWHERE

    @property
    def url(self) -> str:
        host = f"[{self.reachable_host}]" if ":" in self.reachable_host else self.reachable_host
        return os.environ.get("SITE_URL", "").rstrip("/") or f"http://{host}:{self.port}"

    @property
    def run(self) -> Path:
        return self.data / "run"

    @property
    def stamp(self) -> Path:
        return self.run / "prepared"

    @property
    def unfinished(self) -> Path:
        """Exists from the start to the orderly end: found at a start, it tells that the last copy was killed."""
        return self.run / "unfinished"


def problem(place: Place) -> str:
    """The first thing that keeps the service from starting, as a sentence that says what to do; or ''."""
    return _python(place) or _data_folder(place) or _free_disk(place) or _only_copy(place) or _port(place)


def _python(place: Place) -> str:
    if not (3, 11) <= sys.version_info < (3, 14):
        return (
            f"This is Python {sys.version.split()[0]}; the service needs 3.11, 3.12 or 3.13. Start it with `make run`."
        )
    if find_spec("django") is None or find_spec("granian") is None:
        return (
            "The libraries are not installed for this Python. Start the service with `make run`, which installs them."
        )
    return ""


def _data_folder(place: Place) -> str:
    trial = place.run / f"trial-{os.getpid()}"
    try:
        place.run.mkdir(parents=True, exist_ok=True)
        trial.write_text("")
        trial.unlink()
    except OSError as error:
        return f"The data folder {place.data} cannot be written ({error.strerror}); name another one with DATA_DIR."
    return ""


def _free_disk(place: Place) -> str:
    free = shutil.disk_usage(place.data).free
    if free < LEAST_FREE:
        return (
            f"Only {free // 2**20} MB of disk is free at {place.data}, and the service needs {LEAST_FREE // 2**20} MB;"
            " free some, or name another folder with DATA_DIR."
        )
    return ""


def _only_copy(place: Place) -> str:
    """Hold a lock on the data folder as long as this process lives."""
    file = (place.run / "lock").open("a")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        file.close()
        return f"Another copy of the service uses the data folder {place.data}; stop it, or name another with DATA_DIR."
    _lock.append(file)
    return ""


def _port(place: Place) -> str:
    if not 0 < place.port < 65536:
        return f"PORT is {os.environ.get('PORT')!r}; write a number from 1 to 65535."
    try:
        family, kind, protocol, _name, address = socket.getaddrinfo(place.host, place.port, type=socket.SOCK_STREAM)[0]
    except OSError:
        return f"HOST is {place.host!r}, which is not an address of this machine."
    deadline = time.monotonic() + (PORT_PATIENCE if place.unfinished.exists() else 0)
    while True:
        with socket.socket(family, kind, protocol) as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                trial.bind(address)
                return ""
            except OSError as error:
                if time.monotonic() > deadline:
                    return (
                        f"The service cannot listen on {place.host} port {place.port} ({error.strerror});"
                        " stop what uses the port, or choose another: make run PORT=8001"
                    )
        time.sleep(0.2)


def child_environment(place: Place) -> dict[str, str]:
    """The environment of the processes: both source folders on the path, nothing buffered."""
    return {
        "DJANGO_SETTINGS_MODULE": "config.settings.local",
        **os.environ,
        "DATA_DIR": str(place.data),
        "HOST": place.host,
        "PORT": str(place.port),
        "PYTHONPATH": os.pathsep.join([str(place.root / "site"), str(place.root)]),
        "PYTHONUNBUFFERED": "1",
    }


def fingerprint(place: Place) -> str:
    """Changes whenever the preparation has something to do: code, content, settings or the Python itself."""
    digest = hashlib.blake2b(digest_size=16)
    digest.update(repr((sys.version, str(place.root), [os.environ.get(name) for name in VARIABLES])).encode())
    for path in _sources(place.root):
        status = path.stat()
        digest.update(f"{path.relative_to(place.root)} {status.st_mtime_ns} {status.st_size}\n".encode())
    return digest.hexdigest()


def _sources(root: Path) -> Iterator[Path]:
    for folder, pattern in SOURCES:
        for path in sorted((root / folder).glob(pattern)):
            if path.is_file() and "__pycache__" not in path.parts:
                yield path


def is_prepared(place: Place) -> bool:
    """Whether an earlier start prepared exactly this. A database on a server is asked anew every time."""
    if os.environ.get("DATABASE_URL"):
        return False
    made = [place.data / "db.sqlite3", place.data / "search.sqlite3", place.data / "static" / "staticfiles.json"]
    made += [path.with_suffix(".mo") for path in place.root.glob("site/locale*/**/*.po")]
    if not all(path.exists() for path in made):
        return False
    try:
        return place.stamp.read_text() == fingerprint(place)
    except OSError:
        return False


def remember_prepared(place: Place, value: str) -> None:
    """Note what was prepared: the fingerprint taken before, so that a change made meanwhile is not missed."""
    place.stamp.write_text(value)


def demo_password(place: Place) -> str:
    """The password of the demonstration accounts, or '' where there are none."""
    in_production = os.environ.get("DJANGO_SETTINGS_MODULE", "").endswith("production")
    if in_production or os.environ.get("DEMO", "yes").strip().lower() in {"0", "false", "no", "off", ""}:
        return ""
    try:
        return os.environ.get("DEMO_PASSWORD") or (place.data / "demo_password").read_text().strip()
    except OSError:
        return ""
