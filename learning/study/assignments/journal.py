"""A learning journal: entries that are their writer's own until the journal is handed in as a whole.

Teachers see only how many entries there are and when they were written.
"""

import datetime
import hashlib
from collections.abc import Sequence
from typing import NamedTuple

from django.db import transaction
from django.db.models import Count, Max, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from common import dates
from common.errors import Refused
from learning.study.assignments import errors, services
from learning.study.assignments.versions import words_of
from learning.study.models import Enrolment, JournalEntry, RunAssignment, Submission
from texts import Flat, limits
from texts.flat import concatenated

MOST_ENTRIES = 200
LONGEST_TITLE = 150
# For so long a deleted entry can be taken back.
KEPT_AFTER_DELETING = datetime.timedelta(days=7)
# Headings of entries stand above those that are inside them.
LOWER = {"h2": "h3"}


class ChangedSince(Refused):
    message = _("The journal has changed since this page was opened. Look at it once more and then hand it in.")


class Journal(NamedTuple):
    """What others than the writer may know of a journal that has not been handed in."""

    entries: int
    last: datetime.datetime | None


def entries_of(enrolment: Enrolment, run_assignment: RunAssignment) -> QuerySet[JournalEntry]:
    """In the order in which they were written."""
    return JournalEntry.objects.filter(enrolment=enrolment, run_assignment=run_assignment, deleted_at=None)


def deleted_of(enrolment: Enrolment, run_assignment: RunAssignment) -> QuerySet[JournalEntry]:
    """Those that can still be taken back."""
    since = timezone.now() - KEPT_AFTER_DELETING
    return JournalEntry.objects.filter(enrolment=enrolment, run_assignment=run_assignment, deleted_at__gt=since)


def count_of(enrolment: Enrolment, run_assignment: RunAssignment) -> Journal:
    told = entries_of(enrolment, run_assignment).order_by().aggregate(number=Count("pk"), last=Max("written_at"))
    return Journal(told["number"], told["last"])


@transaction.atomic
def write_entry(*, enrolment: Enrolment, run_assignment: RunAssignment, title: str, text: Flat) -> JournalEntry:
    enrolment = Enrolment.objects.select_for_update(no_key=True).get(pk=enrolment.pk)
    _check(enrolment, text)
    if entries_of(enrolment, run_assignment).count() >= MOST_ENTRIES:
        raise errors.TooManyEntries
    return JournalEntry.objects.create(
        enrolment=enrolment,
        run_assignment=run_assignment,
        title=title.strip()[:LONGEST_TITLE],
        body=text.json(),
        words=words_of(text),
        written_at=timezone.now(),
    )


@transaction.atomic
def change_entry(*, entry: JournalEntry, title: str, text: Flat) -> JournalEntry:
    """What has been handed in stays as it was: the change is in the next version."""
    locked = JournalEntry.objects.select_for_update(no_key=True, of=("self",))
    entry = locked.select_related("enrolment").get(pk=entry.pk)
    _check(entry.enrolment, text)
    entry.title, entry.body, entry.words = title.strip()[:LONGEST_TITLE], text.json(), words_of(text)
    # Somebody still writes what was deleted in another tab: it is wanted.
    entry.deleted_at = None
    entry.save()
    return entry


def delete_entry(*, entry: JournalEntry) -> None:
    """Delete it; it can be taken back for a week."""
    JournalEntry.objects.filter(pk=entry.pk, deleted_at=None).update(deleted_at=timezone.now())


def restore_entry(*, entry: JournalEntry) -> None:
    JournalEntry.objects.filter(pk=entry.pk).update(deleted_at=None)


def erase_deleted_entries() -> bool:
    """Erase what was deleted and not taken back. For the worker."""
    JournalEntry.objects.filter(deleted_at__lt=timezone.now() - KEPT_AFTER_DELETING).delete()
    return False


def flat_of_entry(entry: JournalEntry) -> Flat:
    return Flat.of_json(entry.body) if entry.body else Flat()


def joined(entries: Sequence[JournalEntry]) -> Flat:
    """The journal as one text: each entry under its day and title."""
    parts = []
    for entry in entries:
        day = dates.day(entry.written_at)
        heading = f"{day}: {entry.title}" if entry.title else day
        body = flat_of_entry(entry)
        parts.append(Flat(f"{' '.join(heading.split())}\n", ("h2",)))
        parts.append(Flat(body.text, tuple(LOWER.get(kind, kind) for kind in body.blocks), body.marks))
    return concatenated(parts).normal()


def digest_of(entries: Sequence[JournalEntry]) -> str:
    """By which a page tells which entries it showed."""
    told = "\n".join(f"{entry.public_id} {entry.changed_at.isoformat()}" for entry in entries)
    return hashlib.sha256(told.encode()).hexdigest()[:32]


@transaction.atomic
def hand_in_journal(*, enrolment: Enrolment, run_assignment: RunAssignment, seen: str) -> Submission:
    """Hand in all entries as one text. `seen` is the digest of what the writer looked at: nothing else is handed in."""
    Enrolment.objects.select_for_update(no_key=True).get(pk=enrolment.pk)
    entries = list(entries_of(enrolment, run_assignment))
    if not entries:
        raise errors.NoEntries
    if seen != digest_of(entries):
        raise ChangedSince
    text = joined(entries)
    if len(text.text) > limits.CHARACTERS or len(text.blocks) > limits.BLOCKS:
        raise errors.JournalTooLong
    return services.hand_in(enrolment=enrolment, run_assignment=run_assignment, text=text)


def _check(enrolment: Enrolment, text: Flat) -> None:
    if not enrolment.is_studying:
        raise errors.NotStudying
    if not text.text.strip():
        raise errors.EmptyEntry
