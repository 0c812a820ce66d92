"""Finding one's own notes by words in any of their forms."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from django.conf import settings
from django.db.models import F
from django.http import HttpRequest
from django.urls import reverse

from common import languages
from common.listing import typed_text
from learning.courses.models import LessonPage
from learning.study.models import Enrolment, Note
from learning.study.models.enrolments import STUDYING
from learning.study.outline import contents_of
from learning.study.querysets import notes_of
from vocabulary.inflection import base_forms

FIND = "sana"
WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
MOST_WORDS = 8
AT_ONCE = 50


@dataclass(frozen=True)
class Group:
    """The notes of one lesson; `url` is empty where the learner is on no run of it any more."""

    title: str
    language: str
    course: str
    url: str
    notes: Sequence[Note]


@dataclass(frozen=True)
class Found:
    groups: Sequence[Group]
    typed: str
    total: int

    @property
    def number(self) -> int:
        return sum(len(group.notes) for group in self.groups)


def found_notes(request: HttpRequest, *, everything: bool = False) -> Found:
    """The person's notes in the order of their lessons; only those with every word that was typed."""
    notes = list(notes_of(request.user).order_by("lesson__path", "created_at"))
    typed = "" if everything else typed_text(request, FIND)
    wanted = _with_words(notes, typed) if typed else notes
    return Found(_groups(request, wanted), typed, len(notes))


def _with_words(notes: Sequence[Note], typed: str) -> list[Note]:
    """The notes with every word: as the beginning of a word, or in any of its forms."""
    # Notes are kept with their Finnish forms, whatever the language of the page that they are sought on.
    spoken = {settings.LANGUAGE_CODE, languages.current()}
    asked = [
        (word, {form for language in spoken for form in base_forms(word, language)})
        for word in words_of(typed)[:MOST_WORDS]
    ]
    found = []
    for note in notes:
        written = {*words_of(f"{note.heading} {note.text}"), *note.words.split()}
        if all(any(has.startswith((word, *forms)) for has in written) for word, forms in asked):
            found.append(note)
    return found


def words_of(text: str) -> list[str]:
    return [word.casefold() for word in WORD.findall(text)]


def note_words() -> bool:
    """Find the base forms of the words of notes that were written or changed; for the worker, which knows the words."""
    new = list(Note.objects.exclude(words_of=F("version")).order_by("pk")[:AT_ONCE])
    for note in new:
        words = set(words_of(f"{note.heading} {note.text}"))
        # Notes are written in the language of the lesson, and lessons are in Finnish first.
        forms = {form for word in words for form in base_forms(word, settings.LANGUAGE_CODE)}
        Note.objects.filter(pk=note.pk, version=note.version).update(
            words=" ".join(sorted(forms)), words_of=note.version
        )
    return len(new) == AT_ONCE


def _groups(request: HttpRequest, notes: Sequence[Note]) -> list[Group]:
    """The notes by lesson; in the reader's language, with the way to the lesson on the learner's newest run of it."""
    runs = Enrolment.objects.filter(learner_id=request.user.pk, status__in=STUDYING).order_by("-run__starts")
    wanted = {note.lesson_id for note in notes}
    lessons: dict[int, tuple[str, str, str, str]] = {}
    for code, course in runs.values_list("run__code", "run__course_id"):
        contents = contents_of(course)
        for lesson in contents.lessons:
            if lesson.pk in wanted and lesson.pk not in lessons:
                url = reverse("study:lesson", args=[code, lesson.pk])
                lessons[lesson.pk] = (f"{lesson.label} {lesson.title}", lesson.language, contents.title, url)
    left = wanted - lessons.keys()
    for pk, title, language in LessonPage.objects.filter(pk__in=left).values_list(
        "pk", "title", "locale__language_code"
    ):
        lessons[pk] = (title, language, "", "")
    by_lesson = groupby(notes, key=lambda note: note.lesson_id)
    return [Group(*lessons.get(pk, ("", settings.LANGUAGE_CODE, "", "")), list(rows)) for pk, rows in by_lesson]
