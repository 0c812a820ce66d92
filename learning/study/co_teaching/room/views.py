"""The pages of the teachers' room of a course. For others than those who teach a run of it they do not exist."""

import functools
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any, Concatenate, ParamSpec

from django.contrib import messages
from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from common.errors import Refused
from common.files import file_response
from common.listing import Pages
from drafts.opening import finish_sent, open_draft
from learning.courses.models import Course
from learning.study.co_teaching.room import errors, services
from learning.study.co_teaching.room.forms import NEW, NOTE, NoteForm
from learning.study.models import RoomFile, RoomNote
from learning.study.permissions import runs_taught_by
from learning.study.views.opening import private

P = ParamSpec("P")
ON_PAGE = 25
MOST_WORDS = 8
SEARCH = "q"
methods = require_http_methods(["GET", "HEAD", "POST"])


def of_own_course(
    view: Callable[Concatenate[HttpRequest, Course, P], HttpResponseBase],
) -> Callable[..., HttpResponseBase]:
    """Give the view the course of the address."""

    @functools.wraps(view)
    def opened(request: HttpRequest, course_id: int, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not services.is_of_the_course(request.user, course_id):
            raise Http404
        return view(request, get_object_or_404(Course, pk=course_id), *args, **kwargs)

    return opened


@require_safe
@of_own_course
def course_room(request: HttpRequest, course: Course) -> HttpResponse:
    """The notes, or those that have all of the words that were asked for."""
    typed = " ".join(request.GET.get(SEARCH, "")[:200].split())
    every = RoomNote.objects.filter(course=course, deleted_at=None)
    notes = _with_words(every, typed).select_related("author", "edited_by").annotate(number_of_files=Count("files"))
    context = {
        "notes": Pages(request, notes.order_by("-is_pinned", "-at", "-pk"), ON_PAGE),
        "typed": typed,
        "find": SEARCH,
        "is_empty": not typed and not every.exists(),
        "runs": runs_taught_by(request.user).filter(course=course).order_by("-starts"),
        "deleted": RoomNote.objects.filter(course=course).exclude(deleted_at=None).order_by("-deleted_at")[:ON_PAGE],
    }
    return _page(request, course, "room", _("Teachers' room"), context)


def _with_words(notes: "QuerySet[RoomNote]", typed: str) -> "QuerySet[RoomNote]":
    for word in typed.split()[:MOST_WORDS]:
        named = RoomFile.objects.filter(name__icontains=word).values("note")
        notes = notes.filter(Q(title__icontains=word) | Q(text__icontains=word) | Q(pk__in=named))
    return notes


@require_safe
@of_own_course
def room_note(request: HttpRequest, course: Course, public_id: uuid.UUID) -> HttpResponse:
    note = _note(course, public_id)
    return _page(request, course, "note", note.title, {"note": note, "files": note.files.all()})


@methods
@of_own_course
def room_note_new(request: HttpRequest, course: Course) -> HttpResponseBase:
    form = NoteForm(request.POST, request.FILES) if request.method == "POST" else NoteForm()
    key = f"{NEW}{course.pk}"

    def write() -> RoomNote:
        return services.write(course=course, by=_me(request), key=form.cleaned_data["key"], **form.written)

    return _written(request, course, form, key, write) or _form_page(request, course, _("New note"), form, key)


@methods
@of_own_course
def room_note_change(request: HttpRequest, course: Course, public_id: uuid.UUID) -> HttpResponseBase:
    note, key = _note(course, public_id), str(public_id)
    form = NoteForm(request.POST, request.FILES, note=note) if request.method == "POST" else NoteForm(note=note)

    def change() -> RoomNote:
        seen, without = form.cleaned_data["version"] or 0, form.cleaned_data.get("without", ())
        return services.change(note=note, by=_me(request), version=seen, without=without, **form.written)

    answer = _written(request, course, form, key, change)
    return answer or _form_page(request, course, _("Change the note"), form, key, note)


def _written(
    request: HttpRequest, course: Course, form: NoteForm, key: str, act: Callable[[], RoomNote]
) -> HttpResponseBase | None:
    """Do what a valid form asks and go to the note; None where the form has to be shown."""
    if not form.is_bound or not form.is_valid():
        return None
    try:
        with transaction.atomic():
            note = act()
            finish_sent(request, NOTE, key)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        if isinstance(refusal, errors.ChangedMeanwhile):
            _take_the_newer_version(form, key)
        return None
    messages.success(request, _("The note is saved."))
    return redirect("room_note", course.pk, note.public_id)


def _take_the_newer_version(form: NoteForm, key: str) -> None:
    """The next press, after the other text has been seen beside one's own, is meant."""
    newest = RoomNote.objects.values_list("version", flat=True).get(public_id=key)
    sent: Any = form.data.copy()  # type: ignore[attr-defined]
    sent["version"] = str(newest)
    form.data = sent


def _form_page(
    request: HttpRequest, course: Course, title: str, form: NoteForm, key: str, note: RoomNote | None = None
) -> HttpResponse:
    draft = open_draft(request, NOTE, key)
    if not form.is_bound:
        draft.fill(form)
    other = None
    if note is not None and form.is_bound and form.non_field_errors():
        other = _note(course, note.public_id)
    context = {"form": form, "draft": draft, "note": note, "other": other}
    return _page(request, course, "note_form", title, context, status=422 if form.is_bound else 200)


@require_POST
@of_own_course
def room_note_delete(request: HttpRequest, course: Course, public_id: uuid.UUID) -> HttpResponseBase:
    services.delete(note=_note(course, public_id), by=_me(request))
    messages.success(request, _("The note is deleted. It can be brought back for 30 days, at the end of this page."))
    return redirect("course_room", course.pk)


@require_POST
@of_own_course
def room_note_restore(request: HttpRequest, course: Course, public_id: uuid.UUID) -> HttpResponseBase:
    note = get_object_or_404(RoomNote, course=course, public_id=public_id)
    services.restore(note=note, by=_me(request))
    messages.success(request, _("The note is back."))
    return redirect("room_note", course.pk, public_id)


@require_safe
@of_own_course
def room_file(request: HttpRequest, course: Course, public_id: uuid.UUID) -> HttpResponseBase:
    """A file to save, under the name that it came with."""
    row = get_object_or_404(RoomFile, public_id=public_id, note__course=course, note__deleted_at=None)
    response = file_response(request, Path(row.file.path), name=row.name, cache_control="private, no-store")
    response["Content-Disposition"] = response["Content-Disposition"].replace("inline", "attachment", 1)
    response["X-Robots-Tag"] = "noindex"
    return response


def _note(course: Course, public_id: uuid.UUID) -> RoomNote:
    rows = RoomNote.objects.select_related("author", "edited_by")
    return get_object_or_404(rows, course=course, public_id=public_id, deleted_at=None)


def _page(
    request: HttpRequest, course: Course, name: str, title: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    frame = {"course": course, "title": title, "room_url": reverse("course_room", args=[course.pk])}
    template = f"learning/study/co_teaching/room/{name}.html"
    return private(render(request, template, frame | context, status=status))


def _me(request: HttpRequest) -> Any:
    return request.user


def desk_urls() -> list[Any]:
    room = "kurssit/<int:course_id>/huone/"
    return [
        path(room, course_room, name="course_room"),
        path(f"{room}uusi/", room_note_new, name="room_note_new"),
        path(f"{room}tiedosto/<uuid:public_id>/", room_file, name="room_file"),
        path(f"{room}<uuid:public_id>/", room_note, name="room_note"),
        path(f"{room}<uuid:public_id>/muokkaa/", room_note_change, name="room_note_change"),
        path(f"{room}<uuid:public_id>/poista/", room_note_delete, name="room_note_delete"),
        path(f"{room}<uuid:public_id>/palauta/", room_note_restore, name="room_note_restore"),
    ]
