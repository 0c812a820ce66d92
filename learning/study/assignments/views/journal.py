"""…/paivakirja/: the entries of a learning journal, for their writer alone."""

import uuid
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from common.errors import Refused
from drafts import services as draft_services
from drafts.errors import Finished
from drafts.opening import OpenedDraft, keep_private, open_draft, save_posted
from drafts.services import Clash
from drafts.texts import Fields, of_post, without
from drafts.writers import Writer
from learning.study.assignments import journal
from learning.study.assignments.drafting import ENTRY
from learning.study.assignments.forms import EntryForm
from learning.study.assignments.views.opening import OpenedWork, open_own_work
from learning.study.assignments.views.writing import signed_out
from learning.study.models import JournalEntry
from texts.fields import NOTATION, WORDS, Aim, BodyField, read_or_empty
from texts.findings import in_words

BUTTONS = ("save", "finish", "personal_data_seen")


def _opened(request: HttpRequest, code: str, assignment: str) -> OpenedWork | HttpResponseBase:
    work = open_own_work(request, code, assignment)
    if isinstance(work, OpenedWork) and not work.assignment.is_journal:
        raise Http404
    return work


@require_safe
def entries(request: HttpRequest, code: str, assignment: str) -> HttpResponseBase:
    """All entries, what is expected, and those that were deleted and can be taken back."""
    work = _opened(request, code, assignment)
    if not isinstance(work, OpenedWork):
        return work
    rows = list(journal.entries_of(work.learner, work.run_assignment))
    context = {
        "entries": rows,
        "deleted": list(journal.deleted_of(work.learner, work.run_assignment)),
        "draft": open_draft(request, ENTRY, work.key),
        "rules": work.rules,
        "handed_in": work.versions[0] if work.versions else None,
        "words": sum(row.words for row in rows),
    }
    return work.page(request, "journal.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, code: str, assignment: str) -> HttpResponseBase:
    return _write(request, code, assignment, None)


@require_http_methods(["GET", "HEAD", "POST"])
def entry(request: HttpRequest, code: str, assignment: str, entry: uuid.UUID) -> HttpResponseBase:
    return _write(request, code, assignment, entry)


def _write(request: HttpRequest, code: str, assignment: str, key: uuid.UUID | None) -> HttpResponseBase:
    if request.method == "POST" and not request.user.is_authenticated:
        return signed_out(request, request.path)
    work = _opened(request, code, assignment)
    if not isinstance(work, OpenedWork):
        return work
    row = _entry(work, key) if key else None
    if request.method == "POST":
        return _posted(request, work, row)
    if not work.learner.is_studying:
        return redirect(work.url("journal"))
    draft = open_draft(request, ENTRY, _key(work, row))
    return _page(request, work, row, draft, draft.fields or _fields_of(row))


def _entry(work: OpenedWork, key: uuid.UUID) -> JournalEntry:
    row = journal.entries_of(work.learner, work.run_assignment).filter(public_id=key).first()
    if row is None:
        raise Http404
    return row


def _key(work: OpenedWork, row: JournalEntry | None) -> str:
    return f"{work.key}:{row.public_id.hex}" if row else work.key


def _fields_of(row: JournalEntry | None) -> Fields:
    if row is None:
        return {}
    notation = journal.flat_of_entry(row).notation()
    return {"title": [row.title], "body": [notation], "body_format": [NOTATION]}


def _one(fields: Fields, name: str) -> str:
    return (fields.get(name) or [""])[-1]


def _posted(request: HttpRequest, work: OpenedWork, row: JournalEntry | None) -> HttpResponse:
    asked = request.POST
    text = without(asked, BUTTONS)
    fields, key = of_post(text).fields, _key(work, row)
    told: dict[str, Any] = {}
    try:
        if isinstance(save_posted(request, ENTRY, key, text), Clash):
            return keep_private(redirect(open_draft(request, ENTRY, key).compare_url))
        if "save" in asked:
            return keep_private(redirect(request.path))
        form = EntryForm(asked, flat=read_or_empty(_one(fields, "body"), _one(fields, "body_format")))
        if form.is_valid():
            return _finish(request, work, row, form, fields)
        told = {"form": form}
    except Finished:
        return keep_private(redirect(work.url("journal")))
    except Refused as refusal:
        told = {"refusal": refusal.message}
    return _page(request, work, row, open_draft(request, ENTRY, key), fields, status=422, **told)


@transaction.atomic
def _finish(
    request: HttpRequest, work: OpenedWork, row: JournalEntry | None, form: EntryForm, fields: Fields
) -> HttpResponse:
    """The entry is there and its draft is gone, or nothing has happened."""
    writer = Writer.person(request.user)
    if not draft_services.finish(writer=writer, form=ENTRY, object_key=_key(work, row)):
        raise Finished
    body = _body(fields)
    if body.error:
        raise Refused(body.error)
    title, flat = form.cleaned_data["title"], read_or_empty(_one(fields, "body"), _one(fields, "body_format"))
    if row is None:
        journal.write_entry(enrolment=work.learner, run_assignment=work.run_assignment, title=title, text=flat)
    else:
        journal.change_entry(entry=row, title=title, text=flat)
    messages.success(request, _("The entry is in your journal. Only you see it until you hand the journal in."))
    return keep_private(redirect(work.url("journal")))


def _body(fields: Fields) -> BodyField:
    return BodyField.of_posted(_one(fields, "body"), _one(fields, "body_format") or NOTATION, aim=Aim(unit=WORDS))


def _page(
    request: HttpRequest,
    work: OpenedWork,
    row: JournalEntry | None,
    draft: OpenedDraft,
    fields: Fields,
    *,
    form: EntryForm | None = None,
    status: int = 200,
    **told: Any,
) -> HttpResponse:
    flat = read_or_empty(_one(fields, "body"), _one(fields, "body_format"))
    title = _one(fields, "title")
    context = {
        "entry": row,
        "draft": draft,
        "form": form or EntryForm(flat=flat, initial={"title": title}),
        "body": _body(fields),
        "is_unsaved": "refusal" in told,
        "findings": in_words(title, flat.text) if form else [],
        **told,
    }
    return work.page(request, "entry.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: HttpRequest, code: str, assignment: str, entry: uuid.UUID) -> HttpResponseBase:
    """Asks where no script does; what was deleted can be taken back from the list for a week."""
    work = _opened(request, code, assignment)
    if not isinstance(work, OpenedWork):
        return work
    row = _entry(work, entry)
    if request.method != "POST":
        return work.page(request, "delete_entry.html", {"entry": row})
    journal.delete_entry(entry=row)
    messages.success(request, _("The entry is deleted. You can take it back on this page for a week."))
    return keep_private(redirect(work.url("journal")))


@require_POST
def restore(request: HttpRequest, code: str, assignment: str, entry: uuid.UUID) -> HttpResponseBase:
    work = _opened(request, code, assignment)
    if not isinstance(work, OpenedWork):
        return work
    row = journal.deleted_of(work.learner, work.run_assignment).filter(public_id=entry).first()
    if row is not None:
        journal.restore_entry(entry=row)
        messages.success(request, _("The entry is in your journal again."))
    return keep_private(redirect(work.url("journal")))
