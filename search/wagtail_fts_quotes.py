"""Wagtail's own search on SQLite, mended: a lone quotation mark, a thousand words or none at all raised errors.

FTS5 ends a string at an undoubled `"` (https://github.com/wagtail/wagtail/issues/13227), which broke every
search box of the administration. The classes are django-modelsearch's; drop this module once they double it.
"""

from typing import Any

from django.db import connections

# SQLite refuses expressions that are nested a thousand deep, and each word is a level.
MOST_WORDS = 50


def _as_string(value: str) -> str:
    # FTS5 also stops reading at a NUL.
    return value.replace("\x00", " ").replace('"', '""')


def apply() -> None:
    """Patch the places where typed text becomes an FTS5 expression; a second call changes nothing."""
    if all(connection.vendor != "sqlite" for connection in connections.all()):
        return
    from modelsearch.backends.database.sqlite.query import Lexeme, SearchQueryExpression
    from modelsearch.backends.database.sqlite.sqlite import SQLiteSearchQueryCompiler
    from modelsearch.query import PlainText

    if getattr(Lexeme, "quotes_doubled", False):
        return
    lexeme_as_sql = Lexeme.as_sql
    expression_init = SearchQueryExpression.__init__
    compiled = SQLiteSearchQueryCompiler.build_search_query_content
    searched = SQLiteSearchQueryCompiler.search

    def as_sql(self: Any, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        template, params = lexeme_as_sql(self, compiler, connection)
        return template, [_as_string(param) for param in params]

    def init(self: Any, value: Any, *args: Any, **kwargs: Any) -> None:
        expression_init(self, _as_string(value) if isinstance(value, str) else value, *args, **kwargs)

    def build_search_query_content(self: Any, query: Any, config: Any = None) -> Any:
        if isinstance(query, PlainText):
            words = " ".join(query.query_string.split()[:MOST_WORDS])
            query = PlainText(words, operator=query.operator, boost=query.boost)
        return compiled(self, query, config=config)

    def search(self: Any, *args: Any, **kwargs: Any) -> Any:
        # Spaces alone make an expression of no words, which cannot be compiled.
        if isinstance(self.query, PlainText) and not self.query.query_string.strip():
            return self.queryset.none()
        return searched(self, *args, **kwargs)

    Lexeme.as_sql = as_sql
    SQLiteSearchQueryCompiler.search = search
    SQLiteSearchQueryCompiler.build_search_query_content = build_search_query_content
    SearchQueryExpression.__init__ = init
    Lexeme.quotes_doubled = True
