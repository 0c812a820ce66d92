"""The learners of the dashboard as its address asks for them: which of them, in what order, page by page."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from common.listing import page_links, page_number
from common.numbers import whole
from learning.courses.models import CourseRun
from learning.study.overview.glance import Glance
from learning.study.overview.groups import LATE, NOT_BEGUN, STALLED
from learning.study.overview.heat import Row, cells_of
from learning.study.overview.standings import Learner

ON_PAGE = 25
SHOWN, ORDER, INSTITUTION = "nayta", "jarjestys", "organisaatio"
NAME, PROGRESS, SEEN = "nimi", "eteneminen", "kaynti"
_KEYS: dict[str, Callable[[Learner], Any]] = {
    NAME: lambda each: each.sort_name,
    PROGRESS: lambda each: (each.count, each.sort_name),
    SEEN: lambda each: (each.last_sign, each.sort_name),
}
# Who has got least far and who has been away longest come first when these are chosen.
BACKWARDS = "-"


@dataclass(frozen=True)
class Choice:
    """A way to see the table, as a link."""

    label: str
    url: str
    is_current: bool
    number: int = 0


@dataclass(frozen=True)
class Heading:
    """The heading of a column by which the table is ordered when it is followed."""

    label: str
    url: str
    # ascending, descending, or "" where the table is not in the order of this column.
    sort: str


class Table:
    """`rows` asks one query, for the cells of the page."""

    def __init__(self, request: HttpRequest, run: CourseRun, glance: Glance) -> None:
        self.request, self.run, self.glance = request, run, glance
        asked_order = request.GET.get(ORDER, NAME)
        self.is_backwards = asked_order.startswith(BACKWARDS)
        order = asked_order.removeprefix(BACKWARDS)
        self.order = order if order in _KEYS else NAME
        self.group = glance.groups.get(request.GET.get(SHOWN, ""))
        institution = whole(request.GET.get(INSTITUTION, ""))
        self.institution = institution if institution in glance.institutions else None

    @property
    def learners(self) -> list[Learner]:
        return self.glance.learners

    @cached_property
    def chosen(self) -> list[Learner]:
        """All who are shown, on whichever page, in their order."""
        rows = self._ordered()
        if self.group:
            members = {each.pk for each in self.group.learners}
            rows = [each for each in rows if each.pk in members]
        return [each for each in rows if each.institution == self.institution] if self.institution else rows

    def _ordered(self) -> list[Learner]:
        if (self.order, self.is_backwards) == (NAME, False):
            return self.learners
        orders, order = self.glance.orders, (self.order, self.is_backwards)
        if order not in orders:
            orders[order] = sorted(self.learners, key=_KEYS[self.order], reverse=self.is_backwards)
        return orders[order]

    @cached_property
    def page(self) -> "Page[Learner]":
        return Paginator(self.chosen, ON_PAGE).get_page(page_number(self.request))

    @cached_property
    def rows(self) -> list[Row]:
        shown = list(self.page.object_list)
        cells = cells_of(self.glance.asked, shown)
        whole_of_it = max(1, self.glance.asked.size)
        return [
            Row(
                each,
                self.glance.institutions.get(each.institution or 0, ""),
                100 * each.count // whole_of_it,
                self.glance.stalls.get(each.pk),
                cells[each.pk],
            )
            for each in shown
        ]

    @cached_property
    def headings(self) -> dict[str, Heading]:
        labels = {
            NAME: pgettext("column", "Learner"),
            PROGRESS: pgettext("column", "Done"),
            SEEN: pgettext("column", "Last active"),
        }
        return {order: self._heading(order, label) for order, label in labels.items()}

    def _heading(self, order: str, label: str) -> Heading:
        is_current = order == self.order
        turned = BACKWARDS if is_current and not self.is_backwards else ""
        sort = ("descending" if self.is_backwards else "ascending") if is_current else ""
        return Heading(label, self._url(order=f"{turned}{order}"), sort)

    @cached_property
    def choices(self) -> list[Choice]:
        """Everybody, and the groups that one looks at most; the chosen one in any case."""
        current = self.group.code if self.group else ""
        shown = [group for code, group in self.glance.groups.items() if code in {STALLED, LATE, NOT_BEGUN, current}]
        return [
            Choice(_("All learners"), self._url(group=""), not current, len(self.learners)),
            *(Choice(each.label, self._url(group=each.code), each.code == current, each.number) for each in shown),
        ]

    @property
    def key(self) -> Hashable:
        """What makes this table another than the other ones of the run."""
        return tuple(self._pairs()), self.page.number

    @cached_property
    def by_institution(self) -> list[tuple[int, str, bool]]:
        rows = sorted(self.glance.institutions.items(), key=lambda row: row[1].casefold())
        return [(pk, name, pk == self.institution) for pk, name in rows]

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """What the form of institutions carries along."""
        return [pair for pair in self._pairs() if pair[0] != INSTITUTION]

    @cached_property
    def page_links(self) -> list[tuple[int | str, str]]:
        return page_links(self.page, self.page_url)

    def page_url(self, number: int) -> str:
        return self._url(page=number)

    def _pairs(self, group: str | None = None, order: str | None = None) -> list[tuple[str, str]]:
        now = f"{BACKWARDS if self.is_backwards else ''}{self.order}"
        values = [
            (SHOWN, (self.group.code if self.group else "") if group is None else group),
            (INSTITUTION, str(self.institution or "")),
            (ORDER, order or now),
        ]
        return [(name, value) for name, value in values if value and (name, value) != (ORDER, NAME)]

    def _url(self, *, group: str | None = None, order: str | None = None, page: int = 1) -> str:
        pairs: list[tuple[str, str | int]] = [*self._pairs(group, order)]
        if page > 1:
            pairs.append(("page", page))
        return f"{self.request.path}?{urlencode(pairs)}" if pairs else self.request.path
