"""The draft of a work: its words, the files that it names, and what they start from."""

import re
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from drafts import forms, services
from drafts.texts import Fields
from drafts.texts import Text as DraftText
from drafts.writers import Writer
from learning.study.assignments.rules import rules_of
from learning.study.assignments.unsent import FORM, Shelf, read_word, words_of
from learning.study.assignments.versions import flat_of
from learning.study.models import Enrolment, JournalEntry, RunAssignment, Submission, SubmissionVersion
from texts.fields import read_or_empty

ENTRY = "study.journal"
MOST_BYTES = 600 * forms.KILOBYTE
MOST_LENGTH = 300_000
KEPT_DAYS = 400
# By the public id of an entry, without hyphens.
ENTRY_KEY = re.compile(r"[0-9a-f]{32}")
# Fields of the form that are no words of their writer.
UNSEEN = {"body_format", "decisions"}


def register() -> None:
    rules: dict[str, Any] = {
        "max_bytes": MOST_BYTES, "max_length": MOST_LENGTH, "max_fields": 20, "kept_days": KEPT_DAYS,
        # What is written of clients stays on the server: a shared computer keeps nothing of it.
        "is_sensitive": True,
    }  # fmt: skip
    forms.register(
        forms.FormKind(
            FORM,
            gettext_lazy("Work for an assignment"),
            may_write=may_write,
            address=_address,
            labels=_labels,
            shown=_shown,
            **rules,
        )
    )
    forms.register(
        forms.FormKind(
            ENTRY,
            gettext_lazy("Entry of a learning journal"),
            may_write=may_write_entry,
            address=_entry_address,
            labels=_labels,
            shown=_shown,
            **rules,
        )
    )


def may_write(user: Any, key: str) -> bool:
    found = _of_key(user, key)
    if found is None or found[0].assignment.is_journal:
        return False
    return _is_open(*found)


def may_write_entry(user: Any, key: str) -> bool:
    """`key` is the assignment's for a new entry, or that and the entry's own."""
    number, _dot, entry = key.partition(":")
    found = _of_key(user, number)
    if found is None or not found[0].assignment.is_journal:
        return False
    if entry and not _entries(entry, found[1]).exists():
        return False
    # Also while the journal is with the teachers: entries are for its next version, or for the writer alone.
    return found[1].is_studying


def _is_open(run_assignment: RunAssignment, enrolment: Enrolment) -> bool:
    submission = Submission.objects.filter(enrolment=enrolment, run_assignment=run_assignment).first()
    refusal = rules_of(run_assignment, enrolment, submission).why_not
    if refusal is not None:
        raise refusal
    return True


def _of_key(user: Any, key: str) -> tuple[RunAssignment, Enrolment] | None:
    row = _row(key)
    if row is None or user is None:
        return None
    enrolment = Enrolment.objects.filter(run_id=row.run_id, learner_id=user.pk).first()
    if enrolment is None:
        return None
    enrolment.run = row.run
    return row, enrolment


def _row(key: str) -> RunAssignment | None:
    if not (key.isascii() and key.isdigit() and len(key) < 10):
        return None
    return RunAssignment.objects.select_related("run__course", "assignment").filter(pk=int(key)).first()


def _entries(entry: str, enrolment: Enrolment) -> Any:
    if not ENTRY_KEY.fullmatch(entry):
        return JournalEntry.objects.none()
    return JournalEntry.objects.filter(public_id=entry, enrolment=enrolment, deleted_at=None)


def _address(key: str) -> str:
    row = _row(key)
    return reverse("study:write", args=[row.run.code, row.assignment.code]) if row else ""


def _entry_address(key: str) -> str:
    number, _dot, entry = key.partition(":")
    row = _row(number)
    if row is None:
        return ""
    names = [row.run.code, row.assignment.code]
    return reverse("study:journal_entry", args=[*names, entry]) if entry else reverse("study:journal_new", args=names)


def _labels(key: str) -> dict[str, str]:
    return {
        "title": _("Title of the entry"),
        "body": _("Text"),
        "message": _("Message to the teacher"),
        "files": _("Files"),
        "removed": _("Removed files"),
    }


def _shown(key: str, name: str, value: str) -> str:
    """The text as a plain text box shows it, and the names of files."""
    if name in UNSEEN:
        return ""
    if name == "body":
        return read_or_empty(value, "flat").notation() if value.startswith('{"text":') else value
    if name not in {"files", "removed"}:
        return value
    return ", ".join(str(told[2]) for word in value.split() if (told := read_word(word)))


def fields_of(version: SubmissionVersion, learner_id: int) -> Fields:
    """What a new draft starts from: the text and the files of the version, without its message."""
    shelf = Shelf(learner_id, version.submission.run_assignment_id)
    return {
        "body": [flat_of(version).notation()],
        "body_format": ["notation"],
        "files": [words_of(shelf.of_version(version.files.all()))],
    }


def begin_from(version: SubmissionVersion) -> None:
    """Let the learner go on from the version; a draft that is being written stays as it is."""
    learner_id, key = version.submission.enrolment.learner_id, str(version.submission.run_assignment_id)
    writer = Writer(user_id=learner_id)
    row = services.find(writer=writer, form=FORM, object_key=key)
    if row is not None and row.is_open:
        return
    text = DraftText(fields_of(version, learner_id), row.version if row else None)
    services.save(writer=writer, form=FORM, object_key=key, text=text)
