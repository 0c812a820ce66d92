"""The kinds of filters that lists are made of, and the choices that their rows give."""

from collections.abc import Collection, Iterable, Sequence
from types import SimpleNamespace
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils.functional import Promise

from common.collation import Key, sort_key
from common.listing import Filter, Label
from common.translated import in_reader_language

Choices = Sequence[tuple[str, str]]


class Used:
    """What the rows of a list have, read in one query, so that no choice leads to an empty list by itself.

    `columns` are lookups of plain values. `terms` are lookups of related rows with a code and three names;
    with a colon the names' columns: "event__organisers__regions:short". `pages` are lookups of Finnish pages.
    """

    def __init__(
        self, rows: QuerySet[Any], *, columns: Sequence[str] = (), terms: Sequence[str] = (), pages: Sequence[str] = ()
    ) -> None:
        self._names = dict(_lookup_and_name(term) for term in terms)
        wanted = [
            *columns,
            *(f"{lookup}__{column}" for lookup, name in self._names.items() for column in _term_columns(name)),
            *(f"{lookup}__{column}" for lookup in pages for column in ("translation_key", "slug")),
        ]
        self._rows = list(rows.order_by().values(*wanted).distinct())

    def values(self, column: str) -> set[Any]:
        return {row[column] for row in self._rows} - {None}

    def terms(self, lookup: str) -> Choices:
        """(code, name in the reader's language), by name."""
        name = self._names[lookup]
        found = {
            row[f"{lookup}__code"]: in_reader_language(_named(row, lookup, name), name)
            for row in self._rows
            if row[f"{lookup}__code"]
        }
        return sorted(found.items(), key=_by_label)

    def pages(self, lookup: str, model: Any, language: str) -> Choices:
        """(slug of the Finnish page, title in the language), by title; one more query.

        What has no translation keeps its Finnish title, which knows its language. A page that not everybody may read
        is not even named.
        """
        slugs = {
            row[f"{lookup}__translation_key"]: row[f"{lookup}__slug"] for row in self._rows if row[f"{lookup}__slug"]
        }
        if not slugs:
            return []
        shown = model._default_manager.in_language(language).filter(translation_key__in=list(slugs))
        choices = [
            (slugs[key], title if own == language else Label(title, own))
            for key, title, own in shown.values_list("translation_key", "title", "locale__language_code")
        ]
        return sorted(choices, key=_by_label)


def _by_label(choice: tuple[str, str]) -> Key:
    return sort_key(choice[1])


def _lookup_and_name(term: str) -> tuple[str, str]:
    lookup, _colon, name = term.partition(":")
    return lookup, name or "name"


def _term_columns(name: str) -> list[str]:
    return ["code", *(f"{name}_{language}" for language, _label in settings.LANGUAGES)]


def _named(row: dict[str, Any], lookup: str, name: str) -> Any:
    return SimpleNamespace(**{column: row[f"{lookup}__{column}"] for column in _term_columns(name)})


def narrowed(rows: QuerySet[Any], lookup: str, values: Iterable[Any]) -> QuerySet[Any]:
    """Return the rows whose `lookup` has one of the values; a row with several of them comes once."""
    matching = rows.model._base_manager.filter(**{f"{lookup}__in": list(values)})
    return rows.filter(pk__in=matching.values("pk"))


def choice_filter(
    parameter: str,
    label: str | Promise,
    choices: Choices,
    lookup: str,
    *,
    links_from: str | Promise = "",
    offered: Collection[str] | None = None,
) -> Filter:
    """A filter whose values are those of the column that `lookup` names."""
    return Filter(
        parameter,
        str(label),
        choices,
        lambda rows, values: narrowed(rows, lookup, values),
        several=not links_from,
        links_from=str(links_from),
        offered=offered,
    )


def year_filter(parameter: str, label: str | Promise, years: Iterable[int], lookup: str) -> Filter:
    """A filter by year, the latest first."""
    choices = [(str(year), str(year)) for year in sorted(years, reverse=True)]
    return choice_filter(parameter, label, choices, lookup)


def of_type(choices: Iterable[tuple[Any, Any]], used: set[Any]) -> Choices:
    """Those choices of a TextChoices that are in use, in its order."""
    return [(str(value), str(label)) for value, label in choices if value in used]
