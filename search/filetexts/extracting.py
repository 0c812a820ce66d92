"""The worker's job: one file after the other is read by a child process, while the worker goes on with its work."""

import contextlib
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import IO

from common.models import SiteDocument
from search.filetexts import reading
from search.filetexts.models import FileText, unread

LONGEST_SECONDS = 45.0
# Most files are read while the worker waits this long for them.
PATIENCE = 0.3
_PROBLEMS = {reading.LOCKED: FileText.Problem.LOCKED, reading.BROKEN: FileText.Problem.BROKEN}


class Reading:
    """A child process that reads the file of a document."""

    def __init__(self, document: SiteDocument) -> None:
        self.document = document
        self.name, self.hash = document.file.name, document.file_hash
        self._began = time.monotonic()
        # A file and no pipe: nobody needs to empty it, and the child may not make it larger than it says.
        self._answer: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115  it is closed when it has been read
        kind = Path(self.name).suffix.lower().removeprefix(".")
        command = [sys.executable, "-I", reading.__file__, document.file.path, kind]
        # In the worker's process group: the supervisor ends both together.
        self._process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=self._answer, stderr=subprocess.DEVNULL, env={}
        )

    def is_done(self) -> bool:
        """Whether the child has ended, or does in a moment; one that takes too long is ended."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(PATIENCE)
        if self._process.poll() is None and time.monotonic() - self._began > LONGEST_SECONDS:
            self._process.kill()
            self._process.wait()
        return self._process.poll() is not None

    def result(self) -> tuple[str, str]:
        """The text and the problem of the ended child."""
        status = self._process.returncode
        self._answer.seek(0)
        text = self._answer.read().decode("utf-8", "replace")
        self._answer.close()
        if status:
            # A signal, or Python itself giving up: time or memory ran out.
            return "", _PROBLEMS.get(status, FileText.Problem.TOO_MUCH)
        return text, FileText.Problem.NONE if any(map(str.isalnum, text)) else FileText.Problem.EMPTY


_reading: Reading | None = None


def read_files() -> bool:
    """Give the next file to a child and take up what it has read; True when a file is done and others may wait."""
    global _reading
    if _reading is None:
        document = unread().first()
        if document is None:
            return False
        if not _is_there(document):
            _keep(document, document.file.name, document.file_hash, "", FileText.Problem.MISSING)
            return True
        _reading = Reading(document)
    if not _reading.is_done():
        return False
    done, _reading = _reading, None
    _keep(done.document, done.name, done.hash, *done.result())
    return True


def _is_there(document: SiteDocument) -> bool:
    try:
        return Path(document.file.path).is_file()
    except (OSError, ValueError, NotImplementedError):
        return False


def _keep(document: SiteDocument, name: str, file_hash: str, text: str, problem: str) -> None:
    """Keep what was read; of a document that is gone meanwhile nothing."""
    if SiteDocument.objects.filter(pk=document.pk).exists():
        values = {
            "file": name,
            "file_hash": file_hash,
            "version": reading.VERSION,
            "text": text.replace("\x00", " "),
            "problem": problem,
        }
        FileText.objects.update_or_create(document=document, defaults=values)
