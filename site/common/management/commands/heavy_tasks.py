"""manage.py heavy_tasks: the worker's child for what takes much memory; it ends when no such task waits."""

import os
from typing import Any

from django.core.management.base import BaseCommand

from common.queued_tasks import run_heavy_tasks

# Readers go first: nobody waits for what is done here.
_NICENESS = 10


class Command(BaseCommand):
    help = "Run the queued tasks that take much memory, until none is left; the worker starts this by itself."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        os.nice(_NICENESS)
        run_heavy_tasks()
