"""System checks that explain the search settings."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import Warning as CheckWarning
from django.core.checks import register

_THIS_MACHINE = {"127.0.0.1", "::1", "localhost"}


@register()
def cluster_is_reached_in_secret(app_configs: Any, **kwargs: Any) -> list[CheckWarning]:
    """Say so where passwords and what people search for would travel for all to read."""
    hosts = [urlsplit(host) for host in settings.ELASTICSEARCH_HOSTS]
    if not any(host.scheme == "http" and host.hostname not in _THIS_MACHINE for host in hosts):
        return []
    return [
        CheckWarning(
            "ELASTICSEARCH_URL reaches another machine without TLS: the network can read and change what is sent.",
            hint="Write https://; ELASTICSEARCH_CA_FILE names the CA of a cluster that signs its own certificates.",
            id="search.W002",
        )
    ]
