#!/usr/bin/env python
"""Django's command line, with the site/ folder on the path."""

import os
import sys
from contextlib import suppress
from pathlib import Path

ROOT = Path(__file__).resolve().parent


def main() -> None:
    sys.path.insert(0, str(ROOT / "site"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.local")
    from common.processes import end_with_parent

    # Before the seconds that Django takes to load: the supervisor may be killed meanwhile.
    end_with_parent()
    if sys.argv[1:2] == ["worker"]:
        _read_dictionary()
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


def _read_dictionary() -> None:
    """Load Voikko before all else: pyvoikko takes 50 MB more while it is read, which the rest then lies in."""
    from search import voikko

    with suppress(Exception):
        # What is wrong is told by the job that needs it, which tries again.
        voikko.readings("sana")


if __name__ == "__main__":
    main()
