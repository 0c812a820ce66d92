"""Elasticsearch for tests: a node that is there already, and nodes that a test may kill."""

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

from tests.serving import free_port

ROOT = Path(__file__).resolve().parents[1]
ANSWER_SECONDS = 60


def rig() -> Path | None:
    """The folder whose `start.sh PORT FOLDER` starts a node: the one that ELASTICSEARCH_RIG names, or a neighbour."""
    folder = Path(os.environ.get("ELASTICSEARCH_RIG") or ROOT.parent / "shared/elasticsearch")
    return folder if os.access(folder / "start.sh", os.X_OK) else None


class Node:
    """A node of a test's own, on a port and in a folder that it keeps when it is started again."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        found = rig()
        assert found, "mark the test with pytest.mark.elasticsearch_rig"
        run = subprocess.run(
            [found / "start.sh", str(self.port), self.folder], capture_output=True, text=True, check=False
        )
        assert run.returncode == 0, run.stderr

    @property
    def process(self) -> int:
        return int((self.folder / "pid").read_text())

    def signal(self, number: signal.Signals) -> None:
        """Kill (SIGKILL), pause (SIGSTOP) or wake (SIGCONT) the node."""
        os.kill(self.process, number)
        if number is signal.SIGKILL:
            while self.lives():
                time.sleep(0.02)

    @contextlib.contextmanager
    def paused(self) -> Iterator[None]:
        """Have it take connections and never answer, for so long."""
        self.signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self.signal(signal.SIGCONT)
            self.wait()

    def wait(self) -> None:
        """Wait until the node answers."""
        deadline = time.monotonic() + ANSWER_SECONDS
        while True:
            try:
                with urlopen(self.url, timeout=1):
                    return
            except OSError:
                assert time.monotonic() < deadline, "the node does not answer"
                time.sleep(0.05)

    def end(self) -> None:
        with contextlib.suppress(OSError, ValueError):
            os.kill(self.process, signal.SIGKILL)

    def lives(self) -> bool:
        """Whether the process is there, paused or not."""
        try:
            return ") Z " not in Path(f"/proc/{self.process}/stat").read_text()
        except OSError:
            return False
