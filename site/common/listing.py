"""Lists with filters and pages: what the address says, made safe; used by every list of the site."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar
from urllib.parse import urlencode

from django.core.paginator import Page as PaginatorPage
from django.core.paginator import Paginator
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext as _

Row = TypeVar("Row", bound=Model)
MAX_SELECTED = 30
MAX_TEXT = 200


class Label(str):
    """The text of a choice in another language than the page's: the title of a page without a translation."""

    language: str

    def __new__(cls, text: str, language: str) -> "Label":
        made = super().__new__(cls, text)
        made.language = language
        return made


@dataclass(frozen=True)
class Filter:
    """One way to narrow a list. `choices` are (value, label); values that are not among them are ignored.

    With `links_from` the choices are links above the list (tabs, a row of chips) and not fields of the form;
    it is the text of the first link, the list without the filter. Where `offered` is given the form shows those
    values alone, and what the address asks for: a list that comes out empty says by what.
    """

    parameter: str
    label: str
    choices: Sequence[tuple[str, str]]
    apply: Callable[[Any, list[str]], Any]
    several: bool = True
    links_from: str = ""
    offered: Collection[str] | None = None

    def selected_in(self, request: HttpRequest) -> list[str]:
        known = {value for value, _label in self.choices}
        asked = request.GET.getlist(self.parameter)[:MAX_SELECTED]
        selected = [value for value in dict.fromkeys(asked) if value in known]
        return selected if self.several else selected[:1]


@dataclass(frozen=True)
class TextFilter:
    """A field for free text in the form. `apply` gets the text, trimmed and never empty."""

    parameter: str
    label: str
    apply: Callable[[Any, str], Any]


@dataclass(frozen=True)
class Link:
    """A choice shown as a link, with the address of the list narrowed by it."""

    label: str
    url: str
    is_current: bool


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
    text: TextFilter | None = None

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
        return self.text.apply(rows, self.typed) if self.text and self.typed else rows

    @cached_property
    def typed(self) -> str:
        """What was typed in the text field; empty where the list has none."""
        return typed_text(self.request, self.text.parameter) if self.text else ""

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
                self._options(each),
            )
            for each in self.filters
            if not each.links_from
        ]

    def _options(self, each: Filter) -> list[tuple[str, str, bool]]:
        selected = self.selected.get(each.parameter, [])
        return [
            (value, _said(label), value in selected)
            for value, label in each.choices
            if each.offered is None or value in each.offered or value in selected
        ]

    @cached_property
    def links(self) -> dict[str, list[Link]]:
        """The filters shown as links, by parameter."""
        return {each.parameter: self._links_of(each) for each in self.filters if each.links_from}

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """What the form must carry along: (name, value) of the filters that are shown as links."""
        return [(name, value) for name in self.links for value in self.selected.get(name, [])]

    @property
    def narrowing(self) -> str:
        """What narrows the list, in words; for the title, so that no two addresses share one."""
        chosen = [link.label for links in self.links.values() for link in links[1:] if link.is_current]
        return ", ".join([*chosen, *(chip.label for chip in self.chips)])

    @property
    def is_whole(self) -> bool:
        """Whether it is the list itself: nothing narrows it, and it is its first page."""
        return not self.narrowing and self.page.number == 1

    @property
    def canonical_query(self) -> str:
        """What of the query makes a page of its own: the later pages of the whole list; a narrowed list is the list."""
        return "" if self.narrowing or self.page.number == 1 else f"?page={self.page.number}"

    @property
    def active_count(self) -> int:
        """How many filters of the form are in force."""
        return len(self.chips)

    @cached_property
    def chips(self) -> list[Chip]:
        found = [
            Chip(_said(dict(each.choices)[value]), self._url(self._without(each.parameter, value)))
            for each in self.filters
            if not each.links_from
            for value in self.selected.get(each.parameter, [])
        ]
        if self.typed:
            found.append(Chip(self.typed, self._url(self.selected, typed="")))
        return found

    @cached_property
    def ways_out(self) -> list[tuple[str, str]]:
        """Where an empty list may lead: (address, text)."""
        if self.active_count or self.hidden:
            return [(self.clear_url if self.active_count else self.request.path, _("Remove filters"))]
        return []

    def page_url(self, number: int) -> str:
        return self._url(self.selected, page=number)

    @property
    def clear_url(self) -> str:
        """The list without the filters of the form."""
        return self._url({name: values for name, values in self.selected.items() if name in self.links}, typed="")

    @cached_property
    def page_links(self) -> list[tuple[int | str, str]]:
        return page_links(self.page, self.page_url)

    def _links_of(self, each: Filter) -> list[Link]:
        chosen = self.selected.get(each.parameter, [])
        rest = {name: values for name, values in self.selected.items() if name != each.parameter}
        return [
            Link(each.links_from, self._url(rest), not chosen),
            *(
                Link(str(label), self._url({**rest, each.parameter: [value]}), value in chosen)
                for value, label in each.choices
            ),
        ]

    def _without(self, parameter: str, value: str) -> dict[str, list[str]]:
        return {
            name: [each for each in values if (name, each) != (parameter, value)]
            for name, values in self.selected.items()
        }

    def _url(self, selected: dict[str, list[str]], typed: str | None = None, page: int = 1) -> str:
        # Always in the order of the filters, so that one list has one address.
        pairs: list[tuple[str, str | int]] = [
            (each.parameter, value) for each in self.filters for value in selected.get(each.parameter, [])
        ]
        typed = self.typed if typed is None else typed
        if self.text and typed:
            pairs.append((self.text.parameter, typed))
        if page > 1:
            pairs.append(("page", page))
        return f"{self.request.path}?{urlencode(pairs)}" if pairs else self.request.path


def _said(label: str | Promise) -> str:
    # A text keeps the language that it may know.
    return label if isinstance(label, str) else str(label)


def page_links(page: "PaginatorPage[Any]", address: Callable[[int], str]) -> list[tuple[int | str, str]]:
    """(number, address) as components/_pager.html takes them; an ellipsis has no address."""
    elided = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return [(number, address(number) if isinstance(number, int) else "") for number in elided]


class Pages:
    """The pages of rows without filters, for components/_pager.html. What else the address says stays in it.

    `place`: where on the page the rows are, where they are not all of it. Where several lists of one page have
    pages, each has a `parameter` and a `label` of its own.
    """

    def __init__(
        self,
        request: HttpRequest,
        rows: Any,
        on_page: int,
        *,
        place: str = "",
        parameter: str = "page",
        label: str = "",
    ) -> None:
        self.request, self.place, self.parameter, self.label = request, f"#{place}" if place else "", parameter, label
        self.page: PaginatorPage[Any] = Paginator(rows, on_page).get_page(page_number(request, parameter))

    def page_url(self, number: int) -> str:
        query = self.request.GET.copy()
        query[self.parameter] = str(number)
        return f"{self.request.path}?{query.urlencode()}{self.place}"

    @property
    def page_links(self) -> list[tuple[int | str, str]]:
        return page_links(self.page, self.page_url)


def page_number(request: HttpRequest, parameter: str = "page") -> int:
    """The page asked for; what is not a number, or below one, is the first."""
    text = request.GET.get(parameter, "1")[:8]
    return max(1, int(text)) if text.isascii() and text.isdigit() else 1


def typed_text(request: HttpRequest, parameter: str = "q") -> str:
    """What somebody typed in a list's own search field, bounded and without control characters."""
    text = request.GET.get(parameter, "")[:MAX_TEXT]
    return " ".join("".join(character if character.isprintable() else " " for character in text).split())
