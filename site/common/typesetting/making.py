"""Making a PDF of a template and its data, one at a time on a machine, and keeping what is asked for again."""

import fcntl
import hashlib
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from common.errors import Refused

HERE = Path(__file__).resolve().parent
COMPILER, HOUSE = HERE / "compile.py", HERE / "house.typ"
LONGEST_SECONDS = 15.0
PATIENCE = 5.0


class Busy(Refused):
    message = _("Many files are being made just now. Try again in a moment.")


class NotMade(Exception):
    """The compiler failed; what it said is in the message."""


def compiled(template: Path, data: bytes, timestamp: int) -> bytes:
    """The PDF of the data, made by a process of its own: whatever happens to it, this one goes on."""
    command = [sys.executable, "-I", str(COMPILER), str(template), str(timestamp)]
    try:
        done = subprocess.run(command, input=data, capture_output=True, env={}, timeout=LONGEST_SECONDS, check=False)
    except subprocess.TimeoutExpired as error:
        raise NotMade("It took too long.") from error
    if done.returncode or not done.stdout.startswith(b"%PDF-"):
        raise NotMade(done.stderr.decode(errors="replace")[-500:] or f"Exit status {done.returncode}.")
    return done.stdout


def typeset(template: Path, data: dict[str, Any], timestamp: int) -> bytes:
    """The PDF of the data, which is kept nowhere. Busy where too many are being made."""
    with alone():
        return compiled(template, _written(data), timestamp)


@dataclass(frozen=True)
class Shelf:
    """Files of one kind that are kept for a while, on this machine alone and in no backup: a file is made anew soon."""

    name: str
    template: Path
    most: int = 200

    @property
    def folder(self) -> Path:
        return settings.RUN_DIR / self.name

    @cached_property
    def design(self) -> str:
        """What makes the file look as it does: another template makes other files."""
        parts = (self.template, COMPILER, HOUSE)
        return hashlib.blake2b(b"".join(part.read_bytes() for part in parts), digest_size=16).hexdigest()

    def file_of(self, stem: str, data: dict[str, Any], timestamp: int) -> Path:
        """The file of the data, made when it is first asked for."""
        said = _written(data)
        digest = hashlib.blake2b(said + self.design.encode(), digest_size=12).hexdigest()
        path = self.folder / f"{stem}-{digest}.pdf"
        if not path.exists():
            with alone():
                if not path.exists():
                    self._keep(path, compiled(self.template, said, timestamp))
        return path

    def forget(self, stem: str) -> None:
        """Delete the files whose names begin so."""
        for file in self.folder.glob(f"{stem}-*.pdf"):
            file.unlink(missing_ok=True)

    def _keep(self, path: Path, content: bytes) -> None:
        """Whole or not at all; the oldest give way."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        part = path.with_suffix(".part")
        part.write_bytes(content)
        part.replace(path)
        files = sorted(self.folder.glob("*.pdf"), key=lambda file: file.stat().st_mtime)
        for old in files[: -self.most]:
            old.unlink(missing_ok=True)


@contextmanager
def alone(what: str = "typesetting") -> Iterator[None]:
    """One at a time on this machine: the making takes a processor for a moment. Refused after some seconds in line."""
    settings.RUN_DIR.mkdir(parents=True, exist_ok=True)
    ends = time.monotonic() + PATIENCE
    with open(settings.RUN_DIR / f"{what}.lock", "w") as lock:
        while True:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > ends:
                    raise Busy from None
                time.sleep(0.05)
        yield


def _written(data: dict[str, Any]) -> bytes:
    return json.dumps(data, ensure_ascii=False, sort_keys=True).encode()
