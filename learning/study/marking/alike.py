"""Hints of passages that two works of a run have alike: found by the worker, looked at and dismissed by teachers.

A hint is never a verdict: nothing is refused, marked or told to anybody because of it.
"""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import timezone
from django.utils.html import escape, strip_tags
from django.utils.safestring import SafeString, mark_safe

from learning.study import errors as study_errors
from learning.study import permissions
from learning.study.assignments.versions import flat_of
from learning.study.marking import names
from learning.study.marking.passages import Compared, Read
from learning.study.models import Likeness, RunAssignment, Submission, SubmissionVersion
from learning.study.models.assignments import SubmissionStatus
from texts import Flat

if TYPE_CHECKING:
    from accounts.models import User

# Told of: so many per cent of the shorter text, or so many words in a row.
LEAST_PERCENT, LEAST_WORDS = 15, 25
MOST_PASSAGES = 60
QUOTATION = "quote"


def compare_works() -> bool:
    """Compare the new works of one assignment with the others of it; True when there may be more to do."""
    waiting = _newest(Submission.objects.all()).filter(compared_at=None)
    task = RunAssignment.objects.filter(pk__in=waiting.values("submission__run_assignment_id")).first()
    if task is None:
        return False
    compare_task(task)
    return True


@transaction.atomic
def compare_task(task: RunAssignment) -> int:
    """Look for passages alike in the works that have not been compared; return how many pairs were kept."""
    versions = {row.pk: row for row in _newest(task.submissions.all()).prefetch_related("files")}
    new = {pk for pk, row in versions.items() if row.compared_at is None}
    kept = _kept(task, versions, new) if task.hints_at_likeness else 0
    now = timezone.now()
    for pk in new:
        versions[pk].compared_at = now
        versions[pk].save(update_fields=["compared_at"])
    return kept


def _kept(task: RunAssignment, versions: dict[int, SubmissionVersion], new: set[int]) -> int:
    compared = Compared({pk: Read(text_of(row), _quotations(row)) for pk, row in versions.items()}, _given(task))
    kept = 0
    for one, other in compared.pairs(new):
        passages = compared.passages(one, other)
        percent = compared.percent(one, other, passages)
        if percent < LEAST_PERCENT and all(each.words < LEAST_WORDS for each in passages):
            continue
        values = {"percent": percent, "passages": [list(each[:4]) for each in passages[:MOST_PASSAGES]]}
        Likeness.objects.update_or_create(first_id=one, second_id=other, defaults=values)
        kept += 1
    return kept


def _newest(submissions: "QuerySet[Submission]") -> "QuerySet[SubmissionVersion]":
    """The newest version of each work that has not been taken back."""
    newest = SubmissionVersion.objects.filter(submission=OuterRef("pk")).order_by("-number").values("pk")[:1]
    works = submissions.exclude(status=SubmissionStatus.TAKEN_BACK).annotate(newest=Subquery(newest))
    return SubmissionVersion.objects.filter(pk__in=works.order_by().values("newest")).order_by("pk")


def text_of(version: SubmissionVersion) -> str:
    """The words of the version: its text, and of its files what has been read."""
    return "\n".join([flat_of(version).text, *(row.text for row in version.files.all() if row.text)])


def _quotations(version: SubmissionVersion) -> tuple[tuple[int, int], ...]:
    """Blocks that say themselves that they are somebody else's words."""
    flat: Flat = flat_of(version)
    starts = (0, *(end + 1 for end in flat.ends))
    return tuple(
        (start, end) for start, end, kind in zip(starts, flat.ends, flat.blocks, strict=False) if kind == QUOTATION
    )


def _given(task: RunAssignment) -> list[Read]:
    """What everybody has been given to read with the assignment."""
    assignment = task.assignment
    told = [strip_tags(re.sub(r"<", " <", html)) for html in (assignment.instructions, assignment.sample)]
    told += [f"{row.title} {row.fulfils} {row.lacks}" for row in assignment.criteria.all()]
    return [Read(text) for text in told]


@transaction.atomic
def dismiss(*, row: Likeness, by: "User") -> Likeness:
    """Take the hint out of sight for all teachers of the run; who did and when stays known."""
    run = row.first.submission.run_assignment.run
    if not permissions.may_teach(by, run):
        raise study_errors.NotTheTeacher
    row = Likeness.objects.select_for_update(no_key=True, of=("self",)).get(pk=row.pk)
    if row.dismissed_at is None:
        row.dismissed_by, row.dismissed_at = by, timezone.now()
        row.save(update_fields=["dismissed_by", "dismissed_at"])
    return row


PLACE = re.compile(r'id="k0-(\d+)"')


@dataclass(frozen=True)
class Side:
    """One of the two works: its whole text, the passages marked and numbered."""

    version: SubmissionVersion
    name: str
    html: SafeString


@dataclass(frozen=True)
class Pair:
    sides: tuple[Side, Side]
    number: int

    @property
    def places(self) -> list[str]:
        """The numbers of the passages that are marked in the first of the works, in the order of its text."""
        return PLACE.findall(self.sides[0].html)


def pair_of(row: Likeness, here: SubmissionVersion, viewer: Any) -> Pair:
    """Both works as a teacher sees them, the one that they came from first."""
    found: list[list[int]] = row.passages
    places = [(row.first, [(each[0], each[1]) for each in found]), (row.second, [(each[2], each[3]) for each in found])]
    if here == row.second:
        places.reverse()
    first, second = (
        Side(version, names.name_for(viewer, version.submission), _marked(text_of(version), ranges, side))
        for side, (version, ranges) in enumerate(places)
    )
    return Pair((first, second), len(found))


def _marked(text: str, ranges: list[tuple[int, int]], side: int) -> SafeString:
    """The text as paragraphs, each passage a mark that leads to the same one on the other side."""
    parts, at = [], 0
    for start, end, number in sorted((start, end, number) for number, (start, end) in enumerate(ranges, start=1)):
        if start < at:
            continue
        link = f'<a class="alike__number" id="k{side}-{number}" href="#k{1 - side}-{number}">{number}</a>'
        parts += [escape(text[at:start]), f"<mark>{link} {escape(text[start:end])}</mark>"]
        at = end
    parts.append(escape(text[at:]))
    return mark_safe("".join(parts).replace("\u2028", "<br>").strip().replace("\n", "<br><br>"))
