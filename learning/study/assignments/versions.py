"""The versions of a submission, as they are read and compared."""

import uuid

from django.utils.translation import gettext as _

from learning.study.models import Submission, SubmissionFile, SubmissionVersion
from texts import Flat
from texts.counting import words_in


def submission_of(key: str) -> Submission | None:
    """The work that the key of a draft names, with what its pages need; None for anything else."""
    try:
        public_id = uuid.UUID(key)
    except ValueError:
        return None
    rows = Submission.objects.select_related("enrolment", "run_assignment__assignment", "run_assignment__run")
    return rows.filter(public_id=public_id).first()


def latest_of(submission: Submission) -> SubmissionVersion:
    """The newest version; a submission has one from its beginning."""
    return submission.versions.order_by("-number")[0]


def flat_of(version: SubmissionVersion) -> Flat:
    """The text of the version; an empty one where there are files alone."""
    return Flat.of_json(version.body) if version.body else Flat()


def html_of(version: SubmissionVersion) -> str:
    return flat_of(version).html()


def plain_of(version: SubmissionVersion) -> str:
    """The words as one plain text, to copy and to send in a letter."""
    return flat_of(version).notation()


def files_of(version: SubmissionVersion) -> list[SubmissionFile]:
    return list(version.files.all())


def neutral_name(file: SubmissionFile, place: int = 0) -> str:
    """What the file is called where its own name might tell who wrote it: by its place in the version.

    `place`: that place, from 1 on, where it is known; else it is asked for.
    """
    number = place or file.version.files.filter(pk__lte=file.pk).count()
    ending = str(file.file.name).rpartition(".")[2]
    word = _("File")
    return f"{word} {number}.{ending}"


def words_of(flat: Flat) -> int:
    return words_in(flat.text)
