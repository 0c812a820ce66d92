"""Notes of the teachers' room: writing, changing, deleting, and their files."""

import datetime
import uuid
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from learning.courses.models import Course
from learning.study.co_teaching.room import errors
from learning.study.co_teaching.room.files import Checked
from learning.study.models import RoomFile, RoomNote, RunTeacher

if TYPE_CHECKING:
    from accounts.models import User

MOST_NOTES = 500
MOST_FILES = 5
# For so long can a deleted note be brought back.
KEPT_AFTER_DELETING = datetime.timedelta(days=30)


def is_of_the_course(person: Any, course_id: int) -> bool:
    """Whether the person teaches a run of the course, whatever their role."""
    return bool(person.is_active) and RunTeacher.objects.filter(run__course_id=course_id, user_id=person.pk).exists()


@transaction.atomic
def write(
    *, course: Course, by: "User", key: uuid.UUID, title: str, text: str, is_pinned: bool, files: Sequence[Checked] = ()
) -> RoomNote:
    """Write a note. `key` is made with the form: sent twice it is one note."""
    _check(by, course.pk)
    # Two notes at once would both be the five hundredth.
    Course.objects.select_for_update(no_key=True).get(pk=course.pk)
    found = RoomNote.objects.filter(public_id=key, course=course).first()
    if found is not None:
        return found
    if RoomNote.objects.filter(course=course, deleted_at=None).count() >= MOST_NOTES:
        raise errors.RoomFull
    note = RoomNote.objects.create(public_id=key, course=course, author=by, title=title, text=text, is_pinned=is_pinned)
    _keep(note, files)
    return note


@transaction.atomic
def change(
    *,
    note: RoomNote,
    by: "User",
    version: int,
    title: str,
    text: str,
    is_pinned: bool,
    files: Sequence[Checked] = (),
    without: Sequence[uuid.UUID] = (),
) -> RoomNote:
    """Change the note, of which the person saw `version`. Raises ChangedMeanwhile where there is a newer one."""
    note = _locked(note, by)
    if note.deleted_at is not None:
        raise errors.NoteGone
    if note.version != version:
        raise errors.ChangedMeanwhile
    for each in note.files.filter(public_id__in=without):
        _erase(each)
    note.title, note.text, note.is_pinned = title, text, is_pinned
    note.version += 1
    note.edited_at, note.edited_by = timezone.now(), by
    note.save()
    _keep(note, files)
    return note


@transaction.atomic
def delete(*, note: RoomNote, by: "User") -> None:
    """Take the note out of sight; it can be brought back for some days."""
    note = _locked(note, by)
    if note.deleted_at is None:
        note.deleted_at = timezone.now()
        note.save()


@transaction.atomic
def restore(*, note: RoomNote, by: "User") -> None:
    note = _locked(note, by)
    note.deleted_at = None
    note.save()


def erase_deleted() -> bool:
    """Erase notes that were deleted and not brought back, with their files. For the worker."""
    for note in RoomNote.objects.filter(deleted_at__lt=timezone.now() - KEPT_AFTER_DELETING):
        with transaction.atomic():
            for each in note.files.all():
                _erase(each)
            note.delete()
    return False


def _check(by: "User", course_id: int) -> None:
    if not is_of_the_course(by, course_id):
        raise errors.NotOfTheCourse


def _locked(note: RoomNote, by: "User") -> RoomNote:
    _check(by, note.course_id)
    return RoomNote.objects.select_for_update(no_key=True).get(pk=note.pk)


def _keep(note: RoomNote, files: Sequence[Checked]) -> None:
    if note.files.count() + len(files) > MOST_FILES:
        raise errors.TooManyFiles
    for each in files:
        stored = default_storage.save(f"rooms/{note.public_id}/{uuid.uuid4()}.{each.ending}", each.content)
        RoomFile.objects.create(note=note, file=stored, name=each.name, size=each.size)


def _erase(row: RoomFile) -> None:
    name = str(row.file.name)
    row.delete()
    # Not before it is certain that the row is gone.
    transaction.on_commit(lambda: default_storage.delete(name))
