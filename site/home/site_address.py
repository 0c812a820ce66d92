"""The address that Wagtail keeps of this site, which follows SITE_URL."""

from urllib.parse import urlsplit

from django.conf import settings
from wagtail.models import Site

PORTS = {"http": 80, "https": 443}


def write_site_address() -> bool:
    """Give the default site the host and port of SITE_URL; False where there was nothing to change."""
    parts = urlsplit(settings.SITE_URL)
    host, port = parts.hostname or "localhost", parts.port or PORTS.get(parts.scheme, 80)
    site = Site.objects.filter(is_default_site=True).first()
    if site is None or (site.hostname, site.port) == (host, port):
        return False
    if Site.objects.filter(hostname=host, port=port).exists():
        # An administrator made another site of that address, and two cannot share it.
        return False
    site.hostname, site.port = host, port
    site.save(update_fields=["hostname", "port"])
    return True
