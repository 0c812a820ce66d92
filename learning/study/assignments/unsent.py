"""Files that have not been handed in: kept at once, in private, for as long as the draft that names them.

The draft holds a word for each of them, signed for its learner and assignment: nobody else's file can be named.
"""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core import signing
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from common.errors import Refused
from common.nameless.copies import forget_copy
from common.templatetags.ov import filesize
from drafts.models import Draft
from learning.study.assignments.checking_files import CheckedFile
from learning.study.models import RunAssignment, SubmissionFile

FOLDER, SENT = "unsent-work", "submissions"
SALT = "study.unsent-file"
FORM = "study.submission"
# A file that came with the last save may still be without its draft.
GRACE = datetime.timedelta(days=1)
MOST_REMOVED = 10
# Of one person in all; more than the largest files of one assignment come to.
MOST_BYTES = 600_000_000


class NoRoom(Refused):
    """Raised with how much room is taken, by which works, and what gives more."""


@dataclass(frozen=True)
class KeptFile:
    """A file that may be handed in: `path` is where it is in the private storage, `word` how the draft names it."""

    word: str
    name: str
    size: int
    sha256: str
    path: str

    @property
    def key(self) -> str:
        """By which a page names it: of the file's place, which tells nothing."""
        return self.path.rsplit("/", 1)[-1].partition(".")[0]

    def open(self) -> "File[Any]":
        return default_storage.open(self.path)


class Shelf:
    """The unsent files of one learner for one assignment of a run."""

    def __init__(self, learner_id: int, run_assignment_id: int) -> None:
        self.name = f"{learner_id}-{run_assignment_id}"
        self.learner_id, self.run_assignment_id = learner_id, run_assignment_id

    def put(self, checked: CheckedFile) -> KeptFile:
        """Keep the file. Raises NoRoom where the learner's unsent files would take more than they may."""
        # By its content: a button that is pressed twice brings the same file under the same word.
        path = f"{FOLDER}/{self.name}/{checked.sha256}.{checked.kind}"
        with transaction.atomic():
            # Of files that one person sends at once each is counted before the next: SQLite has one writer anyhow.
            User.objects.select_for_update(no_key=True).get(pk=self.learner_id)
            if not default_storage.exists(path):
                _refuse_too_much(self.learner_id, checked)
                path = default_storage.save(path, checked.content)
        return self._kept(path, checked.name, checked.size, checked.sha256)

    def of_version(self, files: Iterable[SubmissionFile]) -> list[KeptFile]:
        """Files that were handed in before, as the next version starts with them."""
        return [self._kept(str(file.file.name), file.name, file.size, file.sha256) for file in files]

    def named(self, words: str) -> list[KeptFile]:
        """What the draft names and is there, each once."""
        found: dict[str, KeptFile] = {}
        for word in words.split()[:100]:
            told = read_word(word)
            if told is None or told[0] != self.name:
                continue
            _shelf, path, name, size, sha256 = told
            if default_storage.exists(path):
                found[path] = KeptFile(word, name, size, sha256, path)
        return list(found.values())

    def _kept(self, path: str, name: str, size: int, sha256: str) -> KeptFile:
        word = signing.Signer(salt=SALT).sign_object([self.name, path, name, size, sha256], compress=True)
        return KeptFile(word, name, size, sha256, path)


def read_word(word: str) -> list[Any] | None:
    """What a word says, if it is ours: the shelf, the path, the name, the size and the digest."""
    try:
        told: list[Any] = signing.Signer(salt=SALT).unsign_object(word)
    except signing.BadSignature:
        return None
    return told


def room_taken(learner_id: int) -> dict[int, int]:
    """The bytes of the learner's unsent files by assignment of a run, the removed ones too."""
    mine = [name for name in inside(FOLDER)[0] if name.startswith(f"{learner_id}-")]
    taken = {name: sum(_size(f"{FOLDER}/{name}/{file}") for file in _originals(name)) for name in mine}
    return {int(name.partition("-")[2]): size for name, size in taken.items() if size}


def _size(path: str) -> int:
    try:
        return default_storage.size(path)
    except FileNotFoundError:
        # Handed in or thrown away in another tab since it was listed.
        return 0


def _originals(shelf: str) -> list[str]:
    """Without what is made of a file and kept beside it."""
    return [name for name in inside(f"{FOLDER}/{shelf}")[1] if name.count(".") == 1]


def _refuse_too_much(learner_id: int, checked: CheckedFile) -> None:
    taken = room_taken(learner_id)
    used = sum(taken.values())
    if used + checked.size <= MOST_BYTES:
        return
    most_first = sorted(taken, key=lambda pk: -taken[pk])[:3]
    titles = dict(RunAssignment.objects.filter(pk__in=most_first).values_list("pk", "assignment__title"))
    where = [f"{titles[pk]} ({filesize(taken[pk])})" for pk in most_first if pk in titles]
    told = {"taken": filesize(used), "most": filesize(MOST_BYTES), "where": ", ".join(where)}
    raise NoRoom(
        _(
            "Your files that have not been handed in take %(taken)s, and at most %(most)s is kept of one person. Most "
            "are here: %(where)s. Hand in a work, or remove files there and throw the removed ones away: they count "
            "too. What you have handed in does not count."
        )
        % told
    )


def throw_away(shelf: Shelf, removed: Iterable[KeptFile]) -> None:
    """Erase removed files for good; one that another device has put back stays."""
    named = _named_by_draft(shelf)
    erase(file for file in removed if file.path not in named)


def erase(files: Iterable[KeptFile]) -> None:
    """Erase what has been handed in, as copies; files of earlier versions stay with them."""
    for file in files:
        if file.path.startswith(f"{FOLDER}/"):
            default_storage.delete(file.path)
            forget_copy(Path(default_storage.path(file.path)))


def words_of(files: Sequence[KeptFile]) -> str:
    """As the draft keeps them: one field, in which a form without a script sends them along."""
    return " ".join(file.word for file in files)


def forget() -> bool:
    """Erase files that no draft names, and those whose handing in came to nothing. For the worker."""
    for name in inside(FOLDER)[0]:
        _forget_unnamed(name)
    for folder in inside(SENT)[0]:
        _forget_unsaved(folder)
    return False


def _forget_unnamed(name: str) -> None:
    learner, _line, run_assignment = name.partition("-")
    if not (learner.isdigit() and run_assignment.isdigit()):
        return
    shelf, folder = Shelf(int(learner), int(run_assignment)), f"{FOLDER}/{name}"
    kept = _named_by_draft(shelf)
    for file in inside(folder)[1]:
        _erase_old(f"{folder}/{file}", kept)
    if not inside(folder)[1]:
        default_storage.delete(folder)


def _named_by_draft(shelf: Shelf) -> set[str]:
    """Files of the draft and of the other texts that are kept beside it, the removed ones too."""
    rows = Draft.objects.filter(form=FORM, object=str(shelf.run_assignment_id), owner_id=shelf.learner_id)
    drafts = rows.exclude(status=Draft.Status.FINISHED).prefetch_related("copies")
    told = [draft.fields for draft in drafts]
    told += [copy.fields for draft in drafts for copy in draft.copies.all()]
    words = [" ".join(fields.get(name) or []) for fields in told for name in ("files", "removed")]
    return {file.path for each in words for file in shelf.named(each)}


def _forget_unsaved(folder: str) -> None:
    """Copies that were made for a handing in that was never finished."""
    paths = {f"{SENT}/{folder}/{file}" for file in inside(f"{SENT}/{folder}")[1]}
    kept = set(SubmissionFile.objects.filter(file__in=paths).values_list("file", flat=True))
    for path in paths:
        _erase_old(path, kept)
    if not inside(f"{SENT}/{folder}")[1]:
        default_storage.delete(f"{SENT}/{folder}")


def _erase_old(path: str, kept: set[str]) -> None:
    if path not in kept and default_storage.get_modified_time(path) <= timezone.now() - GRACE:
        default_storage.delete(path)


def inside(folder: str) -> tuple[list[str], list[str]]:
    try:
        folders, files = default_storage.listdir(folder)
    except FileNotFoundError:
        return [], []
    return list(folders), list(files)
