"""A work that has not been handed in: its draft read as the fields of its page, and files put in and taken out."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from drafts.texts import Fields
from learning.courses.models import Assignment
from learning.study.assignments.checking_files import CheckedFile, check, clean_name
from learning.study.assignments.telling import aim_of
from learning.study.assignments.unsent import MOST_REMOVED, KeptFile, NoRoom, Shelf, words_of
from texts import Flat
from texts.fields import NOTATION, BodyField, read_or_empty


@dataclass(frozen=True)
class WorkDraft:
    assignment: Assignment
    shelf: Shelf
    fields: Fields

    @cached_property
    def body(self) -> BodyField:
        return BodyField.of_posted(self.one("body"), self.one("body_format") or NOTATION, aim=aim_of(self.assignment))

    @cached_property
    def flat(self) -> Flat:
        return read_or_empty(self.one("body"), self.one("body_format"))

    @property
    def message(self) -> str:
        return self.one("message").strip()

    @cached_property
    def files(self) -> list[KeptFile]:
        return self.shelf.named(self.one("files"))

    @cached_property
    def removed(self) -> list[KeptFile]:
        return self.shelf.named(self.one("removed"))

    @property
    def hidden_files(self) -> str:
        return words_of(self.files)

    @property
    def hidden_removed(self) -> str:
        return words_of(self.removed)

    @property
    def is_empty(self) -> bool:
        return not self.flat.text.strip() and not self.files

    @property
    def tells_length(self) -> bool:
        """Whether the length of a text is asked for: not of who hands in files alone where files will do."""
        return self.assignment.takes_text and (bool(self.flat.text.strip()) or not self.assignment.takes_files)

    def one(self, name: str) -> str:
        return (self.fields.get(name) or [""])[-1]


@dataclass
class Desk:
    """The files of a draft while they are put in and taken out; what is wrong with one keeps none of the others."""

    assignment: Assignment
    shelf: Shelf
    files: list[KeptFile]
    removed: list[KeptFile]
    complaints: list[str] = field(default_factory=list)
    thrown: list[KeptFile] = field(default_factory=list)

    @classmethod
    def of(cls, draft: WorkDraft) -> "Desk":
        return cls(draft.assignment, draft.shelf, list(draft.files), list(draft.removed))

    def add(self, uploaded: Sequence[Any]) -> None:
        for file in uploaded:
            if self._is_full():
                told = {"file": clean_name(file.name), "full": self._most()}
                self.complaints.append(_("%(file)s was not added. %(full)s") % told)
                continue
            try:
                checked = check(file, self.assignment)
            except ValidationError as error:
                self.complaints += error.messages
                continue
            if any(each.sha256 == checked.sha256 for each in self.files):
                self.complaints.append(_("%(file)s is there already.") % {"file": checked.name})
            else:
                self._put(checked)

    def _put(self, checked: CheckedFile) -> None:
        try:
            kept = self.shelf.put(checked)
        except NoRoom as refusal:
            told = {"file": checked.name, "full": refusal.message}
            self.complaints.append(_("%(file)s was not added. %(full)s") % told)
            return
        self.removed = [each for each in self.removed if each.sha256 != checked.sha256]
        self.files.append(kept)

    def remove(self, key: str) -> None:
        self.removed += [file for file in self.files if file.key == key]
        self.files = [file for file in self.files if file.key != key]
        self.removed = self.removed[-MOST_REMOVED:]

    def put_back(self, key: str) -> None:
        if self._is_full() and any(file.key == key for file in self.removed):
            self.complaints.append(self._most())
            return
        self.files += [file for file in self.removed if file.key == key]
        self.removed = [file for file in self.removed if file.key != key]

    def throw_away(self) -> None:
        """The removed files go for good, once the draft is kept without them."""
        self.thrown, self.removed = self.removed, []

    def _is_full(self) -> bool:
        return len(self.files) >= self.assignment.most_files

    def _most(self) -> str:
        told = ngettext(
            "At most %(number)d file is taken: remove one first.",
            "At most %(number)d files are taken: remove one first.",
            self.assignment.most_files,
        )
        return told % {"number": self.assignment.most_files}
