"""Questions that have been asked already in other words: compared by the base forms of the words of their titles."""

from collections.abc import Iterable, Sequence

from django.conf import settings
from django.db.models import Q, QuerySet

from learning.courses.models import CourseRun
from learning.study.finding import words_of
from learning.study.models import RunQuestion
from vocabulary.inflection import base_forms

MOST_WORDS = 30
SHORTEST_WORD = 4
LOOKED_AT = 500
MOST_SHOWN = 3
# Of the words that were typed, so many have to be in the other title too.
LEAST_ALIKE = 0.5


def forms_of(text: str) -> str:
    """The words of a text with their base forms, each between spaces, as they are kept for finding."""
    forms: dict[str, None] = {}
    for word in words_of(text)[:MOST_WORDS]:
        # Questions are asked in the language of the course, which is Finnish first.
        forms |= dict.fromkeys([word, *sorted(base_forms(word, settings.LANGUAGE_CODE))])
    return f" {' '.join(forms)} "


def with_words(questions: QuerySet[RunQuestion], typed: str) -> QuerySet[RunQuestion]:
    """The questions with every word: as the beginning of a word, or in any of its forms."""
    for word in words_of(typed)[:8]:
        any_form = Q()
        for form in {word, *base_forms(word, settings.LANGUAGE_CODE)}:
            any_form |= Q(words__contains=f" {form}")
        questions = questions.filter(any_form)
    return questions


def similar_to(run: CourseRun, title: str, *, besides: RunQuestion | None = None) -> Sequence[RunQuestion]:
    """The few questions of the run that are most like the title."""
    asked = [set(forms_of(word).split()) for word in words_of(title)[:MOST_WORDS] if len(word) >= SHORTEST_WORD]
    if not asked:
        return []
    rows = RunQuestion.objects.filter(run=run, hidden_at=None)
    rows = rows.exclude(pk=besides.pk) if besides else rows
    found = [(_likeness(asked, row.words.split()), row) for row in rows.order_by("-moved_at", "-pk")[:LOOKED_AT]]
    alike = [each for each in found if each[0] >= LEAST_ALIKE]
    return [row for _share, row in sorted(alike, key=lambda each: -each[0])[:MOST_SHOWN]]


def _likeness(asked: Sequence[set[str]], words: Iterable[str]) -> float:
    others = set(words)
    return sum(1 for forms in asked if forms & others) / len(asked)
