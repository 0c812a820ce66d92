"""manage.py site_address: let the pages' addresses follow SITE_URL."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from home.site_address import write_site_address


class Command(BaseCommand):
    help = "Write the host and port of SITE_URL into Wagtail's record of the site, where they differ."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        if write_site_address():
            self.stdout.write(f"The site is at {settings.SITE_URL}.")
