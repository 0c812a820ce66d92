"""Lists with filters and pages: what the address says, made safe; used by every list of the site."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar
from urllib.parse import urlencode

from django.core.paginator import Page as PaginatorPage
from django.core.paginator import Paginator
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.functional import cached_property

Row = TypeVar("Row", bound=Model)
MAX_SELECTED = 30
MAX_TEXT = 200


@dataclass(frozen=True)
class Filter:
    """One way to narrow a list. `choices` are (value, label); values that are not among them are ignored."""

    parameter: str
    label: str
    choices: Sequence[tuple[str, str]]
    apply: Callable[[Any, list[str]], Any]
    several: bool = True

    def selected_in(self, request: HttpRequest) -> list[str]:
        known = {value for value, _label in self.choices}
        asked = request.GET.getlist(self.parameter)[:MAX_SELECTED]
        selected = [value for value in dict.fromkeys(asked) if value in known]
        return selected if self.several else selected[:1]


@dataclass(frozen=True)
class Chip:
    """A filter in force, with the address of the list without it."""

    label: str
    remove_url: str


@dataclass(frozen=True)
class FilterState:
    """A filter as the form shows it: (value, label, selected) rows."""

    parameter: str
    label: str
    several: bool
    options: list[tuple[str, str, bool]]

    @property
    def is_active(self) -> bool:
        return any(selected for _value, _label, selected in self.options)


@dataclass
class Listing(Generic[Row]):
    """A page of a filtered queryset. A page number that is not one, or too large, gives the nearest page."""

    request: HttpRequest
    queryset: QuerySet[Row]
    filters: Sequence[Filter] = field(default_factory=tuple)
    per_page: int = 12

    @cached_property
    def selected(self) -> dict[str, list[str]]:
        chosen = {each.parameter: each.selected_in(self.request) for each in self.filters}
        return {parameter: values for parameter, values in chosen.items() if values}

    @cached_property
    def filtered(self) -> QuerySet[Row]:
        rows = self.queryset
        for each in self.filters:
            if each.parameter in self.selected:
                rows = each.apply(rows, self.selected[each.parameter])
        return rows

    @cached_property
    def page(self) -> "PaginatorPage[Row]":
        paginator = Paginator(self.filtered, self.per_page)
        return paginator.get_page(page_number(self.request))

    @property
    def total(self) -> int:
        return self.page.paginator.count

    @cached_property
    def states(self) -> list[FilterState]:
        return [
            FilterState(
                each.parameter,
                str(each.label),
                each.several,
                [(value, str(label), value in self.selected.get(each.parameter, [])) for value, label in each.choices],
            )
            for each in self.filters
        ]

    @property
    def active_count(self) -> int:
        return sum(len(values) for values in self.selected.values())

    @cached_property
    def chips(self) -> list[Chip]:
        labels = {(each.parameter, value): str(label) for each in self.filters for value, label in each.choices}
        return [
            Chip(labels[parameter, value], self._url(without=(parameter, value)))
            for parameter, values in self.selected.items()
            for value in values
        ]

    def page_url(self, number: int) -> str:
        return self._url(page=number)

    @property
    def clear_url(self) -> str:
        return self.request.path

    @cached_property
    def page_links(self) -> list[tuple[int | str, str]]:
        """(number, address) for the pager; an ellipsis has no address."""
        elided = self.page.paginator.get_elided_page_range(self.page.number, on_each_side=1, on_ends=1)
        return [(number, self.page_url(number) if isinstance(number, int) else "") for number in elided]

    def _url(self, without: tuple[str, str] | None = None, page: int = 1) -> str:
        pairs: list[tuple[str, str | int]] = [
            (parameter, value)
            for parameter, values in self.selected.items()
            for value in values
            if (parameter, value) != without
        ]
        if page > 1:
            pairs.append(("page", page))
        return f"{self.request.path}?{urlencode(pairs)}" if pairs else self.request.path


def page_number(request: HttpRequest) -> int:
    """The page asked for; what is not a number, or below one, is the first."""
    text = request.GET.get("page", "1")[:8]
    return max(1, int(text)) if text.isascii() and text.isdigit() else 1


def typed_text(request: HttpRequest, parameter: str = "q") -> str:
    """What somebody typed in a list's own search field, bounded and without control characters."""
    text = request.GET.get(parameter, "")[:MAX_TEXT]
    return " ".join("".join(character if character.isprintable() else " " for character in text).split())
