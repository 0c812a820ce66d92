"""manage.py prepare: bring the database, files and index of this installation up to the code."""

import io
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, connection

from common.catalogues import compile_catalogues


class Command(BaseCommand):
    help = "Migrate the database, compile translations, collect static files, load demonstration content, index."
    # The system checks run in the web process; here they would cost a second.
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        for name, step in self.steps():
            with self.shown(name):
                step()

    def steps(self) -> Iterator[tuple[str, Callable[[], object]]]:
        """What is to be done, in order; each step does nothing where nothing has changed."""
        yield "Translations", compile_catalogues
        yield "Database", self.migrate
        yield "Address of the site", lambda: call_command("site_address", stdout=io.StringIO())
        yield "Static files", lambda: call_command("collectstatic", interactive=False, verbosity=0)
        if settings.DEMO:
            yield "Demonstration content", lambda: call_command("load_demo", stdout=io.StringIO())
        yield "Search index", lambda: call_command("index", stdout=io.StringIO())

    def migrate(self) -> None:
        try:
            connection.ensure_connection()
        except OperationalError as error:
            reason = " ".join(str(error).split())
            raise CommandError(f"The database does not answer ({reason}); check DATABASE_URL.") from error
        call_command("migrate", interactive=False, verbosity=0)

    @contextmanager
    def shown(self, name: str) -> Iterator[None]:
        """Print the name, a dot for each second, and how long it took."""
        began, ended = time.monotonic(), threading.Event()
        self.stdout.write(f"  {name} ", ending="")
        self.stdout.flush()

        def tick() -> None:
            while not ended.wait(1):
                self.stdout.write(".", ending="")
                self.stdout.flush()

        ticking = threading.Thread(target=tick, daemon=True)
        ticking.start()
        try:
            yield
        except BaseException:
            self.stdout.write(" failed")
            raise
        finally:
            ended.set()
            ticking.join()
        self.stdout.write(f" {time.monotonic() - began:.1f} s")
