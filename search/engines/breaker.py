"""A circuit breaker: who has just failed isn't asked again at once, so that nobody waits for it."""

import threading
import time

SHORTEST_PAUSE = 1.0
LONGEST_PAUSE = 10.0


class Breaker:
    """Shared by the threads of a process. After a failure it is open; then one caller at a time may try."""

    def __init__(self, shortest: float | None = None, longest: float | None = None) -> None:
        self._shortest = SHORTEST_PAUSE if shortest is None else shortest
        self._longest = LONGEST_PAUSE if longest is None else longest
        self._lock = threading.Lock()
        self._failures = 0
        self._next_try = 0.0

    def lets_through(self) -> bool:
        """Whether the caller may ask; whoever is let through says afterwards how it went."""
        with self._lock:
            if not self._failures:
                return True
            now = time.monotonic()
            if now < self._next_try:
                return False
            # The others go on without until this one has tried.
            self._next_try = now + self._pause()
            return True

    def succeeded(self) -> None:
        with self._lock:
            self._failures = 0

    def failed(self) -> None:
        """Open for a moment, longer each time in a row."""
        with self._lock:
            self._failures += 1
            self._next_try = time.monotonic() + self._pause()

    def _pause(self) -> float:
        return min(self._shortest * 2.0 ** min(max(self._failures - 1, 0), 10), self._longest)
