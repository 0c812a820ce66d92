"""System checks that explain wrong combinations of settings."""

from typing import Any

from django.conf import settings
from django.core.checks import Error, Tags, register


@register(Tags.security, deploy=True)
def no_demo_in_production(app_configs: Any, **kwargs: Any) -> list[Error]:
    if not settings.DEMO:
        return []
    return [
        Error(
            "DEMO is on: the demonstration accounts with a shared password could sign in.",
            hint="Use config.settings.production, which turns it off.",
            id="common.E001",
        )
    ]
