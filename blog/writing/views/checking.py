"""…/tarkista/ and …/lahetetty/: the text as readers would see it, what it still lacks, and sending it."""

import uuid
from typing import Any

from django.core import signing
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from blog.models import Submission
from blog.submitting import services
from blog.working import flow
from blog.writing import pictures, sending
from blog.writing.forms import ConsentForm
from blog.writing.unsent import FORM, Unsent
from blog.writing.views.writing import is_sent
from common.errors import Refused
from common.limits import Limit
from drafts import services as draft_services
from drafts.errors import Finished
from drafts.opening import OpenedDraft, keep_private, open_draft, save_posted
from drafts.services import Clash
from drafts.texts import NOT_TEXT, Fields, of_post, without
from drafts.writers import Writer
from texts.findings import in_words, told_of

SALT = "blog.receipt"
DAY = 24 * 60 * 60
# Each text of a visitor is a letter to an address that nobody has proved to be theirs.
LETTERS = Limit("blog-letters", 40, 3600)
# Fields of the page of sending that are no part of the text's draft.
ASKED = ("consent", "employer", "asks_length", "send")


class TooManySent(Refused):
    message = gettext_lazy("Many texts have been sent from your network in this hour. Send yours later: it is kept.")


class SentAlready(Exception):
    """Somebody pressed twice, or sent the same text from two tabs."""


@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Show what would be sent; POST sends it, once."""
    draft = open_draft(request, FORM, str(key))
    if is_sent(draft):
        return _to_receipt(key)
    if request.method == "POST":
        return _posted(request, key)
    if not draft.is_begun:
        return keep_private(redirect("blog:writing", key))
    unsent = Unsent(request, key, draft.fields, is_checked=True)
    return _page(request, draft, unsent, ConsentForm(is_off_length=unsent.is_only_off_length))


def _posted(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    text = without(request.POST, ASKED)
    unsent = Unsent(request, key, of_post(text).fields, is_checked=True)
    consent = ConsentForm(request.POST, is_off_length=unsent.is_only_off_length)
    try:
        if isinstance(save_posted(request, FORM, str(key), text), Clash):
            return keep_private(redirect(open_draft(request, FORM, str(key)).compare_url))
        if consent.is_valid() and unsent.message.is_valid() and _may_go(unsent, consent):
            return _to_receipt(key, _send(request, unsent, consent))
    except (Finished, SentAlready):
        return _to_receipt(key)
    except Refused as refusal:
        return _page(request, open_draft(request, FORM, str(key)), unsent, consent, refusal=refusal, status=422)
    return _page(request, open_draft(request, FORM, str(key)), unsent, consent, status=422)


def _may_go(unsent: Unsent, consent: ConsentForm) -> bool:
    return not unsent.problems or bool(consent.cleaned_data.get("asks_length"))


@transaction.atomic
def _send(request: HttpRequest, unsent: Unsent, consent: ConsentForm) -> Submission:
    """In one transaction: either the draft is gone and the text is sent, or nothing has happened."""
    writer = Writer.of(request)
    # Locks the draft: the second of two who send at once finds nothing in it.
    if writer is None or not draft_services.finish(writer=writer, form=FORM, object_key=str(unsent.key)):
        raise SentAlready
    user: Any = request.user if unsent.is_signed_in else None
    if user is None and LETTERS.spend(request):
        raise TooManySent
    stored = unsent.picture.cleaned_data["picture_stored"]
    file = pictures.opened(unsent.key, stored)
    details = sending.details_of(
        authors=unsent.authors,
        about=unsent.about,
        picture_form=unsent.picture,
        picture=file,
        message=unsent.message.cleaned_data["message"],
        consents=consent.cleaned_data["consent"],
        employer_reminded=consent.cleaned_data["employer"],
    )
    text = sending.text_of(unsent.words, unsent.flat)
    email = unsent.message.cleaned_data.get("email", "")
    asks_length = bool(consent.cleaned_data.get("asks_length"))
    submission = services.send(
        sender=user, email=email, details=details, text=text, key=unsent.key, asks_length=asks_length
    )
    transaction.on_commit(lambda: pictures.remove(unsent.key, stored))
    return submission


def _page(
    request: HttpRequest,
    draft: OpenedDraft,
    unsent: Unsent,
    consent: ConsentForm,
    *,
    refusal: Refused | None = None,
    status: int = 200,
) -> HttpResponse:
    # Before the first sending nobody is told that the address is missing.
    asks = unsent if status != 200 else Unsent(request, unsent.key, unsent.fields)
    in_body, preview = told_of(unsent.flat)
    context = {
        "draft": draft,
        "unsent": unsent,
        "message": asks.message,
        "consent": consent,
        "refusal": refusal,
        "flow": flow.of_draft(),
        "hidden": _pairs(unsent.fields, {*asks.message.fields, *NOT_TEXT, *ASKED}),
        "findings": [*in_words(unsent.title, unsent.lead), *in_body],
        "preview": preview,
    }
    return keep_private(render(request, "blog/writing/check.html", context, status=status))


def _pairs(fields: Fields, shown: set[str]) -> list[tuple[str, str]]:
    """Everything of the text that the page does not ask: it goes along unseen, so that what is sent is what is seen."""
    return [(name, value) for name, values in fields.items() if name not in shown for value in values]


def _to_receipt(key: uuid.UUID, submission: Submission | None = None) -> HttpResponse:
    address = reverse("blog:writing_sent", args=[key])
    if submission is not None:
        address += "?" + urlencode({"kuitti": signing.dumps(submission.pk, salt=SALT)})
    return keep_private(redirect(address))


@require_safe
def sent(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """The receipt: what was sent and what happens next. Without its word, only that the text has been sent."""
    draft = open_draft(request, FORM, str(key))
    submission = _of_receipt(request.GET.get("kuitti", ""))
    if submission is None and not is_sent(draft):
        return keep_private(redirect("blog:writing", key))
    version = submission.versions.first() if submission else None
    context = {
        "draft": draft,
        "submission": submission,
        "version": version,
        "flow": flow.of_submission(submission) if submission else [],
    }
    return keep_private(render(request, "blog/writing/sent.html", context))


def _of_receipt(word: str) -> Submission | None:
    try:
        pk = signing.loads(word, salt=SALT, max_age=DAY)
    except signing.BadSignature:
        return None
    return Submission.objects.select_related("channel").filter(pk=pk).first()
