"""Telling people: a row at once, a letter at once if they must act, otherwise one letter each morning."""

import datetime
import logging
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from common.dates import HELSINKI
from notifications.kinds import Person, kind_of
from notifications.letters import write_letter
from notifications.models import MailPreference, Notification

logger = logging.getLogger(__name__)
# No change of the clocks touches this hour, so every day has it once.
MORNING = datetime.time(8)
MOST_AT_ONCE = 50
KEPT = datetime.timedelta(days=180)


@transaction.atomic
def notify(
    *,
    person: Person,
    kind: str,
    context: dict[str, Any],
    must_act: bool = False,
    key: str = "",
    useful_until: datetime.datetime | None = None,
) -> Notification | None:
    """Tell the person, in the caller's transaction. `context` is JSON: the facts that the kind's sentences need.

    What they must act on is mailed at once, the rest the next morning. With a key it is told once: None is
    returned when it has been told before.
    """
    if kind_of(kind) is None:
        raise ValueError(f"No kind of notification is registered as {kind!r}.")
    if key and Notification.objects.filter(person=person, kind=kind, key=key).exists():
        return None
    told = Notification(person=person, kind=kind, facts=context, must_act=must_act, key=key, useful_until=useful_until)
    if must_act and person.is_active:
        told.mailed_at = timezone.now()
    try:
        # Workers of several hosts may tell the same at the same moment.
        with transaction.atomic():
            told.save()
    except IntegrityError:
        if not key:
            raise
        return None
    if told.mailed_at:
        write_letter(person, [told])
    return told


def send_morning_letters() -> bool:
    """Mail each person what has gathered by eight this morning, Finnish time, in one letter. For the worker.

    True when more people may be waiting.
    """
    now = timezone.now()
    morning = datetime.datetime.combine(timezone.localdate(now, HELSINKI), MORNING, HELSINKI)
    if now < morning:
        return False
    waiting = Notification.objects.filter(mailed_at=None, created_at__lt=morning)
    # No row of the choices, or a row without a day, is a person who has had no letter yet.
    had_none_today = Q(person__mail_preference__digest_on=None) | Q(
        person__mail_preference__digest_on__lt=morning.date()
    )
    people = waiting.filter(had_none_today).order_by("person_id").values_list("person_id", flat=True)
    sent = 0
    for person in list(people.distinct()[:MOST_AT_ONCE]):
        try:
            _send_morning_letter(person, morning)
            sent += 1
        except Exception:
            # One letter that cannot be written keeps nobody else waiting; it is tried again in a while.
            logger.exception("The morning letter of person %s could not be written", person)
    return sent == MOST_AT_ONCE


@transaction.atomic
def _send_morning_letter(person_id: int, morning: datetime.datetime) -> None:
    """Claim the day, write the letter and settle what it tells: all of it or, after a kill, none."""
    MailPreference.objects.get_or_create(person_id=person_id)
    # A second worker waits here for the first and then finds the day taken.
    unclaimed = Q(digest_on=None) | Q(digest_on__lt=morning.date())
    if not MailPreference.objects.filter(unclaimed, person_id=person_id).update(digest_on=morning.date()):
        return
    waiting = Notification.objects.filter(person_id=person_id, mailed_at=None, created_at__lt=morning)
    rows = list(waiting.select_related("person__mail_preference").order_by("created_at", "pk"))
    wanted = [row for row in rows if _is_wanted(row)]
    if wanted:
        write_letter(wanted[0].person, wanted)
    Notification.objects.filter(pk__in=[row.pk for row in rows]).update(mailed_at=timezone.now())


def _is_wanted(row: Notification) -> bool:
    kind = kind_of(row.kind)
    if kind is None or not row.person.is_active:
        return False
    if row.useful_until is not None and row.useful_until <= timezone.now():
        return False
    return not kind.is_optional or row.person.mail_preference.wants_reminders


def set_reminders(person: Person, wants: bool) -> None:
    """Keep the person's choice about what is optional."""
    MailPreference.objects.update_or_create(person=person, defaults={"wants_reminders": wants})


def wants_reminders(person: Person) -> bool:
    return not MailPreference.objects.filter(person=person, wants_reminders=False).exists()


def forget_old_notifications() -> bool:
    """Erase what was settled half a year ago. For the worker."""
    Notification.objects.filter(mailed_at__lt=timezone.now() - KEPT).delete()
    return False
