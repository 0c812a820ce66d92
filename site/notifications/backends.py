"""Django's mail, written as rows of the current transaction; the worker sends them."""

from collections.abc import Sequence
from typing import Any

from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend

from notifications.models import OutgoingMail


class OutboxBackend(BaseEmailBackend):
    """Keeps each message until the worker has sent it, so that a crash between neither loses nor doubles it."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        rows = [OutgoingMail(**self._fields(message)) for message in email_messages if message.recipients()]
        return len(OutgoingMail.objects.bulk_create(rows))

    @staticmethod
    def _fields(message: EmailMessage) -> dict[str, Any]:
        html = ""
        if isinstance(message, EmailMultiAlternatives):
            html = next((str(part.content) for part in message.alternatives if part.mimetype == "text/html"), "")
        return {
            "from_email": message.from_email,
            "recipients": message.recipients(),
            "subject": str(message.subject).replace("\n", " ")[:998],
            "body": str(message.body),
            "html": html,
            "headers": {str(name): str(value) for name, value in message.extra_headers.items()},
        }
