"""System checks that look at the accounts of this installation."""

from typing import Any

from django.conf import settings
from django.core.checks import Error, Tags, register
from django.db import DatabaseError

from accounts.models import DEMO_DOMAIN, User


@register(Tags.security, deploy=True)
def no_demo_accounts_in_production(app_configs: Any, **kwargs: Any) -> list[Error]:
    if settings.DEMO:
        return []
    try:
        count = User.objects.filter(is_active=True, email__iendswith=f"@{DEMO_DOMAIN}").count()
    except DatabaseError:
        # Before the first migration there are no tables, and where no database answers there is nothing to say.
        return []
    if not count:
        return []
    return [
        Error(
            f"DEMO is off, but the database has active demonstration accounts (@{DEMO_DOMAIN}): {count}.",
            hint="Delete them, or start from an empty database.",
            id="accounts.E001",
        )
    ]
