#!/usr/bin/env python
"""Django's command line, with the site/ folder on the path."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent


def main() -> None:
    sys.path.insert(0, str(ROOT / "site"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.local")
    from common.processes import end_with_parent

    # Before the seconds that Django takes to load: the supervisor may be killed meanwhile.
    end_with_parent()
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
