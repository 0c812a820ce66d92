"""The learners of the dashboard as its address asks for them: which of them, in what order, page by page."""

import datetime
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.http import QueryDict
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from common.listing import page_links
from common.numbers import whole
from learning.courses.models import CourseRun
from learning.study.overview.figures import Learners
from learning.study.overview.glance import Glance
from learning.study.overview.groups import LATE, NOT_BEGUN, STALLED, label_of
from learning.study.overview.heat import rows_of
from learning.study.overview.standings import Learner

ON_PAGE = 25
SHOWN, ORDER, INSTITUTION = "nayta", "jarjestys", "organisaatio"
NAME, PROGRESS, SEEN = "nimi", "eteneminen", "kaynti"
# Who are alike stand by name, in which order they come.
_KEYS: dict[str, Callable[[Learners], Sequence[Any]]] = {
    NAME: lambda everybody: [0] * len(everybody),
    PROGRESS: Learners.counts,
    SEEN: lambda everybody: [each.last_sign for each in everybody],
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
    def __init__(self, run: CourseRun, glance: Glance, asked: QueryDict) -> None:
        self.run = run
        self.glance, self.path = glance, reverse("run_dashboard", args=[run.code])
        self.number = max(1, whole(asked.get("page", ""), digits=8) or 1)
        asked_order = asked.get(ORDER, NAME)
        self.is_backwards = asked_order.startswith(BACKWARDS)
        order = asked_order.removeprefix(BACKWARDS)
        self.order = order if order in _KEYS else NAME
        shown = asked.get(SHOWN, "")
        self.group = shown if shown in glance.groups else ""
        institution = whole(asked.get(INSTITUTION, ""))
        self.institution = institution if institution in glance.institutions else None

    @property
    def made_at(self) -> datetime.datetime:
        """Of which moment the figures are."""
        return self.glance.figures.made_at

    @cached_property
    def chosen(self) -> Learners:
        """All who are shown, on whichever page, in their order."""
        places, everybody = self._ordered(), self.glance.learners
        if self.group:
            members = set(self.glance.groups[self.group].places)
            places = [place for place in places if place in members]
        if self.institution:
            places = [place for place in places if everybody[place].institution == self.institution]
        return everybody.at(places)

    def _ordered(self) -> Sequence[int]:
        everybody, orders, order = self.glance.learners, self.glance.orders, (self.order, self.is_backwards)
        if order == (NAME, False):
            return everybody.places
        if order not in orders:
            # The other way round all stand the other way round, those who are alike too.
            keys = zip(_KEYS[self.order](everybody), everybody.places, strict=True)
            orders[order] = [place for _key, place in sorted(keys, reverse=self.is_backwards)]
        return orders[order]

    @cached_property
    def page(self) -> "Page[Learner]":
        return Paginator(self.chosen, ON_PAGE).get_page(self.number)

    @cached_property
    def rows(self) -> SafeString:
        """The rows of the page; one query."""
        glance, shown = self.glance, list(self.page.object_list)
        return rows_of(self.run, glance.asked, shown, glance.stalls, glance.institutions)

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
        current, asked = self.group, self.glance.asked
        shown = [row for row in self.glance.groups.items() if row[0] in {STALLED, LATE, NOT_BEGUN, current}]
        return [
            Choice(_("All learners"), self._url(group=""), not current, len(self.glance.learners)),
            *(
                Choice(label_of(asked, code), self._url(group=code), code == current, len(members))
                for code, members in shown
            ),
        ]

    @property
    def key(self) -> Hashable:
        """What makes this table another than the other ones of the run; None for the one that nothing is asked of."""
        key = tuple(self._pairs()), self.page.number
        return None if key == ((), 1) else key

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
            (SHOWN, self.group if group is None else group),
            (INSTITUTION, str(self.institution or "")),
            (ORDER, order or now),
        ]
        return [(name, value) for name, value in values if value and (name, value) != (ORDER, NAME)]

    def _url(self, *, group: str | None = None, order: str | None = None, page: int = 1) -> str:
        pairs: list[tuple[str, str | int]] = [*self._pairs(group, order)]
        if page > 1:
            pairs.append(("page", page))
        return f"{self.path}?{urlencode(pairs)}" if pairs else self.path
