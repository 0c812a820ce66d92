"""The form of an assessment keeps drafts: what a teacher has begun to write is never lost."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from drafts import forms
from learning.study.assignments.versions import submission_of
from learning.study.marking import errors
from learning.study.marking.services import check_may_mark
from learning.study.models import Mark

MARK = "study.mark"
KEPT_DAYS = 180
# Fields of the form that are no words of its writer.
UNSEEN = {"version", "seen", "start", "end", "inserted", "pressed"}


def register() -> None:
    forms.register(
        forms.FormKind(
            MARK,
            name=gettext_lazy("Assessment of a work"),
            kept_days=KEPT_DAYS,
            may_write=may_write,
            address=address,
            labels=labels,
            shown=shown,
        )
    )


def may_write(user: Any, key: str) -> bool:
    submission = submission_of(key)
    if submission is None or user is None:
        return False
    try:
        check_may_mark(submission, user)
    except (errors.NotAMarker, errors.OwnWork):
        return False
    return True


def address(key: str) -> str:
    submission = submission_of(key)
    return reverse("run_mark", args=[submission.run_assignment.run.code, key]) if submission else ""


def labels(key: str) -> dict[str, str]:
    """What people call the fields."""
    named = {
        "outcome": pgettext("assessment", "Outcome"),
        "grade": _("Grade"),
        "again_until": _("To be completed by"),
        "words": _("Feedback to the learner"),
        "note": _("Note to the other teachers"),
        "reason": _("Why it is changed"),
        "quote": _("Words that the comment is about"),
        "comment_text": _("Comment"),
    }
    submission = submission_of(key)
    for row in submission.run_assignment.assignment.criteria.all() if submission else ():
        named[f"criterion-{row.pk}"] = row.title
        named[f"criterion-{row.pk}-words"] = _("%(criterion)s: why") % {"criterion": row.title}
    return named


def shown(key: str, name: str, value: str) -> str:
    """A choice by what it is called; nothing for what nobody typed."""
    if name in UNSEEN:
        return ""
    if name == "outcome":
        return str(dict(Mark.Outcome.choices).get(value, value))
    submission = submission_of(key) if name.startswith("criterion-") and not name.endswith("-words") else None
    if submission is not None and not submission.run_assignment.assignment.is_graded:
        return {"1": _("Fulfils it"), "0": _("Still lacking")}.get(value, value)
    return value
