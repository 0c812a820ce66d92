"""What a teacher who leaves a run has under way there."""

import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING

from drafts.models import Draft
from learning.courses.models import CourseRun
from learning.study.models import Submission

if TYPE_CHECKING:
    from accounts.models import User

MARK = "study.mark"


@dataclass(frozen=True)
class LeftBehind:
    """Numbers of works: open for marking, and with an assessment that was begun and not given."""

    open: int
    begun: int

    @classmethod
    def of(cls, run: CourseRun, person: "User") -> "LeftBehind":
        works = Submission.objects.filter(run_assignment__run=run)
        drafts = Draft.objects.filter(owner=person, form=MARK, status=Draft.Status.OPEN)
        begun = [key for key in map(_key, drafts.values_list("object", flat=True)) if key]
        return cls(works.filter(marker=person).count(), works.filter(public_id__in=begun).count() if begun else 0)


def _key(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None
