"""The worker's jobs for what Wagtail leaves to a background process."""

from django.core.management import call_command

from common import jobs


def run_background_tasks() -> bool:
    """Run the queued django-tasks (reference index, file deletion …) until none is left."""
    from django_tasks_db.management.commands.db_worker import Worker

    worker = Worker(
        queue_names=["*"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id="worker",
        excluded_queue_names=[],
    )
    worker.run()
    return False


def publish_scheduled() -> bool:
    """Publish and expire the pages whose time has come."""
    call_command("publish_scheduled", verbosity=0)
    return False


jobs.register("tasks", 2, run_background_tasks)
jobs.register("publish_scheduled", 60, publish_scheduled)
