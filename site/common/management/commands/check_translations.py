"""manage.py check_translations: whether every text of our own is in every language."""

import os
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from common import translations

MOST_SHOWN = 25


class Command(BaseCommand):
    help = "Find texts that are not translated. With --collect, bring the catalogues up to the code first."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--collect", action="store_true", help="write new texts into the catalogues")

    def handle(self, *args: Any, **options: Any) -> None:
        # Django looks for texts from the folder where it stands.
        os.chdir(settings.ROOT)
        if not translations.can_collect():
            if options["collect"] or os.environ.get("REQUIRE_ALL"):
                raise CommandError("GNU gettext was not found; install it.")
            self.stdout.write("Not looked for: texts missing from the catalogues. GNU gettext was not found.")
        if options["collect"]:
            translations.collect()
        wanted = translations.texts_of_code() if translations.can_collect() else None
        count = 0
        for language, _name in settings.LANGUAGES:
            faults = list(translations.faults(language, wanted))
            count += len(faults)
            for fault in faults[:MOST_SHOWN]:
                self.stdout.write(f"{language}  {fault}")
            if len(faults) > MOST_SHOWN:
                self.stdout.write(f"{language}  and {len(faults) - MOST_SHOWN} more")
        if count and not options["collect"]:
            raise CommandError(f"{count} faults in the translations. Run `make messages`, then fill in site/locale.")
