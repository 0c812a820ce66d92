"""Handing in and taking back: one transaction each. The learner's enrolment is locked first, then the submission."""

import datetime
import os
import uuid
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone
from django.utils.translation import ngettext

from learning.study import signals
from learning.study.assignments import drafting, errors, notifications, unsent
from learning.study.assignments.rules import Rules, rules_of
from learning.study.assignments.unsent import KeptFile
from learning.study.assignments.versions import flat_of, latest_of, words_of
from learning.study.models import Enrolment, RunAssignment, Submission, SubmissionFile, SubmissionVersion
from learning.study.models.assignments import SubmissionStatus
from texts import Flat

if TYPE_CHECKING:
    from accounts.models import User

MOST_MESSAGE = 2_000
# Each time is a version that is kept for good, with its files.
MOST_IN_AN_HOUR, AN_HOUR = 20, datetime.timedelta(hours=1)


def hand_in(
    *,
    enrolment: Enrolment,
    run_assignment: RunAssignment,
    text: Flat | None,
    files: Sequence[KeptFile] = (),
    message: str = "",
) -> Submission:
    """Hand the work in: the first version, one that completes it, or one in the place of what nobody has marked yet.

    The very same work again, which a second press sends, makes no second version. Raises Refused with the sentence
    to show.
    """
    copied: list[str] = []
    try:
        with transaction.atomic():
            return _hand_in(enrolment, run_assignment, text or Flat(), files, message.strip(), copied)
    except BaseException:
        for path in copied:
            default_storage.delete(path)
        raise


def _hand_in(
    enrolment: Enrolment,
    run_assignment: RunAssignment,
    text: Flat,
    files: Sequence[KeptFile],
    message: str,
    copied: list[str],
) -> Submission:
    enrolment, submission = locked(enrolment, run_assignment)
    rules = rules_of(run_assignment, enrolment, submission)
    if submission is not None and _is_handed_in_already(submission, text, files, message):
        return submission
    if rules.why_not is not None:
        raise rules.why_not
    check_what_is_handed_in(run_assignment, text, files, message)
    now = timezone.now()
    recent = SubmissionVersion.objects.filter(submission__enrolment=enrolment, handed_in_at__gt=now - AN_HOUR)
    if recent.count() >= MOST_IN_AN_HOUR:
        raise errors.HandedInOften
    submission = _stand(submission, enrolment, run_assignment, now)
    _add_version(submission, text, files, message, now, rules, copied)
    transaction.on_commit(lambda: unsent.erase(files))
    notifications.tell_receipt(submission)
    signals.handed_in.send(sender=Submission, submission=submission)
    return submission


def locked(enrolment: Enrolment, run_assignment: RunAssignment) -> tuple[Enrolment, Submission | None]:
    """Both anew; whoever marks or takes back at the same moment waits."""
    row = Enrolment.objects.select_for_update(no_key=True).select_related("learner").get(pk=enrolment.pk)
    row.run = run_assignment.run
    submissions = Submission.objects.select_for_update(no_key=True, of=("self",))
    submission = submissions.filter(enrolment=row, run_assignment=run_assignment).first()
    if submission is not None:
        submission.enrolment, submission.run_assignment = row, run_assignment
    return row, submission


def check_what_is_handed_in(
    run_assignment: RunAssignment, text: Flat, files: Sequence[KeptFile], message: str = ""
) -> None:
    """Raise Refused where the work is not what the assignment takes."""
    assignment = run_assignment.assignment
    if not text.text.strip() and not files:
        raise errors.NothingToHandIn
    if files and not assignment.takes_files:
        raise errors.NoFilesHere
    if text.text.strip() and not (assignment.takes_text or assignment.is_journal):
        raise errors.NoTextHere
    if len(files) > assignment.most_files:
        told = ngettext(
            "At most %(most)d file is taken. Remove the others.",
            "At most %(most)d files are taken. Remove the others.",
            assignment.most_files,
        )
        raise errors.TooManyFiles(told % {"most": assignment.most_files})
    if len(message) > MOST_MESSAGE:
        raise errors.MessageTooLong


def _is_handed_in_already(submission: Submission, text: Flat, files: Sequence[KeptFile], message: str) -> bool:
    if submission.status != SubmissionStatus.HANDED_IN:
        return False
    version = latest_of(submission)
    before = [(file.name, file.sha256) for file in version.files.all()]
    now = [(file.name, file.sha256) for file in files]
    return (flat_of(version), version.message, before) == (text, message, now)


def _stand(
    submission: Submission | None, enrolment: Enrolment, run_assignment: RunAssignment, now: datetime.datetime
) -> Submission:
    values = {"status": SubmissionStatus.HANDED_IN, "handed_in_at": now, "again_due": None}
    if submission is None:
        return Submission.objects.create(enrolment=enrolment, run_assignment=run_assignment, **values)
    # Whoever had it open for marking had the earlier version.
    values |= {"marker": None, "marker_since": None}
    for name, value in values.items():
        setattr(submission, name, value)
    submission.save(update_fields=list(values))
    return submission


def _add_version(
    submission: Submission,
    text: Flat,
    files: Sequence[KeptFile],
    message: str,
    now: datetime.datetime,
    rules: Rules,
    copied: list[str],
) -> None:
    before = submission.versions.order_by("-number").values_list("number", flat=True).first() or 0
    version = SubmissionVersion.objects.create(
        submission=submission,
        number=before + 1,
        body=text.json() if text.text else {},
        words=words_of(text),
        message=message,
        handed_in_at=now,
        is_late=rules.is_late,
    )
    for file in files:
        kind = file.path.rpartition(".")[2]
        path = _sent(file, f"{unsent.SENT}/{submission.public_id}/{uuid.uuid4().hex}.{kind}")
        copied.append(path)
        SubmissionFile.objects.create(version=version, file=path, name=file.name, size=file.size, sha256=file.sha256)


def _sent(file: KeptFile, path: str) -> str:
    """Keep the file under this path, or one like it. What an earlier version has takes no more room again.

    Without that a learner who hands in a large work again and again would fill the disk.
    """
    if not file.path.startswith(f"{unsent.SENT}/"):
        with file.open() as content:
            return default_storage.save(path, content)
    place = Path(default_storage.path(path))
    place.parent.mkdir(parents=True, exist_ok=True)
    # Each version has its own name for the same bytes, which never change: erasing one leaves the other.
    place.hardlink_to(default_storage.path(file.path))
    # As old as a copy would be, so that it is not forgotten before its version is saved.
    os.utime(place)
    return path


@transaction.atomic
def take_back(*, submission: Submission, by: "User") -> Submission:
    """Take the work back before it is due and before anybody has marked it. The draft goes on from what it was.

    Taking back twice changes nothing more.
    """
    enrolment, row = locked(submission.enrolment, submission.run_assignment)
    if row is None or enrolment.learner_id != by.pk:
        raise errors.NothingToTakeBack
    if row.status == SubmissionStatus.TAKEN_BACK:
        return row
    rules = rules_of(row.run_assignment, enrolment, row)
    if rules.why_not_back is not None:
        raise rules.why_not_back
    row.status = SubmissionStatus.TAKEN_BACK
    row.marker = row.marker_since = None
    row.save(update_fields=["status", "marker", "marker_since"])
    if not row.run_assignment.assignment.is_journal:
        drafting.begin_from(latest_of(row))
    signals.taken_back.send(sender=Submission, submission=row)
    return row
