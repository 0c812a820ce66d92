"""The certificate as a tagged PDF (PDF/UA-1) in the reader's language."""

import fcntl
import hashlib
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from common import languages
from common.errors import Refused
from learning.credentials.models import Certificate
from learning.credentials.printed import printed

TYPESETTING = Path(__file__).resolve().parent / "typesetting"
COMPILER = TYPESETTING / "compile.py"
# What makes the file look as it does: another template makes other files.
DESIGN = hashlib.blake2b(
    (TYPESETTING / "certificate.typ").read_bytes() + COMPILER.read_bytes(), digest_size=16
).hexdigest()
LONGEST_SECONDS = 15.0
PATIENCE = 5.0
MOST_KEPT = 200


class Busy(Refused):
    message = _("Many certificates are being made just now. Try again in a moment.")


class NotMade(Exception):
    """The compiler failed; what it said is in the message."""


def pdf_of(certificate: Certificate) -> Path:
    """The file of the certificate in the reader's language, made when it is first asked for and kept for a while."""
    data = json.dumps(printed(certificate), ensure_ascii=False, sort_keys=True).encode()
    digest = hashlib.blake2b(data + DESIGN.encode(), digest_size=12).hexdigest()
    path = folder() / f"{certificate.public_id}-{languages.current()}-{digest}.pdf"
    if not path.exists():
        with _alone():
            if not path.exists():
                _keep(path, compiled(data, int(certificate.issued_at.timestamp())))
    return path


def compiled(data: bytes, timestamp: int) -> bytes:
    """The PDF of the data, made by a process of its own: whatever happens to it, this one goes on."""
    command = [sys.executable, "-I", str(COMPILER), str(timestamp)]
    try:
        done = subprocess.run(command, input=data, capture_output=True, env={}, timeout=LONGEST_SECONDS, check=False)
    except subprocess.TimeoutExpired as error:
        raise NotMade("It took too long.") from error
    if done.returncode or not done.stdout.startswith(b"%PDF-"):
        raise NotMade(done.stderr.decode(errors="replace")[-500:] or f"Exit status {done.returncode}.")
    return done.stdout


def folder() -> Path:
    """Of this machine alone, and in no backup: a file is made anew in a moment, and names are not kept for long."""
    return settings.RUN_DIR / "certificates"


def forget(certificate: Certificate) -> None:
    """Delete the files of a certificate that says something else now."""
    for file in folder().glob(f"{certificate.public_id}-*.pdf"):
        file.unlink(missing_ok=True)


@contextmanager
def _alone() -> Iterator[None]:
    """One at a time on this machine: the making takes a processor for a moment. Refused after some seconds in line."""
    folder().mkdir(mode=0o700, parents=True, exist_ok=True)
    ends = time.monotonic() + PATIENCE
    with open(folder() / "lock", "w") as lock:
        while True:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > ends:
                    raise Busy from None
                time.sleep(0.05)
        yield


def _keep(path: Path, content: bytes) -> None:
    """Whole or not at all; the oldest give way."""
    part = path.with_suffix(".part")
    part.write_bytes(content)
    part.replace(path)
    files = sorted(folder().glob("*.pdf"), key=lambda file: file.stat().st_mtime)
    for old in files[:-MOST_KEPT]:
        old.unlink(missing_ok=True)
