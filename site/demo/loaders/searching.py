"""What the editors tell the search: synonym lists and best bets."""

from collections.abc import Iterable
from typing import TypeVar

from django.core.exceptions import ValidationError
from wagtail.models import Page

from demo.reading import Record
from demo.writing import Writer
from search.editing.models import BestBet, BestBetPage, SynonymGroup

Row = TypeVar("Row", SynonymGroup, BestBet)


def load_synonyms(writer: Writer) -> None:
    """Each list is known by its first word."""
    for record in writer.content.synonyms:
        words = record.lines("words")
        if record.problems or not writer.is_new(record):
            continue
        group = _first(SynonymGroup.objects.all(), "word_list", words) or SynonymGroup()
        group.words, group.retired = "\n".join(words), "\n".join(record.lines("retired"))
        group.note = record.text("note", 1000)
        if _is_valid(group, record):
            group.save()
            writer.done(record)


def load_best_bets(writer: Writer) -> None:
    """Each best bet is known by its first search. Needs the pages."""
    for record in writer.content.best_bets:
        queries, language = record.lines("queries"), record.choice("language", ("fi", "sv", "en"), "fi")
        pages = [_page(slug, language, record) for slug in record.lines("pages")]
        if record.problems or not writer.is_new(record):
            continue
        bet = _first(BestBet.objects.filter(language=language), "query_list", queries) or BestBet(language=language)
        bet.queries, bet.note = "\n".join(queries), record.text("note", 1000)
        bet.pages = [BestBetPage(page=page, sort_order=place) for place, page in enumerate(pages)]
        if _is_valid(bet, record):
            bet.save()
            writer.done(record)


def _first(rows: Iterable[Row], name: str, lines: list[str]) -> Row | None:
    return next((row for row in rows if getattr(row, name)[:1] == lines[:1]), None)


def _page(slug: str, language: str, record: Record) -> Page | None:
    page = Page.objects.live().filter(slug=slug, locale__language_code=language).first()
    if page is None:
        record.problem("pages", f"there is no page {slug!r} in {language}")
    return page


def _is_valid(row: SynonymGroup | BestBet, record: Record) -> bool:
    try:
        row.full_clean()
    except ValidationError as error:
        for field, messages in error.message_dict.items():
            record.problem(field, " ".join(messages))
    return not record.problems
