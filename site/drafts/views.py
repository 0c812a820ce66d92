"""The drafts' addresses: JSON for the script of the page; what works without it is in pages.py."""

import functools
from collections.abc import Callable
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from common.errors import Refused
from drafts import services
from drafts.access import check_may_write, count_new_visitor, writer_of
from drafts.errors import NotKept, TooLarge
from drafts.forms import FormKind, kind_of
from drafts.models import Draft
from drafts.services import Clash
from drafts.texts import Text, check_size, of_json
from drafts.writers import NEW_VISITOR, Writer, key_of, new_visitor

View = Callable[[HttpRequest, FormKind, str], HttpResponse]


def answering(view: View) -> Callable[[HttpRequest, str, str], HttpResponse]:
    """Find the kind of form, answer refusals with their sentence, and let nobody keep what is answered."""

    @functools.wraps(view)
    def answer(request: HttpRequest, form: str, object_key: str) -> HttpResponse:
        kind = kind_of(form)
        if kind is None:
            raise Http404
        try:
            response = view(request, kind, object_key)
        except Refused as refusal:
            response = _refusal(refusal)
        patch_cache_control(response, private=True, no_store=True)
        return response

    return answer


@require_http_methods(["GET", "HEAD", "PUT", "DELETE"])
@answering
def draft(request: HttpRequest, kind: FormKind, object_key: str) -> HttpResponse:
    if request.method == "PUT":
        return _put(request, kind, object_key)
    writer = writer_of(request, kind)
    if request.method == "DELETE":
        if not kind.can_be_discarded:
            raise Http404
        gone = writer and services.discard(writer=writer, form=kind.code, object_key=object_key)
        return JsonResponse({"version": gone.version if gone else 0})
    found = writer and services.find(writer=writer, form=kind.code, object_key=object_key)
    # Whoever comes back after signing in again goes on with the token of the new session.
    more = {"person": key_of(writer), "csrf": get_token(request)}
    return JsonResponse((described(found) if found else {"version": 0, "status": "none"}) | more)


@require_POST
@answering
def restore(request: HttpRequest, kind: FormKind, object_key: str) -> HttpResponse:
    """Undo discarding."""
    writer = writer_of(request, kind)
    check_may_write(request, kind, writer, object_key)
    found = writer and services.restore(writer=writer, form=kind.code, object_key=object_key)
    if not found:
        raise NotKept(_("The draft cannot be brought back any more."))
    return JsonResponse(described(found))


def _put(request: HttpRequest, kind: FormKind, object_key: str) -> HttpResponse:
    writer = writer_of(request, kind)
    text = _text(request, kind, object_key)
    check_may_write(request, kind, writer, object_key)
    if writer is None:
        count_new_visitor(request)
        writer, cookie = new_visitor()
        setattr(request, NEW_VISITOR, cookie)
    return _saved(writer, kind, object_key, text)


def _text(request: HttpRequest, kind: FormKind, object_key: str) -> Text:
    try:
        text = of_json(request.body)
    except RequestDataTooBig:
        raise TooLarge from None
    check_size(text.fields, kind, object_key)
    return text


def _saved(writer: Writer, kind: FormKind, object_key: str, text: Text) -> JsonResponse:
    outcome = services.save(writer=writer, form=kind.code, object_key=object_key, text=text)
    if isinstance(outcome, Clash):
        told = _("This has been changed in another tab or on another device. Both texts are kept.")
        compare = reverse("drafts:compare", args=[kind.code, object_key])
        return JsonResponse(described(outcome.draft) | {"message": told, "compare": compare}, status=409)
    return JsonResponse({"version": outcome.version, "saved_at": outcome.saved_at})


def described(draft: Draft) -> dict[str, Any]:
    return {
        "version": draft.version,
        "status": draft.status,
        "saved_at": draft.saved_at,
        # What was discarded is shown again only when it is brought back.
        "fields": draft.fields if draft.is_open else {},
    }


def _refusal(refusal: Refused) -> JsonResponse:
    told = {"message": str(refusal.message)}
    if not isinstance(refusal, NotKept):
        return JsonResponse({"error": "refused", **told}, status=403)
    if refusal.field:
        told["field"] = refusal.field
    return JsonResponse({"error": refusal.code, **told}, status=refusal.status)
