"""System checks that explain the search settings."""

from typing import Any

from django.conf import settings
from django.core.checks import Warning as CheckWarning
from django.core.checks import register


@register()
def engine_is_embedded(app_configs: Any, **kwargs: Any) -> list[CheckWarning]:
    """Say so where somebody expects a cluster to be searched."""
    if not settings.ELASTICSEARCH_HOSTS:
        return []
    return [
        CheckWarning(
            "ELASTICSEARCH_URL is set, but this version searches only in its embedded index.",
            hint="Unset ELASTICSEARCH_URL until CHANGELOG.md says that clusters are used.",
            id="search.W001",
        )
    ]
