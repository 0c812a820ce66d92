"""The works of a run that wait for its markers: filters, counts, and which comes before and after which."""

import datetime
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.db.models import Case, Count, DateTimeField, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from common.listing import Filter, Listing
from learning.courses.models import CourseRun
from learning.study.marking.names import HIDDEN, is_hidden
from learning.study.models import Likeness, Mark, RunAssignment, RunTeacher, Submission, SubmissionVersion
from learning.study.models.assignments import SubmissionStatus
from learning.study.models.enrolments import STUDYING

STATE, TASK, LATE, MINE = "tila", "tehtava", "myohassa", "omat"
ON_PAGE = 25
LONG_AGO = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)
STATES = {
    "toista": Q(status=SubmissionStatus.SECOND),
    "eroavat": Q(status=SubmissionStatus.DIFFERING),
    "taydennettavat": Q(status=SubmissionStatus.AGAIN),
    "arvioidut": Q(status__in=[SubmissionStatus.ACCEPTED, SubmissionStatus.REJECTED]),
    "kaikki": Q(),
}


def works_of(run: CourseRun, viewer: Any) -> "QuerySet[Submission]":
    """What has been handed in by those who study, the oldest first. Nobody has their own work on the desk.

    Works whose writers are hidden stand where they were due, among each other in the order of their random ids: the
    one that came late or before all others would tell whose it is.
    """
    stands = Case(
        When(HIDDEN, then=Coalesce("run_assignment__due", Value(LONG_AGO, DateTimeField()))),
        default=F("handed_in_at"),
    )
    newest = SubmissionVersion.objects.filter(submission=OuterRef("pk")).order_by("-number")
    return (
        Submission.objects.filter(run_assignment__run=run, enrolment__status__in=STUDYING)
        .exclude(status=SubmissionStatus.TAKEN_BACK)
        .exclude(enrolment__learner_id=viewer.pk)
        .annotate(newest=Subquery(newest.values("pk")[:1]), stands=stands)
        .order_by("stands", "public_id")
    )


def waiting_for(viewer: Any, role: str) -> Q:
    """What waits for the viewer: not what they gave the first assessment for, nor what others decide."""
    newer = SubmissionVersion.objects.filter(submission=OuterRef("submission"), number__gt=OuterRef("version__number"))
    given = Mark.objects.filter(~Exists(newer), submission=OuterRef("pk"), part=Mark.Part.FIRST, by_id=viewer.pk)
    waits = Q(status=SubmissionStatus.HANDED_IN) | Q(Q(status=SubmissionStatus.SECOND) & ~Q(Exists(given)))
    if role == RunTeacher.Role.RESPONSIBLE:
        waits |= Q(status=SubmissionStatus.DIFFERING)
    return waits


@dataclass
class Queue:
    """The filtered queue that the address asks for. It is the same on the page of a work, for next and previous."""

    request: HttpRequest
    run: CourseRun
    role: str

    @cached_property
    def tasks(self) -> list[RunAssignment]:
        return list(self.run.run_assignments.select_related("assignment").order_by("sort_order", "pk"))

    @cached_property
    def works(self) -> "QuerySet[Submission]":
        return works_of(self.run, self.request.user)

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many are in each state; "" is what waits for the viewer. One query."""
        waits = waiting_for(self.request.user, self.role)
        asked = {name: Count("pk", filter=where) for name, where in STATES.items() if where}
        found = self.works.order_by().aggregate(waits=Count("pk", filter=waits), all=Count("pk"), **asked)
        return {"": found.pop("waits"), "kaikki": found.pop("all"), **found}

    @property
    def waiting(self) -> int:
        return self.counts[""]

    @cached_property
    def listing(self) -> Listing[Submission]:
        state = self._states()
        rows = self.works
        if not state.selected_in(self.request):
            rows = rows.filter(waiting_for(self.request.user, self.role))
        return Listing(self.request, rows, [state, self._tasks(), self._late(), self._mine()], ON_PAGE)

    @property
    def rows(self) -> "QuerySet[Submission]":
        """The works of a page with all that its table tells of them."""
        late = SubmissionVersion.objects.filter(pk=OuterRef("newest"))
        alike = Likeness.objects.filter(
            Q(first_id=OuterRef("newest")) | Q(second_id=OuterRef("newest")), dismissed_at=None
        )
        found = self.listing.filtered.annotate(
            is_late=Subquery(late.values("is_late")[:1]),
            number=Subquery(late.values("number")[:1]),
            alike=Exists(alike),
        )
        return found.select_related("run_assignment__assignment", "enrolment__learner", "marker")

    @property
    def query(self) -> str:
        """What of the address chooses the queue, to be carried along."""
        chosen = [(name, value) for name, values in self.listing.selected.items() for value in values]
        return f"?{urlencode(chosen)}" if chosen else ""

    def after(self, work: Submission) -> Submission | None:
        stands = _stands(work)
        here = Q(stands__gt=stands) | Q(stands=stands, public_id__gt=work.public_id)
        return self.listing.filtered.filter(here).first()

    def before(self, work: Submission) -> Submission | None:
        stands = _stands(work)
        here = Q(stands__lt=stands) | Q(stands=stands, public_id__lt=work.public_id)
        return self.listing.filtered.filter(here).reverse().first()

    def next_to_mark(self, work: Submission) -> Submission | None:
        """The next one in the queue, and after the last one the first of those that were passed over."""
        return self.after(work) or self.listing.filtered.exclude(pk=work.pk).first()

    def _states(self) -> Filter:
        labels = {
            "toista": pgettext("works", "For a second marker"),
            "eroavat": pgettext("works", "Markers differ"),
            "taydennettavat": pgettext("works", "To be completed"),
            "arvioidut": pgettext("works", "Assessed"),
            "kaikki": pgettext("works", "All"),
        }
        counts = self.counts
        shown = [name for name in STATES if counts[name] or name in {"arvioidut", "kaikki"}]
        shown += [name for name in STATES if name not in shown and name == self.request.GET.get(STATE)]
        choices = [(name, f"{labels[name]} ({counts[name]})") for name in STATES if name in shown]
        first = "{} ({})".format(pgettext("works", "Wait for you"), counts[""])
        return Filter(STATE, _("State"), choices, _in_state, several=False, links_from=first)

    def _tasks(self) -> Filter:
        choices = [(str(row.pk), row.assignment.title) for row in self.tasks]

        def apply(rows: Any, values: list[str]) -> Any:
            return rows.filter(run_assignment_id__in=values)

        return Filter(TASK, _("Assignment"), choices if len(choices) > 1 else [], apply)

    def _late(self) -> Filter:
        def apply(rows: Any, values: list[str]) -> Any:
            late = SubmissionVersion.objects.filter(pk=OuterRef("newest"), is_late=True)
            return rows.filter(Exists(late)).exclude(HIDDEN)

        return Filter(LATE, _("Time"), [("kylla", _("Handed in late"))], apply)

    def _mine(self) -> Filter:
        me = self.request.user.pk

        def apply(rows: Any, values: list[str]) -> Any:
            return rows.filter(Q(marker_id=me) | Q(Exists(Mark.objects.filter(submission=OuterRef("pk"), by_id=me))))

        return Filter(MINE, _("Marker"), [("kylla", _("Opened or assessed by me"))], apply)


def _stands(work: Submission) -> datetime.datetime:
    """The place of the work in the queue, as works_of has it."""
    return (work.run_assignment.due or LONG_AGO) if is_hidden(work) else work.handed_in_at


def _in_state(rows: Any, values: list[str]) -> Any:
    return rows.filter(STATES[values[0]])
