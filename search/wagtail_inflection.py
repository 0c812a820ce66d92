"""The administration's own search finds Finnish inflections, drafts included.

Wagtail's index compares written words. Here it is given the base forms of titles too, those of drafts as well: the
worker, which knows the dictionary, adds them when it indexes, and what is typed is searched for as written or by its
base forms. The lists, the permissions and the database's own search stay Wagtail's. The classes patched are
django-modelsearch's, one set for each database.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connections

from search import analysis, answering
from search.tokens import clean, tokens

# Raise when the same text may give other base forms: the worker then has everything indexed again.
VERSION = f"2.{analysis.VERSION}"
_MOST_FORMS = 8
_MOST_WORDS = 10
_MOST_TERMS = 5_000


def apply() -> None:
    """Patch indexing and asking for the databases in use; a second call changes nothing."""
    vendors = {connection.vendor for connection in connections.all()}
    if "sqlite" in vendors:
        from modelsearch.backends.database.sqlite import sqlite

        _patch(sqlite.ObjectIndexer, sqlite.SQLiteSearchQueryCompiler, "build_search_query_content")
    if "postgresql" in vendors:
        from modelsearch.backends.database.postgres import postgres

        _patch(postgres.ObjectIndexer, postgres.PostgresSearchQueryCompiler, "build_tsquery_content")


def index_anew() -> bool:
    """Once for each version, and for a new folder of data: have all that the administration searches indexed."""
    stamp = settings.RUN_DIR / "administration-search.version"
    if answering.is_here() and not (stamp.exists() and stamp.read_text() == VERSION):
        call_command("update_index", verbosity=0)
        stamp.write_text(VERSION)
    return False


def forms_of_text(text: str, languages: Iterable[str] = analysis.LANGUAGES) -> str:
    """The base forms, the parts of compounds and the stems of all words of a text, each once."""
    found: dict[str, None] = {}
    languages = tuple(languages)
    for word in dict.fromkeys(token.word for token in tokens(clean(text))):
        for language in languages:
            found.update(dict.fromkeys(_indexed(word, language)))
        if len(found) > _MOST_TERMS:
            break
    return " ".join(found)


def forms_of_words(typed: Sequence[str]) -> list[list[str]]:
    """For each typed word what it may be found by besides itself."""
    forms: list[list[str]] = []
    for piece in typed[:_MOST_WORDS]:
        words = [token.word for token in tokens(clean(piece))]
        if len(words) != 1 or not any(map(str.isalpha, piece)):
            forms.append([])
            continue
        known = answering.ask(words[0])
        terms = [*(known.lemmas if known else ()), *(analysis.stem(words[0], each) for each in analysis.LANGUAGES)]
        forms.append(list(dict.fromkeys(map(_written, terms)))[:_MOST_FORMS])
    return forms + [[] for _piece in typed[_MOST_WORDS:]]


def _indexed(word: str, language: str) -> tuple[str, ...]:
    stem = _written(analysis.stem(word, language)) if any(map(str.isalpha, word)) else ""
    stems = (stem,) if stem else ()
    if language != "fi":
        return stems
    # Only the process that answers about words has the dictionary in memory.
    return tuple(dict.fromkeys((*(_by_dictionary(word) if answering.is_here() else _asked(word)), *stems)))


def _asked(word: str) -> tuple[str, ...]:
    # Silence is not remembered: the worker may only have been starting.
    return _terms(answering.ask(word))


@lru_cache(maxsize=20_000)
def _by_dictionary(word: str) -> tuple[str, ...]:
    return _terms(analysis.analyse(word, "fi"))


def _terms(known: analysis.Word | None) -> tuple[str, ...]:
    terms = [*known.lemmas, *(part.base for part in known.parts)] if known else []
    return tuple(map(_written, terms))


def _written(term: str) -> str:
    """A term as one word of letters: a marked stem (`sv#plan`) begins as no word does."""
    return f"zz{term.replace('#', '')}" if "#" in term else term


def _languages_of(thing: Any) -> tuple[str, ...]:
    """The language of a page or document; all where it says none."""
    locale = getattr(thing, "locale", None)
    code = getattr(locale, "language_code", "") or getattr(thing, "language", "")
    return (code,) if code in analysis.LANGUAGES else analysis.LANGUAGES


def _patch(indexer: Any, compiler: Any, building: str) -> None:
    if not getattr(indexer, "knows_inflection", False):
        indexer.knows_inflection = True
        indexer.prepare_field = _preparing(indexer.prepare_field)
        setattr(compiler, building, _asking(getattr(compiler, building)))


def _preparing(prepare: Callable[..., Iterator[tuple[Any, ...]]]) -> Callable[..., Iterator[tuple[Any, ...]]]:
    from modelsearch.index import AutocompleteField

    def prepare_field(self: Any, thing: Any, field: Any) -> Iterator[tuple[Any, ...]]:
        for *head, text in prepare(self, thing, field):
            yield (*head, text)
            # What is of something related has been through here already.
            is_name = isinstance(field, AutocompleteField) or field.field_name == "title"
            if field is not head[0] or not is_name:
                continue
            draft = getattr(thing, "draft_title", "") if field.field_name == "title" else ""
            if draft and draft != text:
                yield (*head, draft)
            yield (*head, forms_of_text(f"{text} {draft}", _languages_of(thing)))

    return prepare_field


def _asking(build: Callable[..., Any]) -> Callable[..., Any]:
    """As the database's compiler builds a query, but each word of plain text by any of its forms."""
    from modelsearch.query import And, Or, Phrase, PlainText

    class AsTyped(PlainText):
        """Plain text that has been through here."""

    def built(self: Any, query: Any, *args: Any, **kwargs: Any) -> Any:
        words = query.query_string.split() if type(query) is PlainText else []
        forms = forms_of_words(words)
        if not any(forms):
            return build(self, query, *args, **kwargs)
        # Only the last word may go on: the compiler takes the last of each plain text for a beginning.
        typed = [*map(Phrase, words[:-1]), AsTyped(words[-1])]
        pieces = [Or([word, *map(Phrase, others)]) for word, others in zip(typed, forms, strict=True)]
        together = And if query.operator.upper() == "AND" else Or
        return build(self, together(pieces), *args, **kwargs)

    return built
