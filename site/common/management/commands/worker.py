"""manage.py worker: the one background process, which runs the jobs that the apps have registered."""

import logging
import os
import signal
import threading
import time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import close_old_connections

from common import jobs

logger = logging.getLogger(__name__)
LONGEST_REST = 1.0
LONGEST_BACK_OFF = 300.0
# Jobs may be cut off anywhere: what they do is one transaction, or done again next time.
GRACE_SECONDS = 0.8


class Turn:
    """One job and when it is due next."""

    def __init__(self, job: jobs.Job) -> None:
        self.job = job
        self.due = time.monotonic()
        self.failures = 0

    def run(self) -> None:
        """Run the job; a failure is logged and puts the next try off, longer each time."""
        close_old_connections()
        try:
            has_more = self.job.run()
        except Exception:
            self.failures += 1
            pause = min(self.job.every_seconds * 2 ** min(self.failures, 10), LONGEST_BACK_OFF)
            logger.exception("The job %r failed; next try in %.0f s", self.job.name, pause)
        else:
            self.failures = 0
            pause = 0.0 if has_more else self.job.every_seconds
        finally:
            close_old_connections()
        self.due = time.monotonic() + pause


class Command(BaseCommand):
    help = "Run the background jobs: search index, mail, scheduled publishing and the rest."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stopping = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self.stop)
        settings.RUN_DIR.mkdir(parents=True, exist_ok=True)
        work(self.stopping, settings.RUN_DIR / "worker.heartbeat")

    def stop(self, number: int, frame: object) -> None:
        """End after the present job, or in the middle of it if it takes longer than a moment."""
        self.stopping.set()
        cut_off = threading.Timer(GRACE_SECONDS, os._exit, (0,))
        cut_off.daemon = True
        cut_off.start()


def work(stopping: threading.Event, heartbeat: Path) -> None:
    """Run each registered job when it is due, until told to stop. The heartbeat file's date says when we last lived."""
    turns = [Turn(job) for job in jobs.registered()]
    while not stopping.is_set():
        for turn in turns:
            if stopping.is_set():
                return
            heartbeat.touch()
            if turn.due <= time.monotonic():
                turn.run()
        rest = min((turn.due for turn in turns), default=time.monotonic() + LONGEST_REST) - time.monotonic()
        stopping.wait(min(max(rest, 0.0), LONGEST_REST))
