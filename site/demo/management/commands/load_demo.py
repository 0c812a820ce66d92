"""Load the demonstration content and accounts. Run twice, it changes nothing."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from demo import services
from demo.reading import ContentError


class Command(BaseCommand):
    help = "Load the demonstration content and accounts. Run twice, it changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--content", type=Path, default=services.CONTENT, help="the folder of content files")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            written = services.load(options["content"], progress=self._progress)
        except ContentError as error:
            faults = "\n".join(f"  {problem}" for problem in error.problems)
            raise CommandError(f"Nothing was loaded. Mend these and run again:\n{faults}") from None
        except services.NotADemo as refused:
            raise CommandError(str(refused)) from None
        if options["verbosity"]:
            if self.stdout.isatty():
                self.stdout.write("")
            self.stdout.write(
                f"Demonstration content: {written} files written." if written else "Demonstration content: nothing new."
            )

    def _progress(self, path: str) -> None:
        if self.stdout.isatty():
            self.stdout.write(f"\r\033[K  {path[:70]}", ending="")
            self.stdout.flush()
