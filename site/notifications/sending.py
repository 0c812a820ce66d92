"""Sending what waits in the outbox."""

import datetime
import logging
from email.utils import parseaddr

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from notifications.models import OutgoingMail
from notifications.transports import Send, transport

logger = logging.getLogger(__name__)
MOST_AT_ONCE = 10
# While one worker sends a message no other one may; after a kill it is due again.
CLAIM = datetime.timedelta(minutes=5)
FIRST_PAUSE = datetime.timedelta(minutes=1)
LONGEST_PAUSE = datetime.timedelta(hours=6)
# Mail servers give up after five days, too.
GIVE_UP_AFTER = datetime.timedelta(days=5)


def send_waiting_mail() -> bool:
    """Send the mail that is due and delete its rows; True when more may be due at once.

    A message may go twice when the process is killed between sending and deleting; both copies carry the
    same Message-ID, by which mail programs show them as one.
    """
    waiting = _due(timezone.now()).order_by(F("next_try_at").asc(nulls_first=True), "id")
    due = list(waiting.values_list("pk", flat=True)[:MOST_AT_ONCE])
    if not due:
        return False
    send = transport(settings.EMAIL_URL)
    for pk in due:
        _send_one(pk, send)
    return len(due) == MOST_AT_ONCE


def _due(now: datetime.datetime) -> "QuerySet[OutgoingMail]":
    return OutgoingMail.objects.filter(Q(next_try_at=None) | Q(next_try_at__lte=now))


def _send_one(pk: int, send: Send) -> None:
    now = timezone.now()
    if not _due(now).filter(pk=pk).update(next_try_at=now + CLAIM, attempts=F("attempts") + 1):
        return
    mail = OutgoingMail.objects.get(pk=pk)
    try:
        send(message_of(mail))
    except Exception as error:
        _put_off(mail, error)
    else:
        mail.delete()


def message_of(mail: OutgoingMail) -> EmailMessage:
    """The row as a message; its Message-ID is the same however often it is sent."""
    headers = {**mail.headers, "Message-ID": message_id(mail)}
    message = EmailMultiAlternatives(mail.subject, mail.body, mail.from_email, mail.recipients, headers=headers)
    if mail.html:
        message.attach_alternative(mail.html, "text/html")
    return message


def message_id(mail: OutgoingMail) -> str:
    domain = parseaddr(mail.from_email)[1].rpartition("@")[2] or "localhost"
    return f"<{mail.created_at:%Y%m%d%H%M%S%f}.{mail.pk}@{domain}>"


def _put_off(mail: OutgoingMail, error: Exception) -> None:
    """Try again after 1, 2, 4 … minutes, at most six hours; give up after five days."""
    # Server errors may quote addresses: the log gets the kind of error, the row its text.
    if timezone.now() - mail.created_at > GIVE_UP_AFTER:
        logger.error("Mail %s could not be sent in five days (%s) and is dropped", mail.pk, type(error).__name__)
        mail.delete()
        return
    pause = min(FIRST_PAUSE * 2 ** min(mail.attempts - 1, 12), LONGEST_PAUSE)
    mail.next_try_at = timezone.now() + pause
    mail.last_error = f"{type(error).__name__}: {error}"[:500]
    mail.save(update_fields=["next_try_at", "last_error"])
    logger.warning("Mail %s could not be sent (%s); next try in %s", mail.pk, type(error).__name__, pause)
