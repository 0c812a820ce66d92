"""The kinds of filters that lists are made of."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise

from common.listing import Filter

Choices = Sequence[tuple[str, str]]


def narrowed(rows: QuerySet[Any], lookup: str, values: Iterable[Any]) -> QuerySet[Any]:
    """Return the rows whose `lookup` has one of the values; a row with several of them comes once."""
    matching = rows.model._base_manager.filter(**{f"{lookup}__in": list(values)})
    return rows.filter(pk__in=matching.values("pk"))


def choice_filter(
    parameter: str, label: str | Promise, choices: Choices, lookup: str, *, links_from: str | Promise = ""
) -> Filter:
    """A filter whose values are those of the column that `lookup` names."""
    return Filter(
        parameter,
        str(label),
        choices,
        lambda rows, values: narrowed(rows, lookup, values),
        several=not links_from,
        links_from=str(links_from),
    )


def term_filter(
    parameter: str, label: str | Promise, terms: Iterable[Any], lookup: str, *, links_from: str | Promise = ""
) -> Filter:
    """A filter by the terms of a vocabulary; the address holds their codes."""
    choices = [(term.code, term.name) for term in terms]
    return choice_filter(parameter, label, choices, f"{lookup}__code", links_from=links_from)


def year_filter(parameter: str, label: str | Promise, years: Iterable[int | None], lookup: str) -> Filter:
    """A filter by year, the latest first."""
    choices = [(str(year), str(year)) for year in sorted({year for year in years if year}, reverse=True)]
    return choice_filter(parameter, label, choices, lookup)
