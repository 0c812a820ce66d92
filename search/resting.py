"""Leaving alone what fails: longer each time in a row, and with one line in the log for each kind of trouble."""

import logging
import time

FIRST = 1.0
LONGEST = 15.0


class Rest:
    """How long one thing is left alone, and what is said about it."""

    def __init__(self, what: str, logger: logging.Logger) -> None:
        self.failures = 0
        self._until = 0.0
        self._told = ""
        self._what = what
        self._logger = logger

    def is_on(self) -> bool:
        return time.monotonic() < self._until

    def begin(self, error: Exception, longest: float | None = None, is_expected: bool = False) -> float:
        """Say what happened unless that was said already, and return for how many seconds to do without."""
        self.failures += 1
        pause = min(FIRST * 2.0 ** min(self.failures - 1, 10), LONGEST if longest is None else longest)
        self._until = time.monotonic() + pause
        kind = type(error).__name__
        level = logging.DEBUG if kind == self._told else logging.WARNING if is_expected else logging.ERROR
        said = "%s (%s: %s); it is tried again until it succeeds, next in %.0f s"
        self._logger.log(level, said, self._what, kind, error, pause, exc_info=None if is_expected else error)
        self._told = kind
        return pause

    def end(self) -> None:
        """It has succeeded."""
        if self.failures:
            self._logger.warning("Over after %d tries: %s.", self.failures, self._what)
        self.failures, self._told = 0, ""
