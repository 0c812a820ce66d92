"""…/tehtava/<code>/ and …/kuitti/<n>/: what is asked, how it goes, what has been handed in, and the next step."""

from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from drafts.opening import open_draft
from learning.study.assignments.journal import count_of
from learning.study.assignments.telling import told_of
from learning.study.assignments.unsent import FORM
from learning.study.assignments.views.opening import OpenedWork, open_own_work, open_work
from learning.study.models import Submission
from learning.study.models.assignments import SubmissionStatus

LOOKS = {SubmissionStatus.ACCEPTED: "ok", SubmissionStatus.AGAIN: "now", SubmissionStatus.REJECTED: "note"}


@require_safe
def assignment(request: HttpRequest, code: str, assignment: str) -> HttpResponseBase:
    work = open_work(request, code, assignment)
    if not isinstance(work, OpenedWork):
        return work
    is_begun = not work.is_preview and not work.assignment.is_journal and open_draft(request, FORM, work.key).is_begun
    context = {
        "rules": work.rules,
        "told": told_of(work.run_assignment, work.enrolment, work.rules),
        "criteria": list(work.assignment.criteria.all()),
        "state": state_of(work.submission),
        "look": LOOKS.get(SubmissionStatus(work.submission.status), "") if work.submission else "",
        "is_begun": is_begun,
        "entries": count_of(work.learner, work.run_assignment) if _has_journal(work) else None,
        "versions": work.versions,
    }
    return work.page(request, "page.html", context)


def _has_journal(work: OpenedWork) -> bool:
    return work.assignment.is_journal and not work.is_preview


def state_of(submission: Submission | None) -> str:
    """In a word or two, as the learner reads it: of a second marker and of markers who differ they know nothing yet."""
    if submission is None:
        return ""
    said = {
        SubmissionStatus.AGAIN: pgettext("work", "To be completed"),
        SubmissionStatus.ACCEPTED: pgettext("work", "Accepted"),
        SubmissionStatus.REJECTED: pgettext("work", "Rejected"),
        SubmissionStatus.TAKEN_BACK: pgettext("work", "Taken back"),
    }
    return said.get(SubmissionStatus(submission.status), _("Handed in"))


@require_safe
def receipt(request: HttpRequest, code: str, assignment: str, number: int) -> HttpResponseBase:
    """What was handed in and when: the newest version with what happens next, an older one with its copy."""
    work = open_own_work(request, code, assignment)
    if not isinstance(work, OpenedWork):
        return work
    version = next((each for each in work.versions if each.number == number), None)
    if version is None:
        raise Http404
    is_told = work.submission is None or work.submission.status in {*LOOKS, SubmissionStatus.TAKEN_BACK}
    waits = version == work.versions[0] and not is_told
    context = {"version": version, "waits": waits, "rules": work.rules}
    return work.page(request, "receipt.html", context)
