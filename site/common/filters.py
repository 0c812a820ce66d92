"""The kinds of filters that lists are made of."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils.functional import Promise

from common.listing import Filter
from common.querysets import PageQuerySet

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


def page_filter(parameter: str, label: str | Promise, pages: PageQuerySet, lookup: str, language: str) -> Filter:
    """A filter by related pages, which are Finnish: the address holds their slugs, the form their translated titles."""
    sources = list(pages.live().public().order_by("title").values_list("translation_key", "slug", "title"))
    titles: dict[Any, str] = {}
    if language != settings.LANGUAGE_CODE:
        translations = pages.model._default_manager.live().filter(
            locale__language_code=language, translation_key__in=[key for key, _slug, _title in sources]
        )
        titles = dict(translations.values_list("translation_key", "title"))
    choices = [(slug, titles.get(key, title)) for key, slug, title in sources]
    return choice_filter(parameter, label, choices, f"{lookup}__slug")
