"""The queue of tasks that Wagtail and our own code leave to the worker: heavy ones in a child of its own."""

import functools
import os
import socket
import subprocess
import sys

from django.conf import settings
from django.core.management import call_command

from common import jobs
from common.processes import PARENT_VARIABLE

DAY = 24 * 60 * 60
KEPT_DAYS = 7
WORKER_ID = f"worker-{socket.gethostname()}"[:64]
# The queue of tasks that take much memory or long: a child process runs them, and with it ends what they took.
HEAVY = "heavy"
_child: subprocess.Popen[bytes] | None = None


def run_background_tasks() -> bool:
    """Run the queued django-tasks (reference index, file deletion …) until none is left."""
    take_up_again()
    if _is_waiting(is_heavy=False):
        _run_queued(["*"], excluded=[HEAVY])
    return False


def run_heavy_tasks_beside() -> bool:
    """Start a child for the heavy tasks that wait, and see to it when it has ended; the other jobs don't wait for it.

    What it was killed in has failed: it may be what it died of.
    """
    global _child
    if _child is not None:
        if _child.poll() is None:
            return False
        ended, _child = _child.returncode, None
        if ended:
            _give_up_interrupted()
            raise RuntimeError(f"the process of the heavy tasks ended with {ended}")
    if _is_waiting(is_heavy=True):
        command = [sys.executable, str(settings.ROOT / "manage.py"), "heavy_tasks"]
        # In the worker's process group: the supervisor ends both together.
        environment = {**os.environ, PARENT_VARIABLE: str(os.getpid())}
        _child = subprocess.Popen(command, stdin=subprocess.DEVNULL, env=environment)
    return False


def run_heavy_tasks() -> None:
    """Run them in this process until none is left."""
    _run_queued([HEAVY], excluded=[])


def _is_waiting(*, is_heavy: bool) -> bool:
    """The library takes SQLite's one write lock to look; most of the time there is nothing to see."""
    from django_tasks_db.models import DBTaskResult

    ready = DBTaskResult.objects.ready()
    return (ready.filter(queue_name=HEAVY) if is_heavy else ready.exclude(queue_name=HEAVY)).exists()


def _run_queued(queues: list[str], excluded: list[str]) -> None:
    from django_tasks_db.management.commands.db_worker import Worker

    worker = Worker(
        queue_names=queues,
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=WORKER_ID,
        excluded_queue_names=excluded,
    )
    worker.run()


@functools.cache
def take_up_again() -> None:
    """Once in the life of a process: queue again what this host's last worker was doing when it was killed."""
    from django_tasks.base import TaskResultStatus
    from django_tasks_db.models import DBTaskResult

    interrupted = [task.pk for task in DBTaskResult.objects.running() if WORKER_ID in task.worker_ids]
    DBTaskResult.objects.filter(pk__in=interrupted).update(status=TaskResultStatus.READY)


def _give_up_interrupted() -> None:
    from django_tasks_db.models import DBTaskResult

    for task in DBTaskResult.objects.running().filter(queue_name=HEAVY):
        if WORKER_ID in task.worker_ids:
            task.set_failed(RuntimeError("its process was killed"))


def forget_old_tasks() -> bool:
    """Delete the results of finished tasks after a week; each publishing leaves some."""
    call_command("prune_db_task_results", queue_name="*", min_age_days=KEPT_DAYS, verbosity=0)
    return False


jobs.register("tasks", 2, run_background_tasks)
jobs.register("heavy tasks", 2, run_heavy_tasks_beside)
jobs.register("forget old tasks", DAY, forget_old_tasks)
