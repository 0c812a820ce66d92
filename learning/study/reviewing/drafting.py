"""The review that is being written, kept as a draft."""

import uuid
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from drafts import forms
from learning.study.criteria import LEVELS, name_of, snapshot
from learning.study.models import PeerReview
from learning.study.models.enrolments import STUDYING
from learning.study.reviewing import errors
from learning.study.reviewing.exchange import RELEASED

FORM = "study.review"


def register() -> None:
    forms.register(
        forms.FormKind(
            FORM,
            name=gettext_lazy("Peer review"),
            max_length=50_000,
            kept_days=400,
            may_write=may_write,
            address=lambda key: reverse("study:review", args=[key]),
            labels=labels,
            shown=shown,
        )
    )


def review_of(user: Any, key: str) -> PeerReview | None:
    """The review of this public id, if it is the person's to write."""
    try:
        public_id = uuid.UUID(key)
    except ValueError:
        return None
    rows = PeerReview.objects.filter(public_id=public_id, reviewer__learner_id=user.pk)
    return rows.select_related(
        "reviewer__run__course", "submission__run_assignment__assignment", "submission__run_assignment__run__course"
    ).first()


def may_write(user: Any, key: str) -> bool:
    review = review_of(user, key) if user is not None else None
    if review is None or review.reviewer is None:
        return False
    if review.reviewer.status not in STUDYING:
        raise errors.NotStudying
    if review.status == RELEASED:
        raise errors.NotWaitedFor
    if review.read_at is not None:
        raise errors.AlreadyRead
    return True


def labels(key: str) -> dict[str, str]:
    """What people call the fields, where two texts are compared or one is too long."""
    review = _any(key)
    if review is None:
        return {}
    assignment = review.submission.run_assignment.assignment
    told = {"words": _("In your own words")}
    for row in snapshot(assignment):
        told[name_of(row)] = row["title"]
        told[f"{name_of(row)}-words"] = _("%(criterion)s: why") % {"criterion": row["title"]}
    return told | {f"answer-{row.pk}": row.text for row in assignment.peer_questions.all()}


def shown(key: str, name: str, value: str) -> str:
    """What people call the level of a criterion."""
    review = _any(key)
    if review is None or not name.startswith("criterion-") or name.endswith("-words"):
        return value
    is_graded = review.submission.run_assignment.assignment.is_graded
    return value if is_graded else str(dict(LEVELS).get(value, value))


def _any(key: str) -> PeerReview | None:
    try:
        rows = PeerReview.objects.filter(public_id=uuid.UUID(key))
    except ValueError:
        return None
    return rows.select_related("submission__run_assignment__assignment").first()
