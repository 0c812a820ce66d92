"""What the service holds in memory once people search: a thousand different queries, and a whole rebuild.

The worker has its dictionary from pyvoikko, or from the system where that has Voikko; what is measured says which.
"""

import random
import re
import shutil
import time
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import quote

import pytest

from search import voikko
from search.tokens import clean, tokens
from tests.serving import Service

pytestmark = [pytest.mark.benchmark, pytest.mark.processes]
CONTENT = Path(__file__).resolve().parents[2] / "site/demo/content"
QUERIES = 1_000
MOST_OF_WEB, MOST_OF_WORKER = 220, 400
INDEX_SECONDS = 120


@pytest.fixture
def service(prepared: Path, tmp_path: Path) -> Iterator[Service]:
    """The whole service without an index: its worker builds one. Each query comes from another address."""
    data = tmp_path / "data"
    shutil.copytree(prepared, data)
    for file in data.glob("search.sqlite3*"):
        file.unlink()
    running = Service(data, TRUSTED_PROXIES="1")
    running.start()
    yield running
    running.end()


def queries() -> list[str]:
    """One word or two of the demonstration's texts; in some a letter is missing."""
    texts = (path.read_text(encoding="utf-8") for path in sorted(CONTENT.rglob("*.md")))
    words = sorted({token.word for text in texts for token in tokens(clean(text)) if len(token.word) > 4})
    dice = random.Random(1)
    made = [" ".join(dice.choices(words, k=dice.choice([1, 1, 2]))) for _ in range(QUERIES)]
    return [text[:3] + text[4:] if number % 10 == 0 else text for number, text in enumerate(made)]


def ask(service: Service, text: str, number: int) -> int:
    """Search; no answer is kept for another, and no address asks too often."""
    connection = HTTPConnection("127.0.0.1", service.port, timeout=30)
    address = f"10.1.{number // 250}.{number % 250 + 1}"
    connection.request("GET", f"/haku/?q={quote(text)}", headers={"X-Forwarded-For": address})
    status = connection.getresponse().status
    connection.close()
    return status


def megabytes(process: int, what: str) -> float:
    found = re.search(rf"^{what}:\s+(\d+) kB", Path(f"/proc/{process}/status").read_text(), re.MULTILINE)
    assert found
    return int(found[1]) / 1024


def command(process: int) -> str:
    return Path(f"/proc/{process}/cmdline").read_bytes().replace(b"\0", b" ").decode()


def test_memory_with_search_in_use(service: Service) -> None:
    deadline = time.monotonic() + INDEX_SECONDS
    while ask(service, "raportti", 0) != 200:
        assert time.monotonic() < deadline, service.output
        time.sleep(0.5)
    for number, text in enumerate(queries(), 1):
        assert ask(service, text, number) == 200, text
    commands = {process: command(process) for process in service.processes()}
    web = [process for process, line in commands.items() if "config.web" in line]
    (worker,) = (process for process, line in commands.items() if "manage.py worker" in line)
    source = "the system's Voikko" if voikko.native() else "pyvoikko"
    most_of_web = max(megabytes(process, "VmHWM") for process in web)
    print(f"\nweb worker {most_of_web:.0f} MB at most; worker with {source} {megabytes(worker, 'VmRSS'):.0f} MB,")
    print(f"{megabytes(worker, 'VmHWM'):.0f} MB at most, a rebuild included")
    assert most_of_web <= MOST_OF_WEB
    assert megabytes(worker, "VmHWM") <= MOST_OF_WORKER
