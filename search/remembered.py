"""Until when a process may remember what the editors tell the search: it changes seldom, and reading it takes long."""

import time

from common import generation

WORDS = "search-words"
# What is written past the signals, or by another host without a shared cache, is read this late.
SECONDS = 60


def moment() -> tuple[int | None, int]:
    """What was read at another moment is read again. A committed change begins another one, in all processes."""
    return generation.current(WORDS), int(time.monotonic() // SECONDS)


def changed() -> None:
    """Begin another moment when the change in hand is committed."""
    generation.bump(WORDS)
