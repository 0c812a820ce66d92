"""…/tarkista/: the work as the teacher will read it, what looks like personal data, and handing it in, once."""

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from common.errors import Refused
from drafts import services as draft_services
from drafts.errors import Finished
from drafts.opening import OpenedDraft, open_draft, save_posted
from drafts.services import Clash
from drafts.texts import NOT_TEXT, Fields, of_post, without
from drafts.writers import Writer
from learning.study.assignments import journal, services
from learning.study.assignments.nameless import hides_writer, that_tell
from learning.study.assignments.unsent import FORM
from learning.study.assignments.versions import latest_of
from learning.study.assignments.views.opening import OpenedWork, open_own_work
from learning.study.assignments.views.writing import draft_of, signed_out
from learning.study.assignments.writing import WorkDraft
from learning.study.models import Submission
from learning.study.views.opening import private
from texts.findings import in_words, told_of


class HandedInAlready(Exception):
    """Somebody pressed twice, or handed the same work in from two tabs."""


@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest, code: str, assignment: str) -> HttpResponseBase:
    """Show what would be handed in; POST hands it in."""
    if request.method == "POST" and not request.user.is_authenticated:
        return signed_out(request, reverse("study:check", args=[code, assignment]))
    work = open_own_work(request, code, assignment)
    if not isinstance(work, OpenedWork):
        return work
    if work.assignment.is_journal:
        return journal_posted(request, work) if request.method == "POST" else journal_page(request, work)
    if request.method == "POST":
        return _posted(request, work)
    draft = open_draft(request, FORM, work.key)
    if not work.rules.may_write:
        return to_receipt(work)
    if not draft.is_begun:
        return private(redirect(work.url("write")))
    return _page(request, work, draft, draft_of(work, draft.fields))


def _posted(request: HttpRequest, work: OpenedWork) -> HttpResponse:
    text = without(request.POST, ["hand_in"])
    written = draft_of(work, of_post(text).fields)
    try:
        if isinstance(save_posted(request, FORM, work.key, text), Clash):
            return private(redirect(open_draft(request, FORM, work.key).compare_url))
        return to_receipt(work, _hand_in(request, work, written))
    except (Finished, HandedInAlready):
        return to_receipt(work)
    except Refused as refusal:
        draft = open_draft(request, FORM, work.key)
        return _page(request, work, draft, written, refusal=refusal, status=422)


@transaction.atomic
def _hand_in(request: HttpRequest, work: OpenedWork, written: WorkDraft) -> Submission:
    """In one transaction: either the draft is gone and the work is handed in, or nothing has happened."""
    # Locks the draft: the second of two who press at once finds nothing in it.
    if not draft_services.finish(writer=Writer.person(request.user), form=FORM, object_key=work.key):
        raise HandedInAlready
    if written.body.error:
        raise Refused(written.body.error)
    return services.hand_in(
        enrolment=work.learner,
        run_assignment=work.run_assignment,
        text=written.flat if work.assignment.takes_text else None,
        files=written.files,
        message=written.message,
    )


def to_receipt(work: OpenedWork, submission: Submission | None = None) -> HttpResponse:
    """To the receipt of the newest version; where there is none, to what is asked."""
    submission = (
        submission or Submission.objects.filter(enrolment=work.learner, run_assignment=work.run_assignment).first()
    )
    if submission is None or submission.status == Submission.Status.TAKEN_BACK:
        return private(redirect(work.url("assignment")))
    return private(redirect(work.url("receipt", latest_of(submission).number)))


def _page(
    request: HttpRequest,
    work: OpenedWork,
    draft: OpenedDraft,
    written: WorkDraft,
    *,
    refusal: Refused | None = None,
    status: int = 200,
) -> HttpResponse:
    in_body, preview = told_of(written.flat)
    context = {
        "draft": draft,
        "written": written,
        "rules": work.rules,
        "refusal": refusal or _why_not(work, written),
        "hidden": pairs(written.fields),
        "findings": [*in_body, *in_words(written.message, *(file.name for file in written.files))],
        "preview": preview,
        "telling": that_tell(written.files) if hides_writer(work.run_assignment) else [],
    }
    return work.page(request, "check.html", context, status=status)


def _why_not(work: OpenedWork, written: WorkDraft) -> Refused | None:
    """What would keep the work from being taken, told before anybody presses."""
    if work.rules.why_not is not None:
        return work.rules.why_not
    if written.body.error:
        return Refused(written.body.error)
    try:
        text = written.flat
        services.check_what_is_handed_in(work.run_assignment, text, written.files, written.message)
    except Refused as refusal:
        return refusal
    return None


def pairs(fields: Fields) -> list[tuple[str, str]]:
    """Everything of the work goes along unseen, so that what is handed in is what is seen."""
    return [(name, value) for name, values in fields.items() if name not in NOT_TEXT for value in values]


def journal_page(
    request: HttpRequest, work: OpenedWork, *, refusal: Refused | None = None, status: int = 200
) -> HttpResponse:
    if not work.rules.may_write and refusal is None:
        return to_receipt(work)
    entries = list(journal.entries_of(work.learner, work.run_assignment))
    if not entries and refusal is None:
        return private(redirect(work.url("journal")))
    joined = journal.joined(entries)
    findings, preview = told_of(joined)
    context = {
        "rules": work.rules, "entries": entries, "refusal": refusal, "findings": findings, "preview": preview,
        "digest": journal.digest_of(entries),
    }  # fmt: skip
    return work.page(request, "check_journal.html", context, status=status)


def journal_posted(request: HttpRequest, work: OpenedWork) -> HttpResponse:
    try:
        submission = journal.hand_in_journal(
            enrolment=work.learner, run_assignment=work.run_assignment, seen=request.POST.get("seen", "")
        )
    except Refused as refusal:
        return journal_page(request, work, refusal=refusal, status=422)
    return to_receipt(work, submission)
