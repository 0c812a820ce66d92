"""The learners of a page of the gradebook: narrowed, in order, each with a cell for each task and a final grade."""

import datetime
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from common.collation import in_order
from common.listing import page_links
from learning.courses.models import CourseRun
from learning.study.gradebook.cells import Cell, Task, cells_of, tasks_of
from learning.study.gradebook.grades import Final, Proposal, finals_of, proposal_of
from learning.study.gradebook.institutions import institutions_of, named, numbers_of
from learning.study.gradebook.progress import progress_of
from learning.study.models import Enrolment
from learning.study.models.enrolments import STUDYING, Status
from learning.study.people import by_name
from learning.study.querysets import has_final_grade

ON_PAGE = 25
MOST_TEXT = 100
NO_INSTITUTION = "ei"
ACTIVE, COMPLETED, UNGRADED, GRADED = "kesken", "suoritettu", "ilman", "annettu"
BY_NAME, BY_INSTITUTION, BY_PROGRESS = "nimi", "laitos", "edistyminen"


@dataclass(frozen=True)
class Chosen:
    """What the address asks for; what it should not is left out."""

    name: str = ""
    institution: str = ""
    state: str = ""
    task: str = ""
    only_missing: bool = False
    order: str = BY_NAME

    @classmethod
    def of(cls, asked: QueryDict) -> "Chosen":
        order, state = asked.get("jarjestys", ""), asked.get("tila", "")
        text = "".join(letter if letter.isprintable() else " " for letter in asked.get("haku", "")[:MOST_TEXT])
        return cls(
            name=" ".join(text.split()),
            institution=asked.get("laitos", "")[:20],
            state=state if state in {ACTIVE, COMPLETED, UNGRADED, GRADED} else "",
            task=asked.get("tehtava", "")[:40],
            only_missing=asked.get("puuttuu", "") == "1",
            order=order if order in {BY_INSTITUTION, BY_PROGRESS} else BY_NAME,
        )

    @property
    def is_narrowed(self) -> bool:
        return bool(self.name or self.institution or self.state or self.task or self.only_missing)

    def query(self, page: int = 1) -> str:
        pairs = {
            "haku": self.name,
            "laitos": self.institution,
            "tila": self.state,
            "tehtava": self.task,
            "puuttuu": "1" if self.only_missing else "",
            "jarjestys": "" if self.order == BY_NAME else self.order,
            "page": "" if page == 1 else str(page),
        }
        return urlencode({name: value for name, value in pairs.items() if value})


class Learner(NamedTuple):
    """Read without making a model of it."""

    pk: int
    public_id: uuid.UUID
    learner_id: int
    first_name: str
    last_name: str
    email: str
    status: str
    institution_id: int | None
    student_number: str
    completed_at: datetime.datetime | None
    extra_days: int

    @property
    def name(self) -> str:
        """As every page has it."""
        return f"{self.first_name} {self.last_name}".strip() or self.email


NAMES = (
    "pk", "public_id", "learner_id", "learner__first_name", "learner__last_name", "learner__email", "status",
    "home_institution_id", "student_number", "completed_at", "extra_days",
)  # fmt: skip


@dataclass(frozen=True)
class Line:
    """A learner with what is told of them."""

    learner: Learner
    institution: str
    cells: Sequence[tuple[Task, Cell]]
    final: Final | None
    proposal: Proposal

    @property
    def is_completed(self) -> bool:
        return self.learner.status == Status.COMPLETED

    @property
    def day(self) -> datetime.date | None:
        """The day of completion: of the final grade, or else the one on which all was done."""
        if self.final is not None:
            return self.final.day
        return timezone.localdate(self.learner.completed_at) if self.learner.completed_at else None

    @property
    def required(self) -> int:
        return sum(task.is_required for task, _cell in self.cells)

    @property
    def done(self) -> int:
        return sum(task.is_required and cell.is_done for task, cell in self.cells)

    @property
    def offered(self) -> str:
        """What the form sends of one to whom the proposal may be given; "" for everybody else."""
        if self.final is not None or not self.proposal.value:
            return ""
        return f"{self.learner.public_id}:{self.proposal.value}"


@dataclass
class Gradebook:
    """A page of it. `number`: the page that is asked for."""

    run: CourseRun
    chosen: Chosen
    number: int = 1

    @cached_property
    def tasks(self) -> tuple[Task, ...]:
        return tasks_of(self.run)

    @cached_property
    def shown(self) -> tuple[Task, ...]:
        """The columns: all tasks, or the one that is asked for."""
        return tuple(task for task in self.tasks if task.key == self.chosen.task) or self.tasks

    @cached_property
    def institutions(self) -> dict[int, str]:
        return named(self._numbers)

    @cached_property
    def _numbers(self) -> dict[int | None, int]:
        return numbers_of(self.run)

    @cached_property
    def page(self) -> "Page[Any]":
        """Of rows as Learner has them, or of keys where all learners are looked at to put them in order."""
        if self._looks_at_all:
            learners = dict(self._learners().values_list("pk", "status"))
            return Paginator(self._by_progress(learners), ON_PAGE).get_page(self.number)
        pages = Paginator(self._learners().values_list(*NAMES), ON_PAGE)
        if not self.chosen.is_narrowed:
            pages.count = sum(self._numbers.values())
        return pages.get_page(self.number)

    @cached_property
    def lines(self) -> list[Line]:
        if self._looks_at_all:
            return lines_of(self.run, list(self.page), self.tasks, self.institutions)
        learners = [Learner(*row) for row in self.page]
        return _lines(self.run, learners, self.tasks, self.institutions, moments=False)

    @property
    def _looks_at_all(self) -> bool:
        return self.chosen.only_missing or self.chosen.order == BY_PROGRESS

    def _learners(self) -> "QuerySet[Enrolment]":
        rows = Enrolment.objects.filter(run=self.run, status__in=STUDYING)
        order = by_name()
        if self.chosen.order == BY_INSTITUTION:
            order.insert(0, in_order("home_institution__name_fi"))
        return narrowed(rows, self.chosen).order_by(*order)

    def _by_progress(self, learners: dict[int, str]) -> list[int]:
        """The least far first; only those who lack something where that is asked. `learners`: their states."""
        one = [task for task in self.tasks if task.key == self.chosen.task]
        tasks = one or [task for task in self.tasks if task.is_required]
        done, ids = progress_of(self.run, tasks), list(learners)
        if self.chosen.only_missing:
            ids = [pk for pk in ids if done[pk] < len(tasks) or (not one and learners[pk] != Status.COMPLETED)]
        return sorted(ids, key=lambda pk: done[pk]) if self.chosen.order == BY_PROGRESS else ids

    def page_url(self, number: int) -> str:
        query = self.chosen.query(number)
        return f"?{query}" if query else "?"

    @property
    def page_links(self) -> list[tuple[int | str, str]]:
        return page_links(self.page, self.page_url)


def narrowed(rows: "QuerySet[Enrolment]", chosen: Chosen) -> "QuerySet[Enrolment]":
    for word in chosen.name.split():
        rows = rows.filter(
            Q(learner__first_name__icontains=word)
            | Q(learner__last_name__icontains=word)
            | Q(learner__email__icontains=word)
            | Q(student_number__icontains=word)
        )
    if chosen.institution == NO_INSTITUTION:
        rows = rows.filter(home_institution=None)
    elif chosen.institution.isascii() and chosen.institution.isdigit():
        rows = rows.filter(home_institution=int(chosen.institution[:9]))
    if chosen.state in {ACTIVE, COMPLETED}:
        rows = rows.filter(status=Status.ACTIVE if chosen.state == ACTIVE else Status.COMPLETED)
    elif chosen.state:
        graded = Q(has_final_grade())
        rows = rows.filter(graded) if chosen.state == GRADED else rows.filter(~graded, status=Status.COMPLETED)
    return rows


def lines_of(run: CourseRun, ids: Sequence[int], tasks: Sequence[Task], institutions: dict[int, str]) -> list[Line]:
    """The lines of these enrolments in their order: six queries, however many they are."""
    rows = {row[0]: Learner(*row) for row in Enrolment.objects.filter(pk__in=ids).order_by().values_list(*NAMES)}
    return _lines(run, [rows[pk] for pk in ids if pk in rows], tasks, institutions)


def _lines(
    run: CourseRun,
    learners: Sequence[Learner],
    tasks: Sequence[Task],
    institutions: dict[int, str],
    *,
    moments: bool = True,
) -> list[Line]:
    ids = [row.pk for row in learners]
    cells = cells_of(run, ids, tasks, extra={row.pk: row.extra_days for row in learners}, moments=moments)
    finals = finals_of(ids)
    return [
        Line(
            row,
            institutions.get(row.institution_id or 0, ""),
            [(task, cells[row.pk, task.key]) for task in tasks],
            finals.get(row.pk),
            proposal_of(run, tasks, cells, row.pk, row.status),
        )
        for row in learners
    ]


def line_of(enrolment: Enrolment) -> Line:
    run = enrolment.run
    [line] = lines_of(run, [enrolment.pk], tasks_of(run), institutions_of(run))
    return line


def states() -> list[tuple[str, str]]:
    """The states of completion to choose from."""
    return [
        ("", _("Everybody")),
        (ACTIVE, _("Not completed")),
        (COMPLETED, _("Completed")),
        (UNGRADED, _("Completed, no final grade")),
        (GRADED, _("Final grade given")),
    ]
