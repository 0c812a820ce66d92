"""Saving, reading, discarding, finishing: one transaction each, or part of the caller's."""

import datetime
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from drafts.errors import Finished, TooMany, TooOften
from drafts.models import Draft, DraftCopy
from drafts.texts import Fields, Text
from drafts.writers import Writer

SAVES_PER_MINUTE = 120
# Many courses with a quiz each, and a few texts.
MOST_DRAFTS = 300
MOST_DRAFTS_OF_VISITOR = 20
MOST_COPIES = 8
MINUTE = datetime.timedelta(minutes=1)
UNDO = datetime.timedelta(days=1)


@dataclass(frozen=True)
class Saved:
    """The draft holds the text that was sent, or a later one of the same tab."""

    version: int
    saved_at: datetime.datetime


@dataclass(frozen=True)
class Clash:
    """The draft was changed elsewhere since. It holds that text; what was sent is kept beside it, as a copy."""

    draft: Draft


@transaction.atomic
def save(*, writer: Writer, form: str, object_key: str, text: Text) -> Saved | Clash:
    """Keep the text as the next version; of two that started from the same one, the first wins.

    Saving the same again gives the same answer: what was lost on the way may be repeated. Raises Finished where the
    form has been sent meanwhile, and TooOften or TooMany.
    """
    draft, is_new = Draft.objects.select_for_update().get_or_create(
        **_key(writer, form, object_key), defaults=_beginning(text)
    )
    if is_new:
        _refuse_too_many(writer)
    if draft.status == Draft.Status.FINISHED and text.base != draft.version:
        raise Finished
    if draft.is_open and (draft.fields == text.fields or _is_overtaken(draft, text)) and not is_new:
        return Saved(draft.version, draft.saved_at)
    _count(draft)
    if text.base not in {None, draft.version} and not _is_own(draft, text):
        _keep_copy(draft, text.device, text.fields)
        return Clash(draft)
    _settle(draft, text)
    return _write(draft, text)


def read(*, writer: Writer, form: str, object_key: str) -> Draft | None:
    """The draft that is being written, if there is one."""
    draft = find(writer=writer, form=form, object_key=object_key)
    return draft if draft and draft.is_open else None


def find(*, writer: Writer, form: str, object_key: str) -> Draft | None:
    """The row of the draft, also when it was sent or discarded: its version is what a new text starts from."""
    return Draft.objects.filter(**_key(writer, form, object_key)).first()


@transaction.atomic
def discard(*, writer: Writer, form: str, object_key: str) -> Draft | None:
    """Take the draft away; it can be brought back for a day."""
    draft = _locked(writer, form, object_key)
    if draft and draft.is_open:
        _change(draft, status=Draft.Status.DISCARDED)
    return draft


@transaction.atomic
def restore(*, writer: Writer, form: str, object_key: str) -> Draft | None:
    """Bring a discarded draft back; None where there is none any more."""
    draft = _locked(writer, form, object_key)
    if draft and draft.status == Draft.Status.DISCARDED and draft.saved_at > timezone.now() - UNDO:
        _change(draft, status=Draft.Status.OPEN)
    return draft if draft and draft.is_open else None


@transaction.atomic
def finish(*, writer: Writer, form: str, object_key: str) -> Fields:
    """The form is being sent, in the caller's transaction: return what the draft held and erase it.

    What another tab saves from now on is refused, even if the draft had never been saved before. A form that may be
    sent again starts from the version that is left.
    """
    draft, _is_new = Draft.objects.select_for_update().get_or_create(
        **_key(writer, form, object_key), defaults=_beginning(Text({}, 0))
    )
    held: Fields = draft.fields if draft.is_open else {}
    draft.copies.all().delete()
    # A version of its own each time: a page that was opened after the last sending is now old, too.
    _change(draft, status=Draft.Status.FINISHED, fields={}, device="", turn=0)
    return held


@transaction.atomic
def choose(*, writer: Writer, form: str, object_key: str, copy: str) -> Draft | None:
    """Put the copy in the place of the draft, whose text becomes a copy; None where there is no such copy."""
    draft = _locked(writer, form, object_key)
    copies = draft.copies.all() if draft and draft.is_open else []
    chosen = next((each for each in copies if str(each.public_id) == copy), None)
    if draft is None or chosen is None:
        return None
    chosen.delete()
    _keep_copy(draft, draft.device, draft.fields)
    # Of no tab: each one that is open is told of the change before it saves.
    _change(draft, fields=chosen.fields, device="", turn=0)
    return draft


@transaction.atomic
def drop_copies(*, writer: Writer, form: str, object_key: str) -> None:
    """Keep the draft as it is and nothing beside it."""
    DraftCopy.objects.filter(draft__in=Draft.objects.filter(**_key(writer, form, object_key))).delete()


@transaction.atomic
def hand_over(*, visitor: Writer, to: Writer) -> int:
    """Give the visitor's drafts to the person who has signed in; return how many.

    Where the person has a text of their own, it stays and the visitor's is kept beside it.
    """
    handed = 0
    for draft in Draft.objects.select_for_update().filter(visitor.rows, status=Draft.Status.OPEN).order_by("pk"):
        own, is_new = Draft.objects.select_for_update().get_or_create(
            **_key(to, draft.form, draft.object), defaults=_beginning(Text({}, draft.version))
        )
        if is_new or not own.is_open:
            _change(own, status=Draft.Status.OPEN, fields=draft.fields, device=draft.device, turn=draft.turn)
        elif own.fields != draft.fields:
            _keep_copy(own, draft.device, draft.fields)
        handed += 1
    Draft.objects.filter(visitor.rows).delete()
    return handed


def _key(writer: Writer, form: str, object_key: str) -> dict[str, object]:
    return {**writer.columns, "form": form, "object": object_key}


def _beginning(text: Text) -> dict[str, object]:
    now = timezone.now()
    return {"version": text.base or 0, "saved_at": now, "counted_from": now}


def _locked(writer: Writer, form: str, object_key: str) -> Draft | None:
    return Draft.objects.select_for_update().filter(**_key(writer, form, object_key)).first()


def _is_own(draft: Draft, text: Text) -> bool:
    """Whether the same tab saved last: it had not heard of it yet."""
    return draft.is_open and bool(text.device) and draft.device == text.device


def _is_overtaken(draft: Draft, text: Text) -> bool:
    """Whether a later save of the same tab has come already."""
    return _is_own(draft, text) and text.turn <= draft.turn


def _settle(draft: Draft, text: Text) -> None:
    """A tab that had lost and goes on all the same has chosen its own text; the other one is kept in its place."""
    if not text.device or text.device == draft.device:
        return
    if draft.copies.filter(device=text.device).delete()[0] and draft.is_open:
        _keep_copy(draft, draft.device, draft.fields)


def _keep_copy(draft: Draft, device: str, fields: Fields) -> None:
    if device:
        draft.copies.filter(device=device).delete()
    draft.copies.create(device=device, fields=fields, saved_at=timezone.now())
    old = draft.copies.values_list("pk", flat=True)[MOST_COPIES:]
    draft.copies.filter(pk__in=list(old)).delete()


def _write(draft: Draft, text: Text) -> Saved:
    _change(draft, status=Draft.Status.OPEN, fields=text.fields, device=text.device, turn=text.turn)
    return Saved(draft.version, draft.saved_at)


def _change(draft: Draft, **values: object) -> None:
    """Write the next version. `update`, since nothing listens to the saving of drafts, and it happens all the time."""
    values |= {"version": draft.version + 1, "saved_at": timezone.now()}
    Draft.objects.filter(pk=draft.pk).update(**values, counted_from=draft.counted_from, counted=draft.counted)
    for name, value in values.items():
        setattr(draft, name, value)


def _count(draft: Draft) -> None:
    now = timezone.now()
    if now - draft.counted_from >= MINUTE:
        draft.counted_from, draft.counted = now, 0
    if draft.counted >= SAVES_PER_MINUTE:
        raise TooOften
    draft.counted += 1


def _refuse_too_many(writer: Writer) -> None:
    most = MOST_DRAFTS if writer.user_id is not None else MOST_DRAFTS_OF_VISITOR
    if Draft.objects.filter(writer.rows, status=Draft.Status.OPEN).count() > most:
        raise TooMany
