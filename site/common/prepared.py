"""Questions that are put into SQL once in a process, and asked of other keys each time.

Django takes several times as long to put a question together, and each value of its rows into the type of the field,
as the database takes to answer it. Where a page is counted in single milliseconds that is most of what it costs.
"""

from collections.abc import Callable, Collection
from functools import cached_property
from typing import Any

from django.db import connection
from django.db.models import QuerySet


class Prepared:
    """Reads the rows of `question`, a queryset of plain values, whose column `by` has one of the keys.

    The question has to be the same whoever asks it and whenever. Its rows come as the database gives them: a field's
    `to_python` makes of a value what Django would.
    """

    def __init__(self, question: Callable[[], "QuerySet[Any, tuple[Any, ...]]"], *, by: str) -> None:
        self._question, self._by = question, by

    @cached_property
    def _sql(self) -> tuple[str, tuple[Any, ...]]:
        sql, params = self._question().order_by().query.sql_with_params()
        return f"SELECT * FROM ({sql}) AS prepared WHERE {connection.ops.quote_name(self._by)} IN ", params

    def of(self, keys: Collection[int]) -> list[tuple[Any, ...]]:
        if not keys:
            return []
        sql, params = self._sql
        with connection.cursor() as cursor:
            cursor.execute(f"{sql}({', '.join(['%s'] * len(keys))})", [*params, *keys])
            return cursor.fetchall()
