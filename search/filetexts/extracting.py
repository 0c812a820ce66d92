"""The worker's job: one file after the other is read by a child process, while the worker goes on with its work."""

from pathlib import Path

from common.filetexts import reading
from common.filetexts.children import Child, Ending
from common.models import SiteDocument
from search.filetexts.models import FileText, unread

_PROBLEMS = {
    Ending.READ: FileText.Problem.NONE,
    Ending.EMPTY: FileText.Problem.EMPTY,
    Ending.LOCKED: FileText.Problem.LOCKED,
    Ending.BROKEN: FileText.Problem.BROKEN,
    Ending.TOO_MUCH: FileText.Problem.TOO_MUCH,
}


class Reading:
    """A child process that reads the file of a document."""

    def __init__(self, document: SiteDocument) -> None:
        self.document = document
        self.name, self.hash = document.file.name, document.file_hash
        kind = Path(self.name).suffix.lower().removeprefix(".")
        self.child = Child(document.file.path, kind)

    def result(self) -> tuple[str, str]:
        """The text and the problem of the ended child."""
        text, ending = self.child.result()
        return text, _PROBLEMS[ending]


_reading: Reading | None = None


def read_files() -> bool:
    """Give the next file to a child and take up what it has read; True when a file is done and others may wait."""
    global _reading
    if _reading is None:
        document = unread().first()
        if document is None:
            return False
        if not _is_there(document):
            _keep(document, document.file.name, document.file_hash, "", FileText.Problem.MISSING)
            return True
        _reading = Reading(document)
    if not _reading.child.is_done():
        return False
    done, _reading = _reading, None
    _keep(done.document, done.name, done.hash, *done.result())
    return True


def _is_there(document: SiteDocument) -> bool:
    try:
        return Path(document.file.path).is_file()
    except (OSError, ValueError, NotImplementedError):
        return False


def _keep(document: SiteDocument, name: str, file_hash: str, text: str, problem: str) -> None:
    """Keep what was read; of a document that is gone meanwhile nothing."""
    if SiteDocument.objects.filter(pk=document.pk).exists():
        values = {
            "file": name,
            "file_hash": file_hash,
            "version": reading.VERSION,
            "text": text,
            "problem": problem,
        }
        FileText.objects.update_or_create(document=document, defaults=values)
