"""Django's mail, written as rows of the current transaction; the worker sends them."""

from collections.abc import Iterator, Sequence

from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend

from notifications.models import OutgoingMail


class OutboxBackend(BaseEmailBackend):
    """Keeps each message until the worker has sent it, so that a crash in between does not lose it."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        OutgoingMail.objects.bulk_create(row for message in email_messages for row in _rows(message))
        return sum(1 for message in email_messages if message.recipients())


def _rows(message: EmailMessage) -> Iterator[OutgoingMail]:
    """One row a recipient: nobody sees the others, and an address that is refused keeps no one else waiting."""
    if message.attachments:
        raise ValueError("Mail carries no attachments here: link to the file, which asks who may open it.")
    headers = {str(name): str(value) for name, value in message.extra_headers.items()}
    if message.reply_to:
        headers["Reply-To"] = ", ".join(message.reply_to)
    for recipient in dict.fromkeys(message.recipients()):
        yield OutgoingMail(
            from_email=message.from_email,
            recipients=[recipient],
            subject=" ".join(str(message.subject).split())[:998],
            body=str(message.body),
            html=_html(message),
            headers=headers,
        )


def _html(message: EmailMessage) -> str:
    if not isinstance(message, EmailMultiAlternatives):
        return ""
    return next((str(content) for content, mimetype in message.alternatives if mimetype == "text/html"), "")
