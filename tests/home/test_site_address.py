"""Wagtail's record of the site follows SITE_URL when an installation is prepared."""

from io import StringIO

import pytest
from django.core.management import call_command
from pytest_django import Settings
from wagtail.models import Site

from common.management.commands.prepare import Command
from home.site_address import write_site_address

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("address", "host", "port"), [
    ("https://osaamisverkosto.example", "osaamisverkosto.example", 443),
    ("http://osaamisverkosto.example", "osaamisverkosto.example", 80),
    ("http://127.0.0.1:8001", "127.0.0.1", 8001),
])  # fmt: skip
def test_the_site_gets_the_host_and_port_of_the_settings(
    settings: Settings, address: str, host: str, port: int
) -> None:
    settings.SITE_URL = address
    call_command("site_address", stdout=StringIO())
    site = Site.objects.get(is_default_site=True)
    assert (site.hostname, site.port, site.root_url) == (host, port, address)
    assert write_site_address() is False


def test_an_address_that_another_site_has_is_left_to_it(settings: Settings) -> None:
    site = Site.objects.get(is_default_site=True)
    Site.objects.create(hostname="toinen.example", port=443, root_page=site.root_page)
    settings.SITE_URL = "https://toinen.example"
    assert write_site_address() is False
    assert Site.objects.get(is_default_site=True).hostname == site.hostname


def test_preparing_writes_it_once_the_tables_are_there() -> None:
    names = [name for name, _step in Command().steps()]
    assert names.index("Database") < names.index("Address of the site")
