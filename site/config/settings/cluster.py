"""Searching on an Elasticsearch cluster: where it is, how its indices are laid out, how long it may take."""

import os
import re

from django.core.exceptions import ImproperlyConfigured

from config.env import addresses, between, existing_file

__all__ = [
    "ELASTICSEARCH_API_KEY",
    "ELASTICSEARCH_CA_FILE",
    "ELASTICSEARCH_HOSTS",
    "ELASTICSEARCH_INDEX_PREFIX",
    "ELASTICSEARCH_REPLICAS",
    "ELASTICSEARCH_SHARDS",
    "ELASTICSEARCH_TIMEOUT",
]


def _prefix() -> str:
    prefix = os.environ.get("ELASTICSEARCH_INDEX_PREFIX", "").strip() or "osaamisverkosto"
    if not re.fullmatch(r"[a-z0-9][a-z0-9_-]{0,99}", prefix):
        raise ImproperlyConfigured(
            f"ELASTICSEARCH_INDEX_PREFIX is {prefix!r}; write small letters a–z, digits, hyphens and underscores."
        )
    return prefix


# Empty: only the embedded index is searched.
ELASTICSEARCH_HOSTS = addresses("ELASTICSEARCH_URL")
ELASTICSEARCH_API_KEY = os.environ.get("ELASTICSEARCH_API_KEY", "").strip()
ELASTICSEARCH_CA_FILE = existing_file("ELASTICSEARCH_CA_FILE")
if ELASTICSEARCH_CA_FILE and not all(host.startswith("https:") for host in ELASTICSEARCH_HOSTS):
    raise ImproperlyConfigured("ELASTICSEARCH_CA_FILE needs every address of ELASTICSEARCH_URL to begin with https.")
# Several sites share a cluster by different names of their indices.
ELASTICSEARCH_INDEX_PREFIX = _prefix()
ELASTICSEARCH_SHARDS = between("ELASTICSEARCH_SHARDS", 1, 1, 50)
# A cluster of one node has nowhere to put a copy.
ELASTICSEARCH_REPLICAS = between("ELASTICSEARCH_REPLICAS", 1 if len(ELASTICSEARCH_HOSTS) > 1 else 0, 0, 10)
# Seconds that a search may take before the answer comes from elsewhere.
ELASTICSEARCH_TIMEOUT = between("ELASTICSEARCH_TIMEOUT_MS", 300, 50, 10_000) / 1000
