"""Assignments of runs and what is handed in, for tests: the least that is valid."""

import uuid
from itertools import count
from typing import Any

from django.utils import timezone

from learning.courses.models import Assignment, CourseRun, Criterion
from learning.study.models import Enrolment, RunAssignment, Submission, SubmissionVersion
from texts import Flat

_numbers = count(1)
ASSIGNMENT = {
    "kind", "scale", "title", "instructions", "min_words", "max_words", "most_files", "most_megabytes", "file_kinds",
    "resubmissions", "resubmission_days", "entries", "sample", "language",
}  # fmt: skip


def assigned(run: CourseRun, *, criteria: int = 2, **fields: Any) -> RunAssignment:
    """A required assignment of the run with its criteria; fields of the assignment and of its row on the run."""
    # Journeys make theirs in processes of their own, for one service.
    number = next(_numbers)
    own = {name: fields.pop(name) for name in list(fields) if name in ASSIGNMENT}
    values = {"title": f"Tehtävä {number}", "instructions": "<p>Kirjoita.</p>", **own}
    assignment = Assignment.objects.create(course=run.course, code=f"tehtava-{number}-{uuid.uuid4().hex[:6]}", **values)
    for place in range(1, criteria + 1):
        Criterion.objects.create(
            assignment=assignment, sort_order=place, title=f"Kriteeri {place}", fulfils="On.", lacks="Puuttuu."
        )
    return RunAssignment.objects.create(run=run, assignment=assignment, **fields)


def handed_in(enrolment: Enrolment, run_assignment: RunAssignment, text: str = "Rakenne näkyy arjessa.") -> Submission:
    """A submission with one version of the text, which may be in plain notation."""
    now, flat = timezone.now(), Flat.of_notation(text)
    submission = Submission.objects.create(
        enrolment=enrolment, run_assignment=run_assignment, status=Submission.Status.HANDED_IN, handed_in_at=now
    )
    SubmissionVersion.objects.create(
        submission=submission, number=1, body=flat.json(), words=len(flat.text.split()), handed_in_at=now
    )
    return submission
