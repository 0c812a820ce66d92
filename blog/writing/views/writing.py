"""/blogi/kirjoita/<key>/: the one page where a text is written, until it is sent."""

import uuid
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from blog.working import flow
from blog.writing import pictures
from blog.writing.unsent import FORM, Unsent
from common.errors import Refused
from common.files import file_response
from common.limits import Limit
from drafts.models import Draft
from drafts.opening import OpenedDraft, keep_private, open_draft, save_posted
from drafts.services import Clash
from drafts.texts import of_post, without

# What the page's buttons are called; they are no part of the text.
BUTTONS = ("save", "check", "add_picture", "remove_picture")
PRIVATE = "private, no-store"
# A classroom behind one address adds one each; a file takes room for as long as its draft is kept.
PICTURES = Limit("blog-pictures", 60, 3600)


@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, key: uuid.UUID) -> HttpResponseBase:
    """The draft in its form; POST saves it and goes where the pressed button leads."""
    if request.method == "POST":
        return _posted(request, key)
    draft = open_draft(request, FORM, str(key))
    if is_sent(draft):
        return keep_private(redirect("blog:writing_sent", key))
    return _page(request, draft, Unsent(request, key, draft.fields))


def is_sent(draft: OpenedDraft) -> bool:
    return draft.row is not None and draft.row.status == Draft.Status.FINISHED


def _posted(request: HttpRequest, key: uuid.UUID) -> HttpResponseBase:
    pressed = next((name for name in BUTTONS if name in request.POST), "save")
    text = without(request.POST, BUTTONS)
    complaint = _keep_picture(request, key, text, pressed)
    try:
        outcome = save_posted(request, FORM, str(key), text)
    except Refused as refusal:
        return _again(request, key, text, str(refusal.message))
    draft = open_draft(request, FORM, str(key))
    if isinstance(outcome, Clash):
        return keep_private(redirect(draft.compare_url))
    if complaint:
        return _page(request, draft, Unsent(request, key, of_post(text).fields), picture_error=complaint, status=422)
    if pressed == "check":
        return keep_private(redirect("blog:writing_check", key))
    anchor = "#kuva" if pressed in {"add_picture", "remove_picture"} else ""
    response = redirect("blog:writing", key)
    response["Location"] += anchor
    return keep_private(response)


def _again(request: HttpRequest, key: uuid.UUID, text: QueryDict, refusal: str) -> HttpResponse:
    """What could not be saved stands in the form as it came."""
    unsent = Unsent(request, key, of_post(text).fields)
    return _page(request, open_draft(request, FORM, str(key)), unsent, refusal=refusal, status=422)


def _keep_picture(request: HttpRequest, key: uuid.UUID, text: QueryDict, pressed: str) -> str:
    """Put the word of the new picture into the text; return what is wrong with the file, or ''."""
    stored, file = text.get("picture_stored", ""), request.FILES.get("picture")
    if pressed == "remove_picture":
        pictures.remove(key, stored)
        text["picture_stored"] = ""
        return ""
    if file is None:
        return ""
    if PICTURES.spend(request):
        return _("Too many pictures have come from your network in this hour. Add the picture later.")
    try:
        text["picture_stored"] = pictures.keep(key, file, instead_of=stored)
    except ValidationError as error:
        return " ".join(error.messages)
    return ""


def _page(request: HttpRequest, draft: OpenedDraft, unsent: Unsent, *, status: int = 200, **told: Any) -> HttpResponse:
    context = {"draft": draft, "unsent": unsent, "flow": flow.of_draft(), "is_unsaved": "refusal" in told, **told}
    return keep_private(render(request, "blog/writing/write.html", context, status=status))


@require_safe
def picture(request: HttpRequest, key: uuid.UUID) -> HttpResponseBase:
    """The picture of the asker's own draft."""
    stored = open_draft(request, FORM, str(key)).fields.get("picture_stored") or [""]
    name = pictures.name_of(key, stored[-1])
    if not name:
        raise Http404
    # The private storage is a folder on this machine.
    path = Path(default_storage.path(name))
    return file_response(request, path, name=path.name, cache_control=PRIVATE)
