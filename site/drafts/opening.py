"""The seam for views: open a form with its draft, save without a script, and say that it was sent."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.datastructures import MultiValueDict

from drafts import services
from drafts.access import check_may_write, count_new_visitor
from drafts.errors import SignedOut
from drafts.forms import FormKind, kind_of
from drafts.models import Draft
from drafts.services import Clash, Saved
from drafts.texts import Fields, check_size, of_post
from drafts.writers import NEW_VISITOR, Writer, key_of, new_visitor


@dataclass(frozen=True)
class OpenedDraft:
    """A form's draft as its page needs it; `row` is None where nothing was ever written."""

    kind: FormKind
    object_key: str
    person: str
    row: Draft | None

    @property
    def version(self) -> int:
        return self.row.version if self.row else 0

    @property
    def fields(self) -> Fields:
        return self.row.fields if self.row and self.row.is_open else {}

    @property
    def is_begun(self) -> bool:
        """Whether the form goes on from a draft."""
        return bool(self.fields)

    @property
    def can_be_restored(self) -> bool:
        row = self.row
        return bool(row and row.status == Draft.Status.DISCARDED and row.saved_at > timezone.now() - services.UNDO)

    @property
    def has_copies(self) -> bool:
        """Whether there is another text to compare with."""
        return self.is_begun and self.row is not None and self.row.copies.exists()

    def url(self, name: str = "draft") -> str:
        return reverse(f"drafts:{name}", args=[self.kind.code, self.object_key])

    @property
    def restore_url(self) -> str:
        return self.url("restore")

    @property
    def discard_url(self) -> str:
        return self.url("discard")

    @property
    def compare_url(self) -> str:
        return self.url("compare")

    def fill(self, form: forms.BaseForm) -> None:
        """Let the form begin with what the draft holds, read as if it had been sent; nothing is validated."""
        if not self.is_begun:
            return
        data: MultiValueDict[str, Any] = MultiValueDict(self.fields)
        for name, field in form.fields.items():
            in_form = form.add_prefix(name)
            if not field.widget.value_omitted_from_data(data, MultiValueDict(), in_form):
                form.initial[name] = field.widget.value_from_datadict(data, MultiValueDict(), in_form)


def required_kind(code: str) -> FormKind:
    kind = kind_of(code)
    assert kind is not None, f"{code} is not registered"
    return kind


def open_draft(request: HttpRequest, form: str, object_key: str) -> OpenedDraft:
    """The draft of whoever asks, with one query; the answer must go through `keep_private`."""
    writer = Writer.of(request)
    row = services.find(writer=writer, form=form, object_key=object_key) if writer else None
    return OpenedDraft(required_kind(form), object_key, key_of(writer), row)


def keep_private(response: HttpResponse) -> HttpResponse:
    """A page with somebody's text is kept by nobody: neither the page cache nor the browser."""
    patch_cache_control(response, private=True, no_store=True)
    return response


def save_posted(request: HttpRequest, form: str, object_key: str, data: QueryDict | None = None) -> Saved | Clash:
    """Save what was sent by the button of a form without a script; raises Refused with the sentence to show.

    `data`: the form as it is to be kept, where that is not all that was sent or something was done to it.
    """
    kind = required_kind(form)
    writer = Writer.of(request)
    if not kind.allows_anonymous and (writer is None or writer.user_id is None):
        raise SignedOut
    text = of_post(request.POST if data is None else data)
    check_size(text.fields, kind, object_key)
    check_may_write(request, kind, writer, object_key)
    if writer is None:
        count_new_visitor(request)
        writer, cookie = new_visitor()
        setattr(request, NEW_VISITOR, cookie)
    return services.save(writer=writer, form=form, object_key=object_key, text=text)


def finish_sent(request: HttpRequest, form: str, object_key: str) -> None:
    """The form of this request is being sent, in the caller's transaction; the next page tells the device."""
    writer = Writer.of(request)
    if writer:
        services.finish(writer=writer, form=form, object_key=object_key)
