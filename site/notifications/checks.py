"""Settings of mail that cannot work, found at the start rather than with the first message."""

from typing import Any

from django.conf import settings
from django.core.checks import Error, register
from django.core.exceptions import ImproperlyConfigured

from notifications.transports import transport


@register
def mail_can_be_sent(app_configs: Any, **kwargs: Any) -> list[Error]:
    try:
        transport(settings.EMAIL_URL)
    except ImproperlyConfigured as error:
        return [Error(str(error), hint="See docs/settings.md.", id="notifications.E001")]
    return []
