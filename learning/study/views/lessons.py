"""A lesson as its learner reads it, and what they tell of it: done, where they are."""

import datetime
import uuid
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_POST, require_safe

from common import shared
from learning.study.models import Note
from learning.study.offline import is_offered, person_mark
from learning.study.outline import Lesson
from learning.study.querysets import notes_of, standing_of
from learning.study.services.progress import mark_done, mark_not_done, open_lesson, remember_place
from learning.study.standing import QuizRow, Standing
from learning.study.tasks import HANDED_IN, AssignmentRow
from learning.study.text import Part, Text, text_of
from learning.study.views.opening import Opened, open_as_learner, open_run, private


@dataclass(frozen=True)
class Step:
    """Where to go after the lesson: the next lesson, a task that is not done, or back to the run."""

    url: str
    title: str
    language: str
    lesson: Lesson | None = None
    task: QuizRow | AssignmentRow | None = None


@require_safe
def lesson(request: HttpRequest, code: str, lesson_id: int) -> HttpResponseBase:
    """The lesson with what is the learner's own around it."""
    opened = open_run(request, code)
    if not isinstance(opened, Opened):
        return opened
    lesson = opened.lesson(lesson_id)
    standing = standing_of(opened.run, opened.enrolment)
    before = standing.progress.get(lesson.pk)
    if opened.enrolment is not None and request.method == "GET":
        open_lesson(enrolment=opened.enrolment, lesson_id=lesson.pk, seen_at=before.seen_at if before else None)
    text = text_of(lesson, request)
    notes = [] if opened.is_preview else list(notes_of(request.user).filter(lesson_id=lesson.pk))
    previous, _following = opened.contents.neighbours(lesson)
    module = opened.contents.module_of(lesson)
    both = {"run": opened.run, "lesson": lesson, "is_preview": opened.is_preview}
    shared_by_all = both | {
        "module": module,
        "contents": opened.contents,
        "text": text,
        "previous": previous,
        "offline": is_offered(),
    }
    mine = both | {
        "row": standing.modules[lesson.module - 1],
        "progress": before,
        "place": text.heading_of(before.place) if before else "",
        "parts": _with_notes(text, notes),
        "deleted": _deleted(request, lesson),
        "next": step_after(standing, lesson),
        "person": person_mark(request.user),
        "new_id": uuid.uuid4,
    }
    template = "learning/study/lesson_preview.html" if opened.is_preview else "learning/study/lesson.html"
    html = shared.of_parts(request, template, shared_by_all, "learning/study/lesson_own.html", mine)
    return private(HttpResponse(html))


def _with_notes(text: Text, notes: Sequence[Note]) -> list[tuple[Part, list[Note]]]:
    """Each part with its notes; those under a heading that is no more stand at the beginning."""
    by_place: defaultdict[str, list[Note]] = defaultdict(list)
    places = {part.place for part in text.parts}
    for note in notes:
        by_place[note.place if note.place in places else text.parts[0].place if text.parts else ""].append(note)
    return [(part, by_place[part.place]) for part in text.parts]


def _deleted(request: HttpRequest, lesson: Lesson) -> Note | None:
    """The note that was deleted a moment ago and can be taken back."""
    try:
        wanted = uuid.UUID(request.GET.get("poistettu", ""))
    except ValueError:
        return None
    mine: Any = request.user
    return Note.objects.filter(learner=mine, public_id=wanted, lesson_id=lesson.pk, deleted_at__isnull=False).first()


def step_after(standing: Standing, lesson: Lesson) -> Step:
    """The next lesson; after the last of a module its tasks first, after the last of all the way back to the run."""
    code = standing.run.code
    _previous, following = standing.contents.neighbours(lesson)
    ends_module = following is None or following.module != lesson.module
    of_module = standing.modules[lesson.module - 1].tasks if ends_module else ()
    for row in [*of_module, *(standing.tasks_of_course if following is None else ())]:
        is_with_teachers = isinstance(row, AssignmentRow) and row.progress == HANDED_IN
        if row.is_required and not row.is_done and not is_with_teachers:
            return Step(reverse(f"study:{row.kind}", args=[code, row.code]), row.title, row.language, task=row)
    if following is None:
        contents = standing.contents
        return Step(reverse("study:run", args=[code]), contents.title, contents.language)
    url = reverse("study:lesson", args=[code, following.pk])
    return Step(url, following.title, following.language, lesson=following)


@require_POST
def done(request: HttpRequest, code: str, lesson_id: int) -> HttpResponseBase:
    """Mark the lesson done, or take the mark back (`done=0`); then on, or back to the lesson (`stay`)."""
    here = reverse("study:lesson", args=[code, lesson_id])
    opened = open_as_learner(request, code, back=here)
    if not isinstance(opened, Opened) or opened.enrolment is None:
        return opened if not isinstance(opened, Opened) else redirect("study:run", code)
    lesson = opened.lesson(lesson_id)
    is_done = request.POST.get("done") != "0"
    if is_done:
        mark_done(enrolment=opened.enrolment, lesson_id=lesson.pk, at=_moment(request.POST.get("at", "")))
    else:
        mark_not_done(enrolment=opened.enrolment, lesson_id=lesson.pk)
    url = step_after(standing_of(opened.run, opened.enrolment), lesson).url if is_done else here
    if request.accepts("text/html"):
        return private(redirect(url))
    return private(JsonResponse({"done": is_done, "next": url}))


@require_POST
def place(request: HttpRequest, code: str, lesson_id: int) -> HttpResponseBase:
    """Remember where the reader is. Asked for by the page itself while it is read."""
    opened = open_as_learner(request, code)
    if not isinstance(opened, Opened):
        return opened
    assert opened.enrolment is not None
    lesson = opened.lesson(lesson_id)
    remember_place(enrolment=opened.enrolment, lesson_id=lesson.pk, place=request.POST.get("place", ""))
    return private(HttpResponse(status=204))


def _moment(text: str) -> datetime.datetime | None:
    try:
        moment = parse_datetime(text)
    except ValueError:
        return None
    return moment if moment is not None and moment.tzinfo is not None else None
