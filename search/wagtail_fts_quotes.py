"""Wagtail's own search, mended: a thousand words, and on SQLite a lone quotation mark or no word, raised errors.

FTS5 ends a string at an undoubled `"` (https://github.com/wagtail/wagtail/issues/13227), which broke every
search box of the administration. The classes are django-modelsearch's; drop this module once they double it.
"""

from collections.abc import Callable
from typing import Any

from django.db import connections

# Each word is a level of the expression: SQLite refuses a thousand, and on PostgreSQL Python runs out of stack.
MOST_WORDS = 50


def _as_string(value: str) -> str:
    # FTS5 also stops reading at a NUL.
    return value.replace("\x00", " ").replace('"', '""')


def apply() -> None:
    """Patch the places where typed text becomes an expression; a second call changes nothing."""
    _bound_words()
    _mend_sqlite()


def _bound_words() -> None:
    from modelsearch.query import Phrase, PlainText

    for query in (PlainText, Phrase):
        query.__init__ = _bounded(query.__init__)


def _bounded(init: Callable[..., None]) -> Callable[..., None]:
    if getattr(init, "bounds_words", False):
        return init

    def bounding(self: Any, query_string: str, *args: Any, **kwargs: Any) -> None:
        words = query_string.split(maxsplit=MOST_WORDS)[:MOST_WORDS] if query_string.strip() else [query_string]
        init(self, " ".join(words), *args, **kwargs)

    bounding.bounds_words = True  # type: ignore[attr-defined]
    return bounding


def _mend_sqlite() -> None:
    if all(connection.vendor != "sqlite" for connection in connections.all()):
        return
    from modelsearch.backends.database.sqlite.query import Lexeme, SearchQueryExpression
    from modelsearch.backends.database.sqlite.sqlite import SQLiteSearchQueryCompiler
    from modelsearch.query import PlainText

    if getattr(Lexeme, "quotes_doubled", False):
        return
    lexeme_as_sql = Lexeme.as_sql
    expression_init = SearchQueryExpression.__init__
    searched = SQLiteSearchQueryCompiler.search

    def as_sql(self: Any, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        template, params = lexeme_as_sql(self, compiler, connection)
        return template, [_as_string(param) for param in params]

    def init(self: Any, value: Any, *args: Any, **kwargs: Any) -> None:
        expression_init(self, _as_string(value) if isinstance(value, str) else value, *args, **kwargs)

    def search(self: Any, *args: Any, **kwargs: Any) -> Any:
        # Spaces alone make an expression of no words, which cannot be compiled.
        if isinstance(self.query, PlainText) and not self.query.query_string.strip():
            return self.queryset.none()
        return searched(self, *args, **kwargs)

    Lexeme.as_sql = as_sql
    SQLiteSearchQueryCompiler.search = search
    SearchQueryExpression.__init__ = init
    Lexeme.quotes_doubled = True
