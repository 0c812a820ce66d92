"""What can be done with a draft without a script: compare two texts, discard, undo."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from common.errors import Refused
from drafts import services
from drafts.access import check_may_write
from drafts.comparing import comparison
from drafts.errors import NotKept
from drafts.forms import FormKind, kind_of
from drafts.models import Draft
from drafts.opening import keep_private
from drafts.writers import Writer

Act = Callable[[HttpRequest, FormKind, Writer, str], str]


@require_http_methods(["GET", "HEAD", "POST"])
def compare(request: HttpRequest, form: str, object_key: str) -> HttpResponse:
    """Both texts, field by field; a POST chooses one of them."""
    kind, writer, draft = _found(request, form, object_key)
    if request.method == "POST":
        return _acted(request, kind, writer, object_key, _choose)
    compared = [comparison(kind, draft, copy) for copy in draft.copies.all()]
    context = {"kind": kind, "draft": draft, "comparisons": compared, "back": kind.address(object_key)}
    return keep_private(render(request, "drafts/compare.html", context))


@require_http_methods(["GET", "HEAD", "POST"])
def discard(request: HttpRequest, form: str, object_key: str) -> HttpResponse:
    """Ask, then take the draft away; what was taken away comes back from the same address."""
    kind, writer, draft = _found(request, form, object_key)
    if draft.is_open and not kind.can_be_discarded:
        raise Http404
    if request.method != "POST":
        return keep_private(render(request, "drafts/discard.html", {"kind": kind, "draft": draft}))
    return _acted(request, kind, writer, object_key, _discard)


def _acted(request: HttpRequest, kind: FormKind, writer: Writer, object_key: str, act: Act) -> HttpResponse:
    """Do it, and go back to the form with the outcome."""
    try:
        messages.success(request, act(request, kind, writer, object_key))
    except Refused as refusal:
        messages.error(request, str(refusal.message))
    return keep_private(redirect(kind.address(object_key) or "home:mine"))


def _choose(request: HttpRequest, kind: FormKind, writer: Writer, object_key: str) -> str:
    check_may_write(request, kind, writer, object_key)
    chosen = request.POST.get("choose", "")
    if chosen == "kept":
        services.drop_copies(writer=writer, form=kind.code, object_key=object_key)
        return _("The saved text stays as it is. The others have been erased.")
    if services.choose(writer=writer, form=kind.code, object_key=object_key, copy=chosen):
        return _("The draft is now the text that you chose. The other one is kept beside it.")
    raise NotKept(_("That text is no longer there."))


def _discard(request: HttpRequest, kind: FormKind, writer: Writer, object_key: str) -> str:
    if "restore" not in request.POST:
        services.discard(writer=writer, form=kind.code, object_key=object_key)
        return _("The draft has been discarded. It can be brought back for a day.")
    check_may_write(request, kind, writer, object_key)
    if not services.restore(writer=writer, form=kind.code, object_key=object_key):
        raise NotKept(_("The draft cannot be brought back any more."))
    return _("The draft has been brought back.")


def _found(request: HttpRequest, form: str, object_key: str) -> tuple[FormKind, Writer, Draft]:
    """What the asker is writing in the form; 404 where there is nothing of theirs."""
    kind, writer = kind_of(form), Writer.of(request)
    draft = services.find(writer=writer, form=form, object_key=object_key) if kind and writer else None
    if kind is None or writer is None or draft is None or draft.status == Draft.Status.FINISHED:
        raise Http404
    return kind, writer, draft
