"""A child process that reads one file, while the worker goes on with its work."""

import contextlib
import subprocess
import sys
import tempfile
import time
from enum import StrEnum
from typing import IO

from common.filetexts import reading

LONGEST_SECONDS = 45.0
# Most files are read while the worker waits this long for them.
PATIENCE = 0.3
KINDS = ("pdf", "docx", "pptx")


class Ending(StrEnum):
    """How the reading of a file went."""

    READ = "read"
    EMPTY = "empty"
    LOCKED = "locked"
    BROKEN = "broken"
    TOO_MUCH = "too_much"


_STATUSES = {reading.LOCKED: Ending.LOCKED, reading.BROKEN: Ending.BROKEN}


class Child:
    """Reads the file of the path; `kind` is one of KINDS."""

    def __init__(self, path: str, kind: str) -> None:
        self._began = time.monotonic()
        # A file and no pipe: nobody needs to empty it, and the child may not make it larger than it says.
        self._answer: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115  it is closed when it has been read
        command = [sys.executable, "-I", reading.__file__, path, kind]
        # In the worker's process group: the supervisor ends both together.
        self._process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=self._answer, stderr=subprocess.DEVNULL, env={}
        )

    def is_done(self) -> bool:
        """Whether the child has ended, or does in a moment; one that takes too long is ended."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(PATIENCE)
        if self._process.poll() is None and time.monotonic() - self._began > LONGEST_SECONDS:
            self.end()
        return self._process.poll() is not None

    def end(self) -> None:
        """Stop it, whatever it has read."""
        self._process.kill()
        self._process.wait()

    def result(self) -> tuple[str, Ending]:
        """The text of the ended child, "" unless it was read."""
        status = self._process.returncode
        self._answer.seek(0)
        text = self._answer.read().decode("utf-8", "replace").replace("\x00", " ")
        self._answer.close()
        if status:
            # A signal, or Python itself giving up: time or memory ran out.
            return "", _STATUSES.get(status, Ending.TOO_MUCH)
        return text, Ending.READ if any(map(str.isalnum, text)) else Ending.EMPTY
