"""The worker reads the words of handed-in files, one after the other, so that works can be compared by them too."""

from pathlib import PurePosixPath

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from common.filetexts.children import KINDS, Child
from learning.study.models import SubmissionFile, SubmissionVersion

_reading: tuple[int, Child] | None = None


def read_files() -> bool:
    """Give the next file to a child and take up what it has read; True when a file is done and others may wait."""
    global _reading
    if _reading is None:
        file = _unread()
        if file is None:
            return False
        try:
            path = file.file.path
            with open(path, "rb"):
                pass
        except OSError:
            # What is gone, or where another machine keeps it, has no words to compare.
            _keep(file.pk, "")
            return True
        _reading = file.pk, Child(path, _kind(file))
    pk, child = _reading
    if not child.is_done():
        return False
    _reading = None
    text, _ending = child.result()
    _keep(pk, text)
    return True


def _unread() -> SubmissionFile | None:
    """The oldest file that may have words, of works whose likeness is looked for."""
    kinds = Q()
    for kind in KINDS:
        kinds |= Q(file__endswith=f".{kind}")
    waiting = SubmissionFile.objects.filter(kinds, read_at=None)
    return waiting.filter(version__submission__run_assignment__hints_at_likeness=True).order_by("pk").first()


def _kind(file: SubmissionFile) -> str:
    return PurePosixPath(str(file.file.name)).suffix.lower().removeprefix(".")


@transaction.atomic
def _keep(pk: int, text: str) -> None:
    """Keep what was read, if the file is still there, and have its work compared anew."""
    file = SubmissionFile.objects.filter(pk=pk).first()
    if file is None:
        return
    file.text, file.read_at = text, timezone.now()
    file.save(update_fields=["text", "read_at"])
    if text:
        version = SubmissionVersion.objects.select_for_update(no_key=True).get(pk=file.version_id)
        version.compared_at = None
        version.save(update_fields=["compared_at"])
