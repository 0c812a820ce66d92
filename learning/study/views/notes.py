"""Notes in the margin of a lesson, and all of a learner's notes on one page. Nobody else ever sees them."""

import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from common import shared
from common.errors import Refused
from common.numbers import whole
from common.personal_data import find
from learning.courses.models import CourseRun
from learning.study.finding import FIND, found_notes
from learning.study.models import Note
from learning.study.outline import Lesson
from learning.study.querysets import notes_of
from learning.study.services import notes as services
from learning.study.text import Part, text_of
from learning.study.views.opening import Opened, open_as_learner, private, sign_in_first

MOST_ON_PAGE = 300


@require_POST
def add(request: HttpRequest, code: str, lesson_id: int) -> HttpResponseBase:
    """Write a note under a heading of the lesson."""
    opened = open_as_learner(request, code, back=reverse("study:lesson", args=[code, lesson_id]))
    if not isinstance(opened, Opened):
        return opened
    lesson = opened.lesson(lesson_id)
    text = text_of(lesson, request)
    place = request.POST.get("place", "")
    part = next((part for part in text.parts if part.place == place), None)
    person: Any = request.user
    try:
        services.write_note(
            learner=person,
            lesson_id=lesson.pk,
            place=place if part else "",
            heading=part.heading if part else "",
            text=request.POST.get("text", ""),
            public_id=_id_of(request.POST.get("id", "")),
        )
    except Refused as refusal:
        return _refused(request, opened.run, lesson, place, refusal)
    _warn(request)
    return _margin(request, opened.run, lesson, place)


@require_POST
def change(request: HttpRequest, code: str, public_id: uuid.UUID) -> HttpResponseBase:
    """Change, delete or take back a note of one's own, as the pressed button says."""
    opened = open_as_learner(request, code)
    if not isinstance(opened, Opened):
        return opened
    note = Note.objects.filter(public_id=public_id, learner_id=request.user.pk).first()
    if note is None:
        raise Http404
    lesson = opened.lesson(note.lesson_id)
    act = request.POST.get("act", "change")
    try:
        if act == "delete":
            services.delete_note(note=note)
        elif act == "restore":
            services.restore_note(note=note)
        else:
            services.change_note(note=note, text=request.POST.get("text", ""), base=whole(request.POST.get("base", "")))
    except Refused as refusal:
        return _refused(request, opened.run, lesson, note.place, refusal)
    if act == "change":
        _warn(request)
    return _margin(request, opened.run, lesson, note.place, deleted=note if act == "delete" else None)


def _warn(request: HttpRequest) -> None:
    """Tell what kinds of personal data the note seems to hold. A script has told it already, while it was written."""
    kinds = dict.fromkeys(each.kind for each in find(request.POST.get("text", "")))
    if kinds and "fragment" not in request.POST and request.accepts("text/html"):
        named = ", ".join(str(kind.label) for kind in kinds)
        text = _("The note is saved. It seems to hold personal data (%(kinds)s): write so that no client can be known.")
        messages.warning(request, text % {"kinds": named})


def _margin(
    request: HttpRequest, run: CourseRun, lesson: Lesson, place: str, deleted: Note | None = None
) -> HttpResponseBase:
    """Back to the lesson at the heading; a script gets the notes of the heading alone."""
    if request.accepts("text/html") and "fragment" not in request.POST:
        query = f"?poistettu={deleted.public_id}" if deleted else ""
        url = reverse("study:lesson", args=[run.code, lesson.pk])
        return private(redirect(f"{url}{query}#muistiinpanot-{place}"))
    text = text_of(lesson, request)
    places = {part.place for part in text.parts}
    first = text.parts[0].place if text.parts else ""
    shown = place if place in places else first
    part = next((part for part in text.parts if part.place == shown), Part("", "", text.parts[0].html, 1.0))
    rows = notes_of(request.user).filter(lesson_id=lesson.pk)
    notes = [note for note in rows if (note.place if note.place in places else first) == shown]
    context = {"run": run, "lesson": lesson, "part": part, "notes": notes, "deleted": deleted, "new_id": uuid.uuid4}
    return private(render(request, "learning/study/_margin.html", context))


def _refused(request: HttpRequest, run: CourseRun, lesson: Lesson, place: str, refusal: Refused) -> HttpResponseBase:
    """The sentence, with what was written: nothing is lost."""
    if not request.accepts("text/html") or "fragment" in request.POST:
        return private(JsonResponse({"sentence": str(refusal)}, status=422))
    context = {
        "run": run,
        "lesson": lesson,
        "place": place,
        "text": request.POST.get("text", "")[: 4 * services.LONGEST],
        "refusal": refusal,
        "action": request.path,
        "back": reverse("study:lesson", args=[run.code, lesson.pk]),
    }
    return private(render(request, "learning/study/note_refused.html", context, status=422))


def _id_of(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


@require_safe
def notes(request: HttpRequest) -> HttpResponseBase:
    """All of the person's notes by course and lesson, or those that fit what was typed."""
    if not request.user.is_authenticated:
        return sign_in_first(request, "")
    found = found_notes(request)
    context = {"groups": found.groups, "typed": found.typed, "total": found.total, "number": found.number, "find": FIND}
    html = shared.of_parts(request, "learning/study/notes_frame.html", {}, "learning/study/notes.html", context)
    return private(HttpResponse(html))


@require_safe
@login_required
def export(request: HttpRequest) -> HttpResponse:
    """All notes as a text file that any program opens."""
    lines = []
    for group in found_notes(request, everything=True).groups:
        lines += [group.title, "=" * len(group.title), ""]
        for note in group.notes:
            lines += [*([note.heading, ""] if note.heading else []), note.text, ""]
    # With the mark of UTF-8: else Windows' Notepad of old shows ä as two letters.
    body = "\ufeff" + "\r\n".join("\n".join(lines).splitlines()) + "\r\n"
    response = HttpResponse(body, content_type="text/plain; charset=utf-8")
    name = _("notes")
    response["Content-Disposition"] = f'attachment; filename="{name}.txt"'
    return private(response)
