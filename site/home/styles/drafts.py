"""A form that is kept while it is written, for those who build the next one; and one whose text is sensitive."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from common.permissions import is_staff_member
from drafts.forms import FormKind, register
from drafts.opening import finish_sent, keep_private, open_draft
from home.styles.samples import SampleForm

OBJECT = "malli"


def _may_write(user: Any, object_key: str) -> bool:
    return is_staff_member(user) and object_key == OBJECT


def _labels(object_key: str) -> dict[str, str]:
    return {name: str(field.label) for name, field in SampleForm.base_fields.items()}


def _shown(object_key: str, name: str, value: str) -> str:
    """What the form calls the value that was chosen."""
    choices = dict(getattr(SampleForm.base_fields.get(name), "choices", []))
    return str(choices.get(value, value))


def _kind(word: str, name: Any, is_sensitive: bool) -> FormKind:
    return register(
        FormKind(
            f"styles.{word}",
            name,
            max_length=5_000,
            kept_days=7,
            is_sensitive=is_sensitive,
            may_write=_may_write,
            address=lambda _object: reverse("styles:draft", args=[word]),
            labels=_labels,
            shown=_shown,
        )
    )


KINDS = {
    "tavallinen": _kind("tavallinen", gettext_lazy("A form that is kept"), False),
    "arkaluonteinen": _kind("arkaluonteinen", gettext_lazy("A form with a sensitive text"), True),
}


@require_http_methods(["GET", "HEAD", "POST"])
def draft_page(request: HttpRequest, word: str) -> HttpResponse:
    """The form opens with its draft; sending it ends the draft and sends nothing anywhere."""
    kind = KINDS.get(word)
    if kind is None or not is_staff_member(request.user):
        raise Http404
    form = SampleForm(request.POST or None)
    if form.is_valid():
        with transaction.atomic():
            finish_sent(request, kind.code, OBJECT)
        messages.success(request, _("The form was sent. Since it is a sample, it went nowhere."))
        return redirect(f"{request.path}?lahetetty=1")
    draft = open_draft(request, kind.code, OBJECT)
    if not form.is_bound:
        draft.fill(form)
    context = {"form": form, "draft": draft, "kind": kind, "is_sent": "lahetetty" in request.GET}
    return keep_private(render(request, "home/styles/draft_page.html", context))
