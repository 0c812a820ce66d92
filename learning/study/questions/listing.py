"""The questions of a run as lists: by module and by state, and how many still wait for an answer."""

import functools
from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from common.listing import Filter, Listing, TextFilter
from learning.courses.models import CourseRun
from learning.study.models import RunAnswer, RunQuestion
from learning.study.questions.forms import module_choices
from learning.study.questions.members import Member
from learning.study.questions.similar import with_words

MODULE, STATE, WORD = "moduuli", "tila", "sana"
WHOLE_COURSE = "kurssi"
OPEN, ANSWERED, MINE, HIDDEN = "avoimet", "vastatut", "omat", "piilossa"
PER_PAGE = 25


def questions_of(run: CourseRun) -> Any:
    """All questions of the run with what a list tells of them, the newest movement first."""
    seen = _seen()
    rows = RunQuestion.objects.filter(run=run).order_by("-moved_at", "-pk")
    return rows.annotate(
        number_of_answers=Count("answers", filter=Q(answers__hidden_at=None)),
        is_answered=Exists(_of_others(seen)),
        has_teachers=Exists(seen.filter(is_teacher=True)),
    )


def _seen() -> "QuerySet[RunAnswer]":
    return RunAnswer.objects.filter(question=OuterRef("pk"), hidden_at=None).order_by()


def _of_others(seen: "QuerySet[RunAnswer]") -> "QuerySet[RunAnswer]":
    # What the asker adds to the question answers nobody.
    return seen.filter(~Q(author=OuterRef("author")) | Q(question__author=None))


def unanswered(run: CourseRun) -> int:
    """How many questions of learners wait for somebody's answer."""
    return _waiting().filter(run=run).count()


@functools.cache
def _waiting() -> "QuerySet[RunQuestion]":
    # Putting this question together costs more than asking it, and the desk of a run asks it on each page.
    rows = RunQuestion.objects.filter(hidden_at=None, is_teacher=False).order_by()
    return rows.filter(~Exists(_of_others(_seen())))


def listing(request: HttpRequest, member: Member, *, desk: bool = False) -> Listing[RunQuestion]:
    rows = questions_of(member.run).select_related("author")
    if desk:
        rows = rows.order_by("is_answered", "-moved_at", "-pk")
    modules = [(str(number), label) for number, (_pk, label) in enumerate(module_choices(member.run), 1)]
    filters = [
        Filter(
            STATE, _("By state"), _states(member), lambda rows, v: _in_state(rows, v, member), False, _("All questions")
        ),
        Filter(
            MODULE,
            _("By module"),
            [*modules, (WHOLE_COURSE, _("The whole course"))],
            lambda rows, values: _in_modules(rows, values, member.run),
            several=False,
        ),
    ]
    rows = rows.filter(_sight(request.GET.get(STATE, ""), member))
    return Listing(request, rows, filters, PER_PAGE, TextFilter(WORD, _("Word in the question"), with_words))


def _sight(state: str, member: Member) -> Q:
    """Who looks for what is out of sight asks for it; among one's own it is there, to be brought back."""
    if state == HIDDEN and member.is_teacher:
        return Q()
    return Q(hidden_at=None) | Q(author=member.person) if state == MINE else Q(hidden_at=None)


def _states(member: Member) -> list[tuple[str, str]]:
    states = [
        (OPEN, pgettext("questions", "Unanswered")),
        (ANSWERED, pgettext("questions", "Answered")),
        (MINE, pgettext("questions", "Mine")),
    ]
    return [*states, (HIDDEN, pgettext("questions", "Out of sight"))] if member.is_teacher else states


def _in_state(rows: Any, values: Iterable[str], member: Member) -> Any:
    conditions = {
        OPEN: Q(is_answered=False),
        ANSWERED: Q(is_answered=True),
        MINE: Q(author=member.person),
        HIDDEN: Q(hidden_at__isnull=False),
    }
    for value in values:
        rows = rows.filter(conditions[value])
    return rows


def _in_modules(rows: Any, values: Iterable[str], run: CourseRun) -> Any:
    """By the number of the module, which is what people see in addresses."""
    keys = [int(key) for key, _label in module_choices(run)]
    for value in values:
        rows = rows.filter(module=None) if value == WHOLE_COURSE else rows.filter(module=keys[int(value) - 1])
    return rows
