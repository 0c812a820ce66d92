"""What a person's own page holds: where to go on, what is due, what was answered, runs, certificates."""

import datetime
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from common import dates
from common.kept import kept
from home.teaching import Taught, taught_by
from learning.courses.models import CourseRun
from learning.credentials.models import Certificate
from learning.credentials.services import certificates_of
from learning.credentials.waiting import waiting_of
from learning.study.models import Enrolment
from learning.study.models.enrolments import Status
from learning.study.outline import Lesson, Module
from learning.study.pace import minutes_left
from learning.study.querysets import enrolments_of, notes_of, standings_of
from learning.study.standing import Standing, TaskRow
from learning.study.text import text_of
from network.organisations.models import Organisation
from notifications.kinds import kind_of
from notifications.models import Notification

WEEK = datetime.timedelta(days=7)
RECENT = datetime.timedelta(days=14)
MOST_NEWS = 5
# So many due dates are told, or all of the week.
FIRST = 5
# Told elsewhere on the page: what is due, and what is shown as a run.
NOT_NEWS = {"study.due_soon", "study.offered"}
# Not seats yet; what asks for an answer first.
WAITING = (Status.OFFERED, Status.APPLIED, Status.WAITING)
# Of these the first paragraph only tells who writes.
LETTERS = {"study.message"}


@dataclass(frozen=True)
class GoOn:
    """The lesson to go on with, at its place. `minutes` are what is left of it."""

    standing: Standing
    lesson: Lesson
    module: Module
    heading: str
    minutes: int


@dataclass(frozen=True)
class ToDo:
    """The task to go on with where every lesson is read."""

    standing: Standing
    task: TaskRow


@dataclass(frozen=True)
class Due:
    """Something to hand in. `is_soon`: within a week, or late already. The same for all who stand the same."""

    run: CourseRun
    task: TaskRow
    is_soon: bool
    is_late: bool

    @cached_property
    def told(self) -> tuple[str, str, str]:
        """Weekday, day and time of day."""
        due = self.task.due
        assert due is not None
        return dates.weekday(due), dates.near_day(due), dates.clock(due)


@dataclass(frozen=True)
class News:
    """Something that the person was told; the same for all who were told it that day."""

    day: datetime.date
    subject: str
    path: str
    text: str
    # What somebody wrote, to be opened: long, and wanted again after the e-mail is gone.
    letter: tuple[str, ...] = ()


@dataclass(frozen=True)
class Result:
    """A line of what has been completed."""

    enrolment: Enrolment
    certificate: Certificate | None
    waits_for_grade: bool = False


@dataclass(frozen=True)
class Mine:
    """`present` goes on or comes, `past` is over; `waiting` are enrolments that are not seats yet."""

    go_on: GoOn | ToDo | None
    due: Sequence[Due]
    waiting: Sequence[Enrolment]
    news: Sequence[News]
    present: Sequence[Standing]
    past: Sequence[Standing]
    results: Sequence[Result]
    notes: int
    taught: Sequence[Taught]

    @property
    def due_first(self) -> Sequence[Due]:
        """All that is due within a week, and of what is due later so many that the list is no shorter than five."""
        return self.due[: max(FIRST, sum(each.is_soon for each in self.due))]

    @property
    def due_later(self) -> int:
        return len(self.due) - len(self.due_first)

    @property
    def lead(self) -> str:
        """What there is to do, in a sentence."""
        soon = sum(each.is_soon for each in self.due)
        offers = sum(each.status == Status.OFFERED for each in self.waiting)
        if offers:
            return _("A seat is offered to you. Answer before the time ends.")
        if soon:
            return ngettext(
                "You have %(count)d due date within a week.", "You have %(count)d due dates within a week.", soon
            ) % {"count": soon}
        if self.due:
            return _("Nothing is due within a week.")
        return _("You have something to go on with.") if self.go_on else ""


@kept
def name_of(organisation_id: int) -> str:
    """What an organisation is called."""
    return str(Organisation.objects.get(pk=organisation_id))


def mine_of(request: HttpRequest) -> Mine:
    person: Any = request.user
    enrolments = enrolments_of(person)
    studying = [each for each in enrolments if each.is_studying]
    standings = standings_of(studying)
    active = [each for each in standings if _is_active(each)]
    present = sorted((each for each in active if each.run.state != "past"), key=_last_seen, reverse=True)
    completed = [each for each in studying if each.status == Status.COMPLETED]
    certificates = {each.enrolment_id: each for each in certificates_of(person)} if completed else {}
    waiting = waiting_of(person) if len(certificates) < len(completed) else set()
    return Mine(
        go_on=_go_on(present, request),
        due=_due(present),
        waiting=[each for status in WAITING for each in enrolments if each.status == status],
        news=_news(person),
        present=present,
        past=[each for each in standings if each not in present],
        results=[Result(each, certificates.get(each.pk), each.pk in waiting) for each in completed],
        notes=notes_of(person).count(),
        taught=taught_by(person),
    )


def _is_active(standing: Standing) -> bool:
    return standing.enrolment is not None and standing.enrolment.status == Status.ACTIVE


def _last_seen(standing: Standing) -> datetime.datetime:
    seen = standing.enrolment.seen_at if standing.enrolment else None
    return seen or datetime.datetime.min.replace(tzinfo=datetime.UTC)


def _go_on(present: Sequence[Standing], request: HttpRequest) -> GoOn | ToDo | None:
    """The run last studied that has something left to do; one that has not begun comes after those that have."""
    for standing in present:
        lesson, task = standing.now, standing.next_task
        if task is not None:
            return ToDo(standing, task)
        if lesson is None:
            continue
        row = standing.progress.get(lesson.pk)
        heading, share = "", 1.0
        if row is not None and row.place:
            text = text_of(lesson, request)
            heading = text.heading_of(row.place)
            share = text.share_left(row.place) if heading else 1.0
        left = minutes_left(round(lesson.minutes * share), standing.pace)
        return GoOn(standing, lesson, standing.contents.module_of(lesson), heading, left)
    return None


def _due(present: Sequence[Standing]) -> list[Due]:
    """What is still to be done and has a due date, the first to come first."""
    now = timezone.now()
    rows = [
        Due(standing.run, task, is_soon=task.due - now < WEEK, is_late=task.due < now)
        for standing in present
        for task in standing.tasks
        if task.due is not None and task.is_awaited
    ]
    return sorted(rows, key=lambda row: (row.task.due or now, row.task.kind, row.task.pk))


def _news(person: Any) -> list[News]:
    """What the person was told lately."""
    since = timezone.now() - RECENT
    rows = Notification.objects.filter(person=person, created_at__gte=since).exclude(kind__in=NOT_NEWS)
    found = []
    for at, code, facts in rows.order_by("-created_at").values_list("created_at", "kind", "facts")[:MOST_NEWS]:
        news = _composed(timezone.localdate(at), code, json.dumps(facts, sort_keys=True))
        if news is not None:
            found.append(news)
    return found


@kept
def _composed(day: datetime.date, code: str, facts: str) -> News | None:
    """What is told of these facts, to whomever; None where nobody knows the kind any more."""
    kind = kind_of(code)
    if kind is None:
        return None
    notice = kind.compose(json.loads(facts))
    text = notice.paragraphs[0] if notice.paragraphs else ""
    letter = tuple(notice.paragraphs[1:]) if code in LETTERS else ()
    return News(day, notice.subject, notice.path, text, letter)
