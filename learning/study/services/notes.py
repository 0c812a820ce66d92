"""Notes in the margin. Each is its learner's alone; the same change asked for twice is made once."""

import datetime
import uuid
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from common.errors import Refused
from learning.study.models import Note
from learning.study.services.progress import PLACE

if TYPE_CHECKING:
    from accounts.models import User

LONGEST = 4000
MOST_IN_A_LESSON = 200
# For so long can a deleted note be taken back.
KEPT_AFTER_DELETING = datetime.timedelta(days=7)


class EmptyNote(Refused):
    message = _("Write the note first.")


class NoteTooLong(Refused):
    message = _("A note has at most 4,000 characters. Shorten it, or divide it in two: the text is still in the field.")


class TooManyNotes(Refused):
    message = _("This lesson has 200 notes of yours already. Delete some of them first.")


@transaction.atomic
def write_note(
    *,
    learner: "User",
    lesson_id: int,
    place: str,
    text: str,
    heading: str = "",
    public_id: uuid.UUID | None = None,
) -> Note:
    """Write a note. `public_id` is made by a device that may have to ask again: the note is written once.

    Where that id has another text already, which another device wrote meanwhile, both are kept.
    """
    text = _checked(text)
    found = Note.objects.select_for_update().filter(public_id=public_id).first() if public_id else None
    if found is not None and found.learner_id == learner.pk and found.lesson_id == lesson_id and found.text == text:
        return found
    if Note.objects.filter(learner=learner, lesson_id=lesson_id, deleted_at=None).count() >= MOST_IN_A_LESSON:
        raise TooManyNotes
    note = Note(learner=learner, lesson_id=lesson_id, place=_place(place), heading=heading[:200], text=text)
    if public_id is not None and found is None:
        note.public_id = public_id
    note.save()
    return note


@transaction.atomic
def change_note(*, note: Note, text: str, base: int | None = None) -> Note:
    """Change the text. `base` is the version that was changed: if another device has changed it since, both are kept.

    Returns the note that has the text.
    """
    text = _checked(text)
    note = Note.objects.select_for_update().get(pk=note.pk)
    if note.text == text:
        return note
    if base is not None and base != note.version:
        same = Note.objects.filter(
            learner_id=note.learner_id, lesson_id=note.lesson_id, place=note.place, text=text, deleted_at=None
        )
        return same.first() or Note.objects.create(
            learner_id=note.learner_id,
            lesson_id=note.lesson_id,
            place=note.place,
            heading=note.heading,
            text=text,
        )
    note.text = text
    note.version += 1
    # Somebody still writes what was deleted on another device: it is wanted.
    note.deleted_at = None
    note.save()
    return note


def delete_note(*, note: Note) -> None:
    """Delete it; it can be taken back for some days."""
    Note.objects.filter(pk=note.pk, deleted_at=None).update(deleted_at=timezone.now())


def restore_note(*, note: Note) -> None:
    Note.objects.filter(pk=note.pk).update(deleted_at=None)


def erase_deleted_notes() -> bool:
    """Erase what was deleted and not taken back. For the worker."""
    Note.objects.filter(deleted_at__lt=timezone.now() - KEPT_AFTER_DELETING).delete()
    return False


def _checked(text: str) -> str:
    text = text.replace("\r\n", "\n").replace("\x00", "").strip()
    if not text:
        raise EmptyNote
    if len(text) > LONGEST:
        raise NoteTooLong
    return text


def _place(place: str) -> str:
    return place if PLACE.fullmatch(place) else ""
