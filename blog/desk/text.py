"""One text on the editors' desk: reading it, suggesting changes, editing, and everything that has happened to it."""

import json
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from blog.desk.acts import ACTS
from blog.desk.opening import of_submission
from blog.desk.work import MODE, MODES, DeskWork
from blog.models import Submission
from blog.submitting import errors, services
from blog.submitting.details import Text
from blog.submitting.drafting import PROPOSAL
from blog.submitting.publishing import hindrances
from blog.submitting.states import Act
from blog.texts import BadText
from blog.writing import deciding, flow
from blog.writing.discussing import DISCUSSING, discuss, forget_said
from blog.writing.forms import WordsForm
from blog.writing.stories import stories
from common.errors import Refused
from drafts.opening import finish_sent, keep_private, save_posted
from drafts.services import Clash
from drafts.texts import of_post

DECIDING = ("accept", "reject", "undo", "accept_all", "reject_all")
SENDING = ("send",)
BUTTONS = (*DECIDING, *DISCUSSING, *SENDING, "take_newest", "keep_mine", "save")
DONE = {
    Act.SUGGEST: gettext_lazy("Your suggestions are kept. The writer sees them when you return the text."),
    Act.EDIT: gettext_lazy("The next version is made."),
    Act.CORRECT: gettext_lazy("The writer has been asked to approve the correction."),
}


@require_http_methods(["GET", "HEAD", "POST"])
@of_submission
def text(request: HttpRequest, submission: Submission) -> HttpResponseBase:
    """The page of the text; POST does what the pressed button says, and keeps the editor's draft."""
    if request.method != "POST":
        return _page(request, DeskWork(request, submission))
    posted = request.POST.copy()
    pressed = next((name for name in BUTTONS if name in posted), "save")
    value = posted.get(pressed, "")
    for name in BUTTONS:
        posted.pop(name, None)
    work = DeskWork(request, submission, of_post(posted).fields)
    try:
        return _acted(request, work, posted, pressed, value)
    except (Refused, BadText) as refusal:
        return _page(request, DeskWork(request, submission, of_post(posted).fields), refusal=refusal, status=422)


def _acted(request: HttpRequest, work: DeskWork, posted: QueryDict, pressed: str, value: str) -> HttpResponseBase:
    anchor = ""
    if "body" in posted and not work.may_keep:
        raise errors.NotYourTurn
    if pressed == "take_newest":
        finish_sent(request, PROPOSAL, str(work.submission.public_id))
        return _back(work)
    keeps_draft = "body" in posted
    if keeps_draft:
        anchor = _decide(request, work, posted, pressed, value)
        clash = _save(request, work, posted)
        if clash is not None:
            return clash
    if pressed in SENDING:
        return _send(request, DeskWork(request, work.submission))
    if pressed in DISCUSSING:
        anchor = discuss(request, work, posted, pressed, value)
        if keeps_draft:
            forget_said(posted, pressed, value)
            if DeskWork(request, work.submission, of_post(posted).fields).is_worth_keeping:
                _save(request, work, posted)
            else:
                finish_sent(request, PROPOSAL, str(work.submission.public_id))
    elif pressed == "save":
        messages.success(request, _("Saved."))
    return _back(work, anchor)


def _decide(request: HttpRequest, work: DeskWork, posted: QueryDict, pressed: str, value: str) -> str:
    """Put decisions that a button made without a script into what is to be saved; return where to go on."""
    if pressed == "keep_mine":
        posted["version"] = str(work.version.number)
    if pressed not in DECIDING or not work.has_pen:
        return ""
    rows = deciding.open_of(work.submission)
    before = work.worked
    ids = [str(row.pk) for row in rows if str(row.pk) not in before.decisions] if pressed.endswith("_all") else [value]
    if pressed == "undo":
        after = deciding.undo(rows, before, value)
    else:
        choose = deciding.accept if pressed.startswith("accept") else deciding.reject
        after = choose(rows, before, ids)
    if after.unclear:
        messages.warning(
            request, _("The words have changed since. Make the change in the text yourself, or reject it.")
        )
    posted["body"], posted["body_format"] = after.flat.notation(), "notation"
    posted["decisions"] = json.dumps(after.decisions)
    return "#keskustelu"


def _save(request: HttpRequest, work: DeskWork, posted: QueryDict) -> HttpResponse | None:
    """Keep the draft; where another tab or device has saved since, the answer leads to both texts."""
    before, request.POST = request.POST, posted  # type: ignore[assignment]
    try:
        outcome = save_posted(request, PROPOSAL, str(work.submission.public_id))
    finally:
        request.POST = before
    if isinstance(outcome, Clash):
        return redirect(work.draft.compare_url)
    posted["draft-version"] = str(outcome.version)
    return None


@transaction.atomic
def _send(request: HttpRequest, work: DeskWork) -> HttpResponseBase:
    """Make the suggestions, the next version or the correction out of the draft, which is then finished."""
    editor: Any = request.user
    submission = work.submission
    if work.act == Act.SUGGEST:
        services.suggest(
            submission=submission,
            author=editor,
            version=work.version.number,
            changes=work.own,
            reason=work.one("reason"),
        )
    elif work.act in {Act.EDIT, Act.CORRECT}:
        made = Text(work.title, work.lead, work.worked.flat)
        if work.act == Act.EDIT:
            services.edit(
                submission=submission,
                editor=editor,
                text=made,
                expected_version=work.base,
                decisions=work.decisions,
                changes=deciding.pending(deciding.open_of(submission), work.worked),
            )
        else:
            services.correct(
                submission=submission, editor=editor, text=made, note=work.one("note"), expected_version=work.base
            )
    else:
        return _back(work)
    finish_sent(request, PROPOSAL, str(submission.public_id))
    messages.success(request, str(DONE[work.act]))
    return _back(work)


def _back(work: DeskWork, anchor: str = "") -> HttpResponse:
    address = reverse("blog_text", args=[work.submission.public_id])
    asked = f"?{MODE}={work.asked}" if work.asked in MODES else ""
    return redirect(f"{address}{asked}{anchor}")


def _page(request: HttpRequest, work: DeskWork, *, status: int = 200, **told: Any) -> HttpResponse:
    submission = work.submission
    acts = [each for each in ACTS if each.act in work.acts]
    ready = Act.SCHEDULE in work.acts or Act.PUBLISH in work.acts
    context = {
        "work": work,
        "submission": submission,
        "version": work.version,
        "flow": flow.of_submission(submission, for_writer=False),
        "authors": submission.authors.select_related("organisation", "user", "group"),
        "topics": submission.phenomena.all(),
        "themes": submission.themes.all(),
        "words": WordsForm(initial={"title": work.title, "lead": work.lead}),
        "main_acts": [each for each in acts if each.is_main],
        "other_acts": [each for each in acts if not each.is_main],
        "hindrances": hindrances(submission) if ready else [],
        "stories": stories(submission.steps.select_related("by"), request.user),
        "versions": list(submission.versions.select_related("made_by").defer("body").order_by("-number")),
        "form_id": "text-form",
        "may_reply": Act.COMMENT in work.acts,
        **told,
    }
    return keep_private(render(request, "blog/desk/text.html", context, status=status))
