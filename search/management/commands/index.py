"""manage.py index: look after the search index."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from search import indexing
from search.current import engine
from search.engines import IndexUnavailable


class Command(BaseCommand):
    help = "Apply waiting changes to the search index, build it anew (--rebuild) or look for damage (--check)."

    def add_arguments(self, parser: CommandParser) -> None:
        chosen = parser.add_mutually_exclusive_group()
        chosen.add_argument("--rebuild", action="store_true", help="build a new index beside the old and swap")
        chosen.add_argument("--check", action="store_true", help="compare the index with the content; 1 if they differ")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["check"]:
            self.check_index()
        elif options["rebuild"]:
            self.rebuild()
        else:
            while indexing.apply():
                pass
            self.stdout.write(f"{engine().check().documents} documents in the index.")

    def rebuild(self) -> None:
        began = time.monotonic()
        count = indexing.rebuild(self.show_progress)
        self.show_progress(count, "\n")
        self.stdout.write(f"{count} documents indexed in {time.monotonic() - began:.1f} s.")

    def show_progress(self, count: int, ending: str = "\r") -> None:
        if self.stdout.isatty():
            self.stdout.write(f"{count} documents", ending=ending)
            self.stdout.flush()

    def check_index(self) -> None:
        check = engine().check()
        if check.problem:
            raise CommandError(f"{check.problem}. Run: manage.py index --rebuild")
        try:
            differs = indexing.difference()
        except IndexUnavailable as error:
            raise CommandError(f"{error}. Run: manage.py index --rebuild") from error
        if any(differs):
            raise CommandError(
                f"Missing: {_listed(differs.missing)}. Surplus: {_listed(differs.surplus)}."
                f" Changed: {_listed(differs.changed)}."
            )
        self.stdout.write(f"The index is whole: {check.documents} documents.")


def _listed(keys: set[str]) -> str:
    return ", ".join(sorted(keys)) or "nothing"
