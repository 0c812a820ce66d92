"""/blogi/kirjoitukseni/<id>/: where a text is, what is expected of its writer, and the work on it."""

import json
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from blog.models import Submission
from blog.readers.counting import reads_of
from blog.readers.services import thanks_of
from blog.submitting import errors, services
from blog.submitting.details import Text
from blog.submitting.states import Act
from blog.texts import BadText
from blog.writing import deciding, flow, standing
from blog.writing.deciding import Worked
from blog.writing.discussing import DISCUSSING, discuss, forget_said
from blog.writing.findings import told_of
from blog.writing.forms import WordsForm
from blog.writing.stories import last_said, stories
from blog.writing.views.finding import of_writer
from blog.writing.work import Work
from common.errors import Refused
from drafts.opening import finish_sent, save_posted
from drafts.services import Clash
from drafts.texts import of_post

DECIDING = ("accept", "reject", "undo", "accept_all", "reject_all")
BUTTONS = (*DECIDING, *DISCUSSING, "take_newest", "keep_mine", "send_back", "send_anyway", "save")


@require_http_methods(["GET", "HEAD", "POST"])
@of_writer
def own_text(request: HttpRequest, submission: Submission) -> HttpResponseBase:
    if request.method != "POST":
        return page(request, Work(request, submission))
    text = request.POST.copy()
    pressed, value = pressed_in(text)
    work = Work(request, submission, of_post(text).fields)
    try:
        return _acted(request, work, text, pressed, value)
    except (Refused, BadText) as refusal:
        return page(request, Work(request, submission, of_post(text).fields), refusal=refusal, status=422)


def pressed_in(text: QueryDict) -> tuple[str, str]:
    """The button that was pressed and its value; buttons are taken out of what is kept."""
    pressed = next((name for name in BUTTONS if name in text), "save")
    value = text.get(pressed, "")
    for name in BUTTONS:
        text.pop(name, None)
    return pressed, value


def _acted(request: HttpRequest, work: Work, text: QueryDict, pressed: str, value: str) -> HttpResponseBase:
    anchor = ""
    if "body" in text and not work.may_keep:
        # The editor took the turn back while this was being written.
        raise errors.NotYourTurn
    if pressed == "take_newest":
        finish_sent(request, work.form, str(work.submission.public_id))
        return _back(work)
    if work.has_pen and "body" in text:
        anchor = _prepare(request, work, text, pressed, value)
        clash = _save(request, work, text)
        if clash is not None:
            return clash
    if pressed in {"send_back", "send_anyway"}:
        return _send(request, work, Work(request, work.submission), is_sure=pressed == "send_anyway")
    if pressed in DISCUSSING:
        anchor = discuss(request, work, text, pressed, value)
        if work.has_pen and "body" in text:
            # What has been said is no part of the draft any more.
            forget_said(text, pressed, value)
            if Work(request, work.submission, of_post(text).fields).is_worth_keeping:
                _save(request, work, text)
            else:
                finish_sent(request, Work.form, str(work.submission.public_id))
    elif pressed == "save":
        messages.success(request, _("Saved."))
    return _back(work, anchor)


def _prepare(request: HttpRequest, work: Work, text: QueryDict, pressed: str, value: str) -> str:
    """Put decisions that a button made into what is to be saved; return where on the page to go on."""
    if pressed == "keep_mine":
        text["version"] = str(work.version.number)
    if pressed not in DECIDING:
        return ""
    rows = deciding.open_of(work.submission)
    before = work.worked
    ids = [str(row.pk) for row in rows if str(row.pk) not in before.decisions] if pressed.endswith("_all") else [value]
    if pressed == "undo":
        after = deciding.undo(rows, before, value)
    elif pressed in {"accept", "accept_all"}:
        after = deciding.accept(rows, before, ids)
    else:
        after = deciding.reject(rows, before, ids)
    if after.unclear:
        messages.warning(
            request, _("The words have changed since. Make the change in the text yourself, or reject it.")
        )
    _put(text, after)
    return (
        f"#suggestion-{value}"
        if value.isascii() and value.isdigit() and not pressed.endswith("_all")
        else "#keskustelu"
    )


def _put(text: QueryDict, worked: Worked) -> None:
    text["body"], text["body_format"] = worked.flat.notation(), "notation"
    text["decisions"] = json.dumps(worked.decisions)


def _save(request: HttpRequest, work: Work, text: QueryDict) -> HttpResponse | None:
    """Keep the draft; where another tab or device has saved since, the answer leads to both texts."""
    before, request.POST = request.POST, text  # type: ignore[assignment]
    try:
        outcome = save_posted(request, work.form, str(work.submission.public_id))
    finally:
        request.POST = before
    if isinstance(outcome, Clash):
        return redirect(work.draft.compare_url)
    text["draft-version"] = str(outcome.version)
    return None


def _send(request: HttpRequest, sent: Work, work: Work, *, is_sure: bool) -> HttpResponseBase:
    """Hand the text on; `work` is the draft as it has just been saved."""
    found = told_of(work.worked.flat)[0]
    known = {each.words for each in told_of(work.old)[0]}
    fresh = [each for each in found if each.words not in known]
    if fresh and not is_sure:
        return page(request, work, findings=fresh, status=422)
    writer: Any = request.user
    text = Text(work.title, work.lead, work.worked.flat)
    with transaction.atomic():
        if Act.SEND_BACK in work.acts:
            services.send_back(
                submission=work.submission,
                writer=writer,
                text=text,
                changes=deciding.pending(deciding.open_of(work.submission), work.worked),
                decisions=work.decisions,
                expected_version=work.base,
                words=work.one("words"),
            )
        else:
            services.reopen(submission=work.submission, writer=writer, text=text, expected_version=work.base)
        finish_sent(request, work.form, str(work.submission.public_id))
    messages.success(request, _("The text is with the editors. You get a letter when it is your turn."))
    return _back(work)


def _back(work: Work, anchor: str = "") -> HttpResponse:
    return redirect(reverse("blog:own_text", args=[work.submission.public_id]) + anchor)


def reads_of_writer(submission: Submission) -> dict[str, int]:
    """How the published text has been read; nothing where it is not on the site."""
    if submission.state != Submission.State.PUBLISHED or submission.page is None:
        return {}
    post = submission.page
    return {"all": reads_of(post), "month": reads_of(post, days=30), "thanks": thanks_of(post)}


def page(request: HttpRequest, work: Work, *, status: int = 200, **told: Any) -> HttpResponse:
    submission = work.submission
    steps = submission.steps.select_related("by").filter(is_private=False)
    history = stories(steps, request.user)
    context = {
        "work": work,
        "submission": submission,
        "version": work.version,
        "standing": standing.of(submission, work),
        "flow": flow.of_submission(submission),
        "words": WordsForm(initial={"title": work.title, "lead": work.lead}),
        "stories": history,
        "said": last_said(history, request.user),
        "versions": list(submission.versions.select_related("made_by").defer("body").order_by("-number")),
        "reads": reads_of_writer(submission),
        "form_id": "text-form",
        "may_reply": Act.COMMENT in work.acts,
        **told,
    }
    return render(request, "blog/writing/own_text.html", context, status=status)
