"""Child processes that are started again when they end and that never outlive the process that started them.

Standard library only: the supervisor uses it before anything else is known to work.
"""

import contextlib
import os
import signal
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence

PARENT_VARIABLE = "SUPERVISOR_PID"
WATCH_SECONDS = 0.5
STOP_SECONDS = 4.0
LONGEST_PAUSE = 30.0
# A child that ran this long was healthy: the next pause is short again.
HEALTHY_SECONDS = 60.0


def end_with_parent() -> None:
    """End this process group soon after the supervisor is gone, even if that was killed without a word.

    Does nothing in a process that no supervisor started.
    """
    parent = int(os.environ.get(PARENT_VARIABLE) or 0)
    if parent:
        threading.Thread(target=_watch, args=(parent,), daemon=True, name="parent-watch").start()


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(WATCH_SECONDS)
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(STOP_SECONDS)
    kill_group(os.getpgrp())


def kill_group(group: int) -> None:
    """Kill what is left of a process group."""
    # macOS says "not permitted" of a group of zombies.
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(group, signal.SIGKILL)


class Child:
    """A program kept running in a process group of its own."""

    def __init__(self, name: str, command: Sequence[str], environment: Mapping[str, str]) -> None:
        self.name = name
        self.command = list(command)
        self.environment = {**environment, PARENT_VARIABLE: str(os.getpid())}
        self.ends = 0
        self._pause = 0.5
        self._start_at = 0.0
        self._started = 0.0
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self._started = time.monotonic()
        # A session of its own: Ctrl-C in the terminal reaches the supervisor alone, which then ends all in order.
        self._process = subprocess.Popen(
            self.command, env=self.environment, stdin=subprocess.DEVNULL, start_new_session=True
        )

    def keep_running(self) -> str:
        """Start the program when its time has come; return a sentence when it has just ended."""
        if self._process is None:
            if time.monotonic() >= self._start_at:
                self.start()
            return ""
        code = self._process.poll()
        if code is None:
            return ""
        kill_group(self._process.pid)
        self._process = None
        self.ends += 1
        if time.monotonic() - self._started > HEALTHY_SECONDS:
            self._pause = 0.5
        self._pause = min(self._pause * 2, LONGEST_PAUSE)
        self._start_at = time.monotonic() + self._pause
        return f"{self.name} ended ({_reason(code)}); starting it again in {self._pause:.0f} s."

    def wait(self) -> int:
        """Wait for the program to end by itself."""
        assert self._process is not None, "start it first"
        return self._process.wait()

    def ask_to_end(self) -> None:
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()

    def end(self, deadline: float) -> None:
        """Wait until the deadline, then kill the program and whatever it started."""
        if self._process is None:
            return
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(max(0.0, deadline - time.monotonic()))
        kill_group(self._process.pid)
        self._process.wait()
        self._process = None


def end_all(children: Sequence[Child]) -> None:
    """End the children together, politely first."""
    for child in children:
        child.ask_to_end()
    deadline = time.monotonic() + STOP_SECONDS
    for child in children:
        child.end(deadline)


def _reason(code: int) -> str:
    if code >= 0:
        return f"exit status {code}"
    try:
        return signal.Signals(-code).name
    except ValueError:
        return f"signal {-code}"
