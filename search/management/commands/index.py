"""manage.py index: look after the search indices."""

import logging
import signal
import threading
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import close_old_connections
from django.db.models import Q

from search import current, indexing
from search.current import Index
from search.engines import IndexUnavailable
from search.models import IndexTarget, Outbox
from search.rebuilding import KindsFailed
from search.resting import Rest

logger = logging.getLogger(__name__)
_BAR = 30
_REST = 0.5
_MOST_LISTED = 20


class Command(BaseCommand):
    help = (
        "Apply waiting changes to the search indices, once or without end (--follow); build an index anew (--rebuild);"
        " tell how the indices differ from the content (--check)."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        chosen = parser.add_mutually_exclusive_group()
        chosen.add_argument("--follow", action="store_true", help="go on applying changes; the worker does it too")
        chosen.add_argument("--rebuild", action="store_true", help="build a new index beside the old and swap")
        chosen.add_argument("--check", action="store_true", help="compare indices and content; 1 if they differ")
        parser.add_argument(
            "--engine", choices=["embedded", "cluster"], help="rebuild or check this one alone; else all there are"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        indices = [index for index in current.indices() if options["engine"] in {None, index.label}]
        if not indices:
            raise CommandError("No cluster is named; set ELASTICSEARCH_URL, see docs/settings.md.")
        if options["check"]:
            self.tell([problem for index in indices if (problem := self.problem(index))])
        elif options["rebuild"]:
            self.tell([problem for index in indices if (problem := self.rebuild(index))])
        elif options["follow"]:
            self.follow()
        else:
            while indexing.apply():
                pass
            self.count(indices)

    def follow(self) -> None:
        """Apply changes until a signal comes; what is cut off is done again next time.

        Trouble that no index has by itself, such as a database that is away, puts off the next try.
        """
        stopping, trouble = threading.Event(), Rest("Changes cannot be applied to the search indices", logger)
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stopping.set())
        while not stopping.is_set():
            close_old_connections()
            try:
                pause = 0.0 if indexing.apply() else _REST
                trouble.end()
            except Exception as error:
                pause = trouble.begin(error)
            stopping.wait(pause)

    def rebuild(self, index: Index) -> str:
        """Why the index was not built; '' where it was."""
        began = time.monotonic()
        total = indexing.expected()
        try:
            count = indexing.rebuild(index, lambda done: self.show_progress(done, total, began))
        except (IndexUnavailable, KindsFailed) as error:
            return f"{index.label}: the index was not built: {error}."
        self.show_progress(count, count, began, "\n")
        seconds = time.monotonic() - began
        self.stdout.write(f"{index.label}: {count} documents indexed in {seconds:.1f} s.")
        return ""

    def show_progress(self, done: int, total: int, began: float, ending: str = "\r") -> None:
        """A bar that fills, on a terminal: the total is an estimate until the end."""
        if not self.stdout.isatty():
            return
        share = min(done / max(total, done, 1), 1.0)
        left = (time.monotonic() - began) * (1 - share) / share if share else 0.0
        bar = "█" * round(share * _BAR) + "·" * (_BAR - round(share * _BAR))
        self.stdout.write(f"{bar} {share:4.0%}  {done} documents, {left:.0f} s left ", ending=ending)
        self.stdout.flush()

    def count(self, indices: list[Index]) -> None:
        for index in indices:
            check = index.engine.check()
            self.stdout.write(f"{index.label}: {check.problem or f'{check.documents} documents in the index'}.")

    def tell(self, problems: list[str]) -> None:
        """End with exit code 1 where there is anything to tell."""
        if problems:
            raise CommandError("\n".join(problems))

    def problem(self, index: Index) -> str:
        """How the index differs from the content; '' where it does not."""
        check = index.engine.check()
        if check.problem:
            return f"{index.label}: {check.problem}. Run: manage.py index --rebuild --engine {index.label}"
        try:
            differs = indexing.difference(index)
        except IndexUnavailable as error:
            return f"{index.label}: {error}."
        waiting = Outbox.objects.filter(Q(target=None) | Q(target__name=index.name)).count()
        failed = Outbox.objects.filter(target__name=index.name, kind=Outbox.Kind.ALL).exclude(error="").first()
        if failed:
            return f"{index.label}: it could not be built anew: {failed.error}. Changes that wait: {waiting}."
        if any(differs):
            return (
                f"{index.label}: Missing: {_listed(differs.missing)}. Surplus: {_listed(differs.surplus)}."
                f" Changed: {_listed(differs.changed)}. Changes that wait to be applied: {waiting}."
            )
        trouble = IndexTarget.objects.filter(name=index.name).values_list("trouble", flat=True).first()
        if trouble:
            return f"{index.label}: changes could not be brought to it: {trouble}. They wait: {waiting}."
        self.stdout.write(f"{index.label}: the index is whole: {check.documents} documents.")
        return ""


def _listed(keys: set[str]) -> str:
    more = f" and {len(keys) - _MOST_LISTED} more" if len(keys) > _MOST_LISTED else ""
    return (", ".join(sorted(keys)[:_MOST_LISTED]) or "nothing") + more
