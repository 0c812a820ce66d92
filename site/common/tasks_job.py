"""The worker's jobs for what Wagtail leaves to a background process."""

import functools
import socket

from django.core.management import call_command

from common import jobs

DAY = 24 * 60 * 60
KEPT_DAYS = 7
WORKER_ID = f"worker-{socket.gethostname()}"[:64]


def run_background_tasks() -> bool:
    """Run the queued django-tasks (reference index, file deletion …) until none is left."""
    from django_tasks_db.management.commands.db_worker import Worker
    from django_tasks_db.models import DBTaskResult

    take_up_again()
    # The library takes SQLite's one write lock to look; most of the time there is nothing to see.
    if not DBTaskResult.objects.ready().exists():
        return False
    worker = Worker(
        queue_names=["*"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=WORKER_ID,
        excluded_queue_names=[],
    )
    worker.run()
    return False


@functools.cache
def take_up_again() -> None:
    """Once in the life of a process: queue again what this host's last worker was doing when it was killed."""
    from django_tasks.base import TaskResultStatus
    from django_tasks_db.models import DBTaskResult

    interrupted = [task.pk for task in DBTaskResult.objects.running() if WORKER_ID in task.worker_ids]
    DBTaskResult.objects.filter(pk__in=interrupted).update(status=TaskResultStatus.READY)


def forget_old_tasks() -> bool:
    """Delete the results of finished tasks after a week; each publishing leaves some."""
    call_command("prune_db_task_results", queue_name="*", min_age_days=KEPT_DAYS, verbosity=0)
    return False


def publish_scheduled() -> bool:
    """Publish and expire the pages whose time has come."""
    call_command("publish_scheduled", verbosity=0)
    return False


jobs.register("tasks", 2, run_background_tasks)
jobs.register("publish_scheduled", 60, publish_scheduled)
jobs.register("forget old tasks", DAY, forget_old_tasks)
