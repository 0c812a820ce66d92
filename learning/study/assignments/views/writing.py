"""…/kirjoita/: the one page where a work is written and its files are gathered, until it is handed in."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from common.errors import Refused
from common.limits import Limit
from drafts.opening import OpenedDraft, open_draft, save_posted
from drafts.services import Clash
from drafts.texts import Fields, of_post, without
from learning.study.assignments.drafting import fields_of
from learning.study.assignments.unsent import FORM, Shelf, throw_away, words_of
from learning.study.assignments.views.opening import OpenedWork, open_own_work
from learning.study.assignments.writing import Desk, WorkDraft
from learning.study.models.assignments import SubmissionStatus
from learning.study.views.opening import private, words_to_copy
from texts.fields import NOTATION, read_or_empty

# What the page's buttons are called; they are no part of the work.
BUTTONS = ("save", "check", "add_files", "remove", "put_back", "throw_away")
OF_FILES = {"add_files", "remove", "put_back", "throw_away"}
# A file takes room for as long as its draft is kept.
UPLOADS = Limit("work-files", 60, 3600)


@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, code: str, assignment: str) -> HttpResponseBase:
    """The draft in its form; POST saves it and goes where the pressed button leads."""
    if request.method == "POST" and not request.user.is_authenticated:
        return signed_out(request, reverse("study:write", args=[code, assignment]))
    work = open_own_work(request, code, assignment)
    if not isinstance(work, OpenedWork):
        return work
    if work.assignment.is_journal:
        return redirect(work.url("journal"))
    if request.method == "POST":
        return _posted(request, work)
    if not work.rules.may_write:
        return redirect(work.url("assignment"))
    draft = open_draft(request, FORM, work.key)
    return _page(request, work, draft, draft_of(work, draft.fields or beginning_of(work)))


def draft_of(work: OpenedWork, fields: Fields) -> WorkDraft:
    return WorkDraft(work.assignment, Shelf(work.learner.learner_id, work.run_assignment.pk), fields)


def beginning_of(work: OpenedWork) -> Fields:
    """The newest version, where a next one of it is written."""
    return fields_of(work.versions[0], work.learner.learner_id) if work.versions else {}


def signed_out(request: HttpRequest, back: str) -> HttpResponse:
    """What was written when the session had ended, its text as a plain one."""
    text = read_or_empty(request.POST.get("body", ""), request.POST.get("body_format", NOTATION)).notation()
    words = "\n\n".join(part for part in (request.POST.get("title", ""), text, request.POST.get("message", "")) if part)
    return words_to_copy(request, words, back)


def _posted(request: HttpRequest, work: OpenedWork) -> HttpResponse:
    pressed = next((name for name in BUTTONS if name in request.POST), "save")
    key = request.POST.get(pressed, "")
    desk = _put_files(request, work, pressed, key)
    text = _text(request, desk)
    sent = draft_of(work, of_post(text).fields)
    try:
        outcome = save_posted(request, FORM, work.key, text)
    except Refused as refusal:
        return _page(request, work, open_draft(request, FORM, work.key), sent, refusal=refusal.message, status=422)
    draft = open_draft(request, FORM, work.key)
    if isinstance(outcome, Clash):
        for complaint in desk.complaints:
            # The page that compares the texts knows nothing of files that were not kept.
            messages.error(request, complaint)
        return private(redirect(draft.compare_url))
    throw_away(desk.shelf, desk.thrown)
    if desk.complaints:
        return _page(request, work, draft, sent, complaints=desk.complaints, status=422)
    if pressed == "check":
        return private(redirect(work.url("check")))
    anchor = "#tiedostot" if pressed in OF_FILES else ""
    return private(redirect(work.url("write") + anchor))


def _put_files(request: HttpRequest, work: OpenedWork, pressed: str, key: str) -> Desk:
    """The files of the form after what was done to them; files that were chosen come along by any button."""
    desk = Desk.of(draft_of(work, of_post(request.POST).fields))
    if pressed == "remove":
        desk.remove(key)
    elif pressed == "put_back":
        desk.put_back(key)
    elif pressed == "throw_away":
        desk.throw_away()
    uploaded = request.FILES.getlist("new_files") if work.assignment.takes_files and work.rules.may_write else []
    if uploaded and UPLOADS.spend_as(f"person {work.learner.learner_id}"):
        desk.complaints.append(_("You have added many files in this hour. Add the rest later: your draft is kept."))
    else:
        desk.add(uploaded)
    return desk


def _text(request: HttpRequest, desk: Desk) -> QueryDict:
    """The form as it is to be saved, with the files as they are now."""
    text = without(request.POST, BUTTONS)
    if desk.assignment.takes_files:
        text["files"], text["removed"] = words_of(desk.files), words_of(desk.removed)
    return text


def _page(
    request: HttpRequest, work: OpenedWork, draft: OpenedDraft, written: WorkDraft, *, status: int = 200, **told: Any
) -> HttpResponse:
    submission = work.submission
    context = {
        "draft": draft,
        "written": written,
        "rules": work.rules,
        "is_unsaved": "refusal" in told,
        "replaces": submission is not None and submission.status == SubmissionStatus.HANDED_IN,
        "accept": ",".join(f".{kind}" for kind in work.assignment.file_kinds),
        **told,
    }
    return work.page(request, "write.html", context, status=status)
