"""What the service holds in memory: from its very first start, once people search, and after a whole rebuild.

The worker has its dictionary from pyvoikko, or from the system where that has Voikko: both are measured.
"""

import random
import re
import threading
import time
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import quote

import pytest

from search.tokens import clean, tokens
from tests.serving import Service, waiting_tasks

pytestmark = [pytest.mark.benchmark, pytest.mark.processes]
CONTENT = Path(__file__).resolve().parents[2] / "site/demo/content"
QUERIES = 1_000
MOST_OF_WEB, MOST_OF_WORKER, MOST_OF_CHILD = 220, 400, 400
PATIENCE = 180


@pytest.fixture(params=["packaged", pytest.param("system", marks=pytest.mark.native_voikko)])
def service(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Service]:
    """The whole service on an empty folder, as it starts for the first time. Each query comes from another address."""
    running = Service(tmp_path / "data", TRUSTED_PROXIES="1", VOIKKO=request.param)
    running.start()
    yield running
    running.end()


class Peaks(threading.Thread):
    """Watches what the service's processes have held at most: those of the worker's children end while one looks."""

    def __init__(self, service: Service) -> None:
        super().__init__(daemon=True)
        self._service = service
        self._stopping = threading.Event()
        self.of: dict[str, float] = {}

    def run(self) -> None:
        while not self._stopping.wait(0.05):
            own = self._service.processes()
            for process in own.union(*map(children_of, own)):
                try:
                    name, most = command(process), megabytes(process, "VmHWM")
                except (OSError, AssertionError):
                    continue
                kind = next((each for each in ("config.web", "manage.py worker", "heavy_tasks") if each in name), "")
                self.of[kind] = max(self.of.get(kind, 0.0), most)

    def stop(self) -> dict[str, float]:
        self._stopping.set()
        self.join()
        return self.of


def queries() -> list[str]:
    """One word or two of the demonstration's texts; in some a letter is missing."""
    texts = (path.read_text(encoding="utf-8") for path in sorted(CONTENT.rglob("*.md")))
    words = sorted({token.word for text in texts for token in tokens(clean(text)) if len(token.word) > 4})
    dice = random.Random(1)
    made = [" ".join(dice.choices(words, k=dice.choice([1, 1, 2]))) for _ in range(QUERIES)]
    return [text[:3] + text[4:] if number % 10 == 0 else text for number, text in enumerate(made)]


def get(service: Service, path: str, number: int = 0) -> int:
    """Return the status; no answer is kept for another, and no address asks too often."""
    connection = HTTPConnection("127.0.0.1", service.port, timeout=30)
    address = f"10.1.{number // 250}.{number % 250 + 1}"
    connection.request("GET", path, headers={"X-Forwarded-For": address})
    status = connection.getresponse().status
    connection.close()
    return status


def megabytes(process: int, what: str) -> float:
    found = re.search(rf"^{what}:\s+(\d+) kB", Path(f"/proc/{process}/status").read_text(), re.MULTILINE)
    assert found
    return int(found[1]) / 1024


def children_of(process: int) -> set[int]:
    found = Path(f"/proc/{process}/task").glob("*/children")
    try:
        return {int(child) for each in found for child in each.read_text().split()}
    except OSError:
        return set()


def command(process: int) -> str:
    return Path(f"/proc/{process}/cmdline").read_bytes().replace(b"\0", b" ").decode()


def wait_for_the_worker(service: Service) -> None:
    """Until it has made the pictures, read the files, and indexed for the administration."""
    deadline = time.monotonic() + PATIENCE
    stamp = service.data / "run" / "administration-search.version"
    while waiting_tasks(service.data) or not stamp.exists():
        assert time.monotonic() < deadline, service.output
        time.sleep(0.5)


def wait_for_the_index(service: Service) -> None:
    deadline = time.monotonic() + PATIENCE
    while get(service, "/readyz") != 200:
        assert time.monotonic() < deadline, service.output
        time.sleep(0.5)


def test_memory_from_the_first_start_on(service: Service) -> None:
    peaks = Peaks(service)
    peaks.start()
    wait_for_the_worker(service)
    (worker,) = (process for process in service.processes() if "manage.py worker" in command(process))
    first = megabytes(worker, "VmHWM")
    for file in service.data.glob("search.sqlite3*"):
        file.unlink()
    wait_for_the_index(service)
    for number, text in enumerate(queries(), 1):
        assert get(service, f"/haku/?q={quote(text)}", number) == 200, text
    held = megabytes(worker, "VmRSS")
    of = peaks.stop()
    print(f"\nworker with the {service.more['VOIKKO']} Voikko: {first:.0f} MB at most at the first start,")
    print(f"{of['manage.py worker']:.0f} MB with a rebuild, {held:.0f} MB afterwards")
    print(f"its child {of['heavy_tasks']:.0f} MB, a web process {of['config.web']:.0f} MB at most")
    assert of["config.web"] <= MOST_OF_WEB
    assert of["manage.py worker"] <= MOST_OF_WORKER
    assert of["heavy_tasks"] <= MOST_OF_CHILD
