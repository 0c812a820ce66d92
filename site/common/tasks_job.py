"""The worker's jobs for what Wagtail leaves to a background process."""

import functools
import logging
import socket
from collections.abc import Callable
from typing import Any

from django.apps import apps
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from common import jobs

logger = logging.getLogger(__name__)
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
    """Publish and expire what is due, as Wagtail's command of the name does.

    The command gives up at the first that fails; here each is tried by itself, and again the next time.
    """
    from wagtail.models import DraftStateMixin, Page, Revision

    now = timezone.now()
    drafted = [
        model for model in apps.get_models() if issubclass(model, DraftStateMixin) and not issubclass(model, Page)
    ]
    for model in [Page, *drafted]:
        for thing in model._default_manager.filter(live=True, expire_at__lt=now).order_by("expire_at"):
            unpublish = functools.partial(thing.unpublish, set_expired=True, log_action="wagtail.unpublish.scheduled")
            _attempt(unpublish, f"{model._meta.label} {thing.pk}")
    for revision in Revision.objects.filter(approved_go_live_at__lt=now).order_by("approved_go_live_at"):
        publish = functools.partial(revision.publish, log_action="wagtail.publish.scheduled")
        _attempt(publish, f"{revision.content_type.model} {revision.object_id}")
    return False


def _attempt(act: Callable[[], Any], name: str) -> None:
    """Do it all or leave no trace but a line in the log: what cannot be published must hold nothing else back."""
    try:
        with transaction.atomic():
            act()
    except Exception:
        logger.exception("Not published or expired on schedule: %s", name)


jobs.register("tasks", 2, run_background_tasks)
jobs.register("publish_scheduled", 60, publish_scheduled)
jobs.register("forget old tasks", DAY, forget_old_tasks)
