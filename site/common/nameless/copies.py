"""The nameless copy of a file: made when it is first asked for, by a process of its own, and kept beside the file."""

import shutil
import subprocess
import sys
from pathlib import Path

from common.nameless import stripping
from common.typesetting.making import Busy, alone

KINDS = {"pdf", *stripping.OFFICE}
LONGEST_SECONDS = 20.0
# In the names of what lies beside a file; the version makes copies anew when the program learns more.
BESIDE = f".nimeton{stripping.VERSION}"


def nameless_copy(path: Path) -> Path | None:
    """The copy without its writer's name; the file itself where its kind has no such properties.

    None where something in it tells of its writer and cannot be left out. Busy where too many are being made.
    """
    kind = path.suffix.lower().removeprefix(".")
    if kind not in KINDS or not path.exists():
        return path
    copy, refused = (path.with_name(f"{path.stem}{BESIDE}{ending}") for ending in (path.suffix, ".ei"))
    if not copy.exists() and not refused.exists():
        with alone("nameless"):
            if not copy.exists() and not refused.exists():
                _make(path, kind, copy, refused)
    return copy if copy.exists() else None


def forget_copy(path: Path) -> None:
    """Delete what lies beside the file."""
    for beside in path.parent.glob(f"{path.stem}.nimeton*"):
        beside.unlink(missing_ok=True)


def _make(path: Path, kind: str, copy: Path, refused: Path) -> None:
    """Whole or not at all; that it cannot be made is noted, so that it is not tried at each opening.

    Busy where the time runs out: the child ends itself when it has used its share of the processor, so then it had
    to wait for others, and the file must not be shown as one that cannot be cleared.
    """
    part = copy.with_suffix(".part")
    command = [sys.executable, "-I", stripping.__file__, str(path), kind]
    try:
        with part.open("wb") as made:
            done = subprocess.run(
                command,
                stdin=subprocess.DEVNULL,
                stdout=made,
                stderr=subprocess.DEVNULL,
                env={},
                timeout=LONGEST_SECONDS,
                check=False,
            )
    except subprocess.TimeoutExpired as slow:
        part.unlink()
        raise Busy from slow
    if done.returncode == 0:
        shutil.copymode(path, part)
        part.replace(copy)
    else:
        part.unlink()
        refused.touch()
